"""A column in words: what may stand in it, and an example."""

from django.utils.translation import gettext as _

from portal.core.formats import format_date, format_number
from portal.datasets.models import DatasetColumn

SHOWN_CODES = 6


def type_in_words(column):
    """Return the type, with unit of measure and decimal places."""
    words = DatasetColumn.Type(column.type).label if column.type in TYPES else _("day and time")
    words = str(words)
    if column.unit_of_measure:
        words = f"{words} ({column.unit_of_measure})"
    if column.scale is not None and column.is_number:
        words = _("%(type)s, at most %(count)s decimal places") % {
            "type": words,
            "count": column.scale,
        }
    return words


def rules_in_words(column):
    """Return what a value has to keep, one short sentence each."""
    told = []
    if column.is_key:
        told.append(_("part of the key"))
    if column.must_be_filled:
        told.append(_("required"))
    if column.unique:
        told.append(_("no value twice"))
    low, high = (_limit(column, each) for each in (column.minimum, column.maximum))
    told += _between(low, high, _("from %(low)s to %(high)s"), _("from %(low)s"), _("to %(high)s"))
    told += _between(
        column.min_length,
        column.max_length,
        _("%(low)s to %(high)s characters"),
        _("at least %(low)s characters"),
        _("at most %(high)s characters"),
    )
    if column.pattern:
        told.append(_("written as %(pattern)s") % {"pattern": column.pattern})
    if column.codes is not None:
        told.append(_("one of: %(codes)s") % {"codes": codes_in_words(column.codes)})
    return told


def codes_in_words(codes):
    """Return the first codes with their labels."""
    shown = [
        f"{code} – {label}" if label and label != code else code for code, label in codes.items()
    ]
    more = len(shown) - SHOWN_CODES
    shown = shown[:SHOWN_CODES]
    if more > 0:
        shown.append(_("and %(count)s more") % {"count": more})
    return "; ".join(shown)


def example_of(column):
    """Return a value that the column takes, as people write it."""
    if column.codes:
        code, label = next(iter(column.codes.items()))
        return label or code
    return {
        "text": _("any words"),
        "code": "00123",
        "integer": "1205",
        "decimal": "12,5",
        "percent": "87,5",
        "money": "1500000",
        "date": "31/12/2026",
        "datetime": "31/12/2026 08:30",
        "period": "12/2026",
        "boolean": _("yes"),
        "link": "https://example.vn/tai-lieu",
    }.get(column.type, "")


def _limit(column, value):
    if value is None:
        return None
    if column.is_number:
        return format_number(value)
    return format_date(value) if column.type == "date" else str(value)


def _between(low, high, both, first, last):
    words = {"low": low, "high": high}
    if low is not None and high is not None:
        return [both % words]
    if low is not None:
        return [first % words]
    return [last % words] if high is not None else []


TYPES = frozenset(DatasetColumn.Type.values)
