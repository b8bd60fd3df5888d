"""Reporting periods: months, quarters, half-years, years. Pure; periods of a kind tile time."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from portal.core.formats import UnreadableValue
from portal.core.text import fold


class PeriodKind(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}
_MARKS = {PeriodKind.QUARTER: "Q", PeriodKind.HALF: "H"}
ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, order=True)
class Period:
    """A period of a kind: ``Period(2026, 3, PeriodKind.MONTH)`` is March 2026."""

    year: int
    index: int
    kind: PeriodKind

    def __post_init__(self):
        if not 1 <= self.index <= 12 // MONTHS[self.kind]:
            raise ValueError(f"{self.kind} {self.index}")
        if not 1 <= self.year <= 9998:
            raise ValueError(f"year {self.year}")

    @property
    def code(self):
        """Return the stored form: 2026-03, 2026-Q1, 2026-H1, 2026."""
        if self.kind is PeriodKind.YEAR:
            return f"{self.year:04}"
        if self.kind is PeriodKind.MONTH:
            return f"{self.year:04}-{self.index:02}"
        return f"{self.year:04}-{_MARKS[self.kind]}{self.index}"

    @property
    def start(self):
        """Return the first day."""
        return date(self.year, (self.index - 1) * MONTHS[self.kind] + 1, 1)

    @property
    def end(self):
        """Return the last day."""
        month = self.index * MONTHS[self.kind]
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def label(self):
        """Return the name for people."""
        names = {
            PeriodKind.MONTH: _("month %(index)s/%(year)s"),
            PeriodKind.QUARTER: _("quarter %(roman)s/%(year)s"),
            PeriodKind.HALF: _("first half of %(year)s")
            if self.index == 1
            else _("second half of %(year)s"),
            PeriodKind.YEAR: _("year %(year)s"),
        }
        roman = ROMAN[self.index - 1] if self.kind is PeriodKind.QUARTER else ""
        return names[self.kind] % {"index": self.index, "year": self.year, "roman": roman}

    def month(self, number):
        """Return the ``number``-th month of the period; −1 is the last.

        0 is the month before the period; numbers beyond its length lie outside it.
        """
        offset = number - 1 if number >= 0 else MONTHS[self.kind] + number
        return Period(self.year, self.start.month, PeriodKind.MONTH).shift(offset)

    def shift(self, steps):
        """Return the period ``steps`` later (or earlier, when negative)."""
        per_year = 12 // MONTHS[self.kind]
        years, index = divmod(self.year * per_year + self.index - 1 + steps, per_year)
        return Period(years, index + 1, self.kind)

    def __contains__(self, day):
        return self.start <= day <= self.end


def containing(day, kind):
    """Return the period of ``kind`` in which ``day`` lies."""
    return Period(day.year, (day.month - 1) // MONTHS[kind] + 1, kind)


def periods_between(first, last):
    """Return the periods of one kind from ``first`` to ``last``, both included."""
    if first.kind is not last.kind:
        raise ValueError(f"{first.code} and {last.code} are of different kinds")
    found = []
    while first <= last:
        found.append(first)
        first = first.shift(1)
    return found


_CODE = re.compile(r"^(\d{4})(?:-(?:(Q)([1-4])|(H)([12])|(\d{2})))?$")
_MONTH_WORDS = ["mot", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi",
                "muoi mot", "muoi hai"]  # fmt: skip
_ROMAN_OR_DIGIT = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = r"\s*(?:/|-|nam|\s)\s*(\d{4})$"
_WORDED = [
    (PeriodKind.QUARTER, re.compile(rf"^quy (iv|i{{1,3}}|[1-4]){_YEAR}")),
    (PeriodKind.HALF, re.compile(rf"^(?:6|sau) thang (dau|cuoi)(?: nam)?{_YEAR}")),
    (PeriodKind.MONTH, re.compile(rf"^thang (\d{{1,2}}|{'|'.join(_MONTH_WORDS[::-1])}){_YEAR}")),
    (PeriodKind.MONTH, re.compile(r"^(\d{1,2})\s*/\s*(\d{4})$")),
]


def parse_period(text):
    """Return the period that ``text`` names: a code, or “tháng 3/2026”, “Quý I/2026”, …

    Raise ``UnreadableValue`` with code ``not_a_period`` otherwise.
    """
    try:
        return _parse_code(text.strip().upper()) or _parse_words(fold(text))
    except ValueError as fault:
        raise UnreadableValue(
            "not_a_period", _("“%(value)s” is not a period.") % {"value": text.strip()[:80]}
        ) from fault


def _parse_code(code):
    match = _CODE.match(code)
    if not match:
        return None
    year, is_quarter, quarter, is_half, half, month = match.groups()
    if is_quarter:
        return Period(int(year), int(quarter), PeriodKind.QUARTER)
    if is_half:
        return Period(int(year), int(half), PeriodKind.HALF)
    if month:
        return Period(int(year), int(month), PeriodKind.MONTH)
    return Period(int(year), 1, PeriodKind.YEAR)


def _parse_words(words):
    year = re.match(r"^nam (\d{4})$", words)
    if year:
        return Period(int(year[1]), 1, PeriodKind.YEAR)
    for kind, shape in _WORDED:
        match = shape.match(words)
        if match:
            return Period(int(match[2]), _index(kind, match[1]), kind)
    raise ValueError(words)


def _index(kind, word):
    if kind is PeriodKind.HALF:
        return 1 if word == "dau" else 2
    if kind is PeriodKind.QUARTER:
        return _ROMAN_OR_DIGIT[word]
    return int(word) if word.isdigit() else _MONTH_WORDS.index(word) + 1
