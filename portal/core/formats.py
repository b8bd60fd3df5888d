"""Dates and numbers as Vietnamese offices write and read them. Pure functions."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.text import fold, nfc


class UnreadableValue(ValueError):
    """A text is not what it should be; ``code`` is stable, ``str()`` a sentence."""

    def __init__(self, code, message):
        self.code = code
        super().__init__(message)


def format_date(day):
    """Return ``05/01/2026``; empty for None."""
    return f"{_as_date(day):%d/%m/%Y}" if day else ""


def format_date_long(day):
    """Return “ngày 05 tháng 01 năm 2026”: days below 10 and the months 1 and 2 are padded."""
    if not day:
        return ""
    day = _as_date(day)
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def format_datetime(moment):
    """Return ``14:30 05/01/2026`` in the centre's time zone; empty for None."""
    return f"{timezone.localtime(moment):%H:%M %d/%m/%Y}" if moment else ""


def _as_date(value):
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def format_number(value, decimals=None):
    """Return ``1.234.567,89``; without ``decimals`` the digits that are there, no more.

    A half is rounded away from zero, as offices and their spreadsheets do.
    """
    if value is None or value == "":
        return ""
    number = Decimal(str(value))
    if decimals is None:
        text = f"{number:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        decimals = len(text.partition(".")[2])
    with localcontext(rounding=ROUND_HALF_UP):
        return f"{number:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


_GROUPED = re.compile(r"^[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?$")
_GROUPED_BY_SPACE = re.compile(r"^[+-]?[1-9]\d{0,2}([ \u00a0\u202f]\d{3})+(,\d+)?$")
_PLAIN = re.compile(r"^[+-]?\d+(,\d+)?$")
_ONE_POINT = re.compile(r"^[+-]?\d+\.\d+$")


def parse_number(text, *, point_is=None):
    """Return the Decimal that ``text`` writes in the Vietnamese way.

    ``1.205`` may be 1205 or 1,205: it is refused with code ``ambiguous_number`` unless
    ``point_is`` says what a point is, ``"group"`` or ``"decimal"``. Any other single point
    that cannot group, as in ``12.5``, is a decimal point.
    """
    cleaned = nfc(text).strip()
    if _PLAIN.match(cleaned):
        return Decimal(cleaned.replace(",", "."))
    if _GROUPED_BY_SPACE.match(cleaned):
        return Decimal(re.sub(r"\s", "", cleaned).replace(",", "."))
    if _GROUPED.match(cleaned):
        if cleaned.count(".") > 1 or "," in cleaned or point_is == "group":
            return Decimal(cleaned.replace(".", "").replace(",", "."))
        if point_is == "decimal":
            return Decimal(cleaned)
        raise UnreadableValue(
            "ambiguous_number",
            _("“%(value)s” may be read as a thousand or as a decimal.") % {"value": cleaned},
        )
    if _ONE_POINT.match(cleaned) and point_is != "group":
        return Decimal(cleaned)
    raise UnreadableValue(
        "not_a_number", _("“%(value)s” is not a number.") % {"value": cleaned[:80]}
    )


_DATE_SHAPES = [
    re.compile(r"^(?P<d>\d{1,2})\s*[/.-]\s*(?P<m>\d{1,2})\s*[/.-]\s*(?P<y>\d{4})$"),
    re.compile(r"^(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})$"),
    re.compile(r"^(?:ngay )?(?P<d>\d{1,2}) thang (?P<m>\d{1,2}) nam (?P<y>\d{4})$"),
]


def parse_date(text):
    """Return the date that ``text`` writes: d/m/yyyy, ISO, or “ngày 22 tháng 6 năm 2022”.

    The day comes before the month, always. A day that no calendar has is refused.
    """
    cleaned = fold(text)
    for shape in _DATE_SHAPES:
        match = shape.match(cleaned)
        if match:
            try:
                return date(*(int(match[part]) for part in "ymd"))
            except ValueError as fault:
                raise UnreadableValue(
                    "no_such_day", _("There is no day “%(value)s”.") % {"value": text.strip()}
                ) from fault
    raise UnreadableValue(
        "not_a_date", _("“%(value)s” is not a date.") % {"value": nfc(text).strip()[:80]}
    )


def plain_decimal(value):
    """Return a Decimal without exponent and without zeros that say nothing."""
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
