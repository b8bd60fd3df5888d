"""Stored values as readers see them."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.formats import format_date, format_number
from portal.core.periods import parse_period


def moment_of(value):
    """Return a day with a time of day, which tables keep as a text, as clocks here show it."""
    if not isinstance(value, str):
        return value
    moment = datetime.fromisoformat(value)
    return timezone.make_naive(moment) if timezone.is_aware(moment) else moment


def moments_read(batches, columns):
    """Yield batches of rows with each moment read; ``columns`` describe their cells."""
    places = {place for place, column in enumerate(columns) if column.type == "datetime"}
    for batch in batches:
        yield [_moments_in(row, places) for row in batch] if places else batch


def _moments_in(row, places):
    return tuple(moment_of(value) if place in places else value for place, value in enumerate(row))


def shown(column, value):
    """Return a stored value as readers see it."""
    if value is None:
        return ""
    if column.is_number:
        return format_number(value)
    if column.type == "datetime":
        value = moment_of(value)
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
