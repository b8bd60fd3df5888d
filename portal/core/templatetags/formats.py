"""Vietnamese numbers and dates in templates."""

from django import template

from portal.core.formats import (
    format_date,
    format_date_long,
    format_datetime,
    format_number,
)
from portal.core.periods import parse_period

register = template.Library()


@register.filter
def number(value, decimals=None):
    """Write a number as 1.234.567,89."""
    return format_number(value, int(decimals) if decimals not in (None, "") else None)


@register.filter
def date_short(day):
    """Write a date as 05/01/2026."""
    return format_date(day)


@register.filter
def date_long(day):
    """Write a date as “ngày 05 tháng 01 năm 2026”."""
    return format_date_long(day)


@register.filter
def moment(value):
    """Write an instant as 14:30 05/01/2026."""
    return format_datetime(value)


@register.filter
def period_name(code):
    """Write a period's code as people say it: tháng 3/2026."""
    return parse_period(code).label if code else ""
