"""The columns of a published CSV as a Table Schema that tells how the file is really written.

Numbers have a decimal comma, days are d/m/yyyy, an apostrophe stands before what a spreadsheet
would calculate, and the fields are called as the head of the file calls them.
"""

import re
from decimal import Decimal, InvalidOperation

from portal.core.formats import format_date, plain_decimal
from portal.core.formulas import guarded, unguarded

NUMBERS = ("decimal", "percent", "money")
TEXTS = ("text", "code", "choice", "unit", "area", "link", "period")


def field_name(column):
    """Return how the head of the file calls ``column``."""
    return guarded(column.title or column.name)


def field_of(column, *, broken=frozenset()):
    """Return the field of ``column``; constraints that the rows break are not claimed.

    Rows may break a rule that only warns, or one that is younger than they are.
    """
    told = {
        "name": field_name(column),
        "title": column.title or column.name,
        "description": column.description,
        **_type_of(column),
        "constraints": {
            name: value for name, value in claims_of(column).items() if name not in broken
        },
        "portal": {
            "name": column.name,
            "type": column.type,
            "unit_of_measure": column.unit_of_measure,
        },
    }
    return {name: value for name, value in told.items() if value not in ("", {})}


def _type_of(column):
    if column.type == "integer":
        return {"type": "integer"}
    if column.type in NUMBERS:
        return {"type": "number", "decimalChar": ","}
    if column.type == "date":
        return {"type": "date", "format": "%d/%m/%Y"}
    if column.type == "datetime":
        return {"type": "datetime", "format": "%d/%m/%Y %H:%M:%S"}
    if column.type == "boolean":
        return {"type": "boolean", "trueValues": ["1"], "falseValues": ["0"]}
    return {"type": "string"}


def claims_of(column):
    """Return the constraints that the definition puts on ``column``, as the file writes values."""
    claims = {"required": column.must_be_filled or None, "unique": column.unique or None}
    if column.type in TEXTS:
        claims |= {
            "minLength": column.min_length,
            # The apostrophe is one more.
            "maxLength": column.max_length + 1 if column.max_length is not None else None,
            "pattern": f"'?(?:{column.pattern})" if column.pattern else None,
            "enum": [guarded(code) for code in column.codes] if column.codes else None,
        }
    else:
        claims |= {name: _written(getattr(column, name)) for name in ("minimum", "maximum")}
    return {name: value for name, value in claims.items() if value is not None}


def _written(limit):
    """Return a limit as the file would write it."""
    if limit is None or isinstance(limit, str):
        return None
    if isinstance(limit, Decimal | int):
        return plain_decimal(Decimal(limit)).replace(".", ",")
    return format_date(limit)


class Holding:
    """Looks through the cells of one column and notes which claims they break."""

    def __init__(self, column):
        self.claims = claims_of(column)
        self.is_number = column.is_number
        self.is_date = column.type == "date"
        self.broken = set()
        self._seen = set()
        self._pattern = re.compile(self.claims["pattern"]) if "pattern" in self.claims else None
        self._codes = set(self.claims.get("enum", ()))
        self._limits = {
            name: self._value(self.claims[name])
            for name in ("minimum", "maximum")
            if name in self.claims
        }

    def see(self, cell):
        """Take one more cell, as the file writes it, into account."""
        if not cell:
            self._note("required")
            return
        if "unique" in self.claims:
            if cell in self._seen:
                self._note("unique")
            self._seen.add(cell)
        if self._limits:
            self._see_value(self._value(cell))
        else:
            self._see_text(cell)

    def _note(self, name):
        if name in self.claims:
            self.broken.add(name)

    def _see_value(self, value):
        lowest, highest = self._limits.get("minimum"), self._limits.get("maximum")
        if value is None or (lowest is not None and value < lowest):
            self._note("minimum")
        if value is None or (highest is not None and value > highest):
            self._note("maximum")

    def _see_text(self, cell):
        length = len(unguarded(cell))
        if length < self.claims.get("minLength", 0):
            self._note("minLength")
        if length > self.claims.get("maxLength", length):
            self._note("maxLength")
        if self._pattern and not self._pattern.fullmatch(cell):
            self._note("pattern")
        if self._codes and cell not in self._codes:
            self._note("enum")

    def _value(self, cell):
        """Return a number or day as something that compares; None for what is neither."""
        if self.is_date:
            day, _slash, rest = cell.partition("/")
            month, _slash, year = rest.partition("/")
            return tuple(map(int, (year, month, day))) if year.isdigit() else None
        try:
            return Decimal(cell.replace(",", "."))
        except InvalidOperation:
            return None
