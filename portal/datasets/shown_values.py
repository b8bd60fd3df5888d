"""Stored values as readers see them."""

from datetime import datetime

from django.utils.translation import gettext as _

from portal.core.formats import format_date, format_number
from portal.core.periods import parse_period


def shown(column, value):
    """Return a stored value as readers see it."""
    if value is None:
        return ""
    if column.is_number:
        return format_number(value)
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M:%S}"
    if column.type == "date":
        return format_date(value)
    if column.type == "boolean":
        return _("yes") if value else _("no")
    if column.type == "period":
        return parse_period(value).label
    label = (column.codes or {}).get(value)
    return f"{value} – {label}" if label and label != value else str(value)
