"""The cell of a spreadsheet as text: numbers and days keep a sign that they came as such."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite

from portal.core.formats import plain_decimal

LONGEST_CELL = 32_767  #: characters that a cell of a spreadsheet holds at most
NATIVE_SIGN = "\x1d"  #: before a number that a spreadsheet holds as a number
NO_RESULT = NATIVE_SIGN + "="  #: a formula that nobody calculated
NO_NUMBER = "#NUM!"  #: what Excel shows where a number has no end
ERROR_TEXTS = frozenset(
    ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
)
EPOCH_1904_OFFSET = 1462  #: days between the two ways in which Excel counts days

#: The same digits as ``number_text``, unless there is an exponent.
_SHORT_NUMBER = (NATIVE_SIGN + "{:.15g}").format
_OWN_SIGNS = re.compile("[\x00\x1c-\x1f]")
_LINE_ENDS = re.compile("\r\n?")


def marked_too_long(text):
    """Return what stands for a text that is too long: no trimming makes it short again."""
    return text[:200] + "…" * (LONGEST_CELL + 1)


def cell_text(value):
    """Return the text of a cell's value; empty for an empty cell."""
    if isinstance(value, str):
        return _plain(value) if value else ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        return NATIVE_SIGN + number_text(value) if isfinite(value) else NO_NUMBER
    if isinstance(value, datetime):
        return NATIVE_SIGN + value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return NATIVE_SIGN + value.isoformat()
    return str(value) if isinstance(value, time | timedelta) else ""


def column_texts(values):
    """Return the texts of a column's values, as ``cell_text`` makes them one by one.

    Most columns hold one kind of value; for a whole column of it, one look suffices.
    """
    kinds = set(map(type, values))
    if kinds == {str} and "".join(values).isprintable():
        return list(values)
    if kinds == {float}:
        texts = list(map(_SHORT_NUMBER, values))
        # An exponent, “nan”, “inf” and “-0” ask for a closer look.
        together = "".join(texts)
        if not any(sign in together for sign in ("e", "n", "-0")):
            return texts
    return list(map(cell_text, values))


def _plain(value):
    if value.isprintable():
        return value
    return _OWN_SIGNS.sub("\ufffd", _LINE_ENDS.sub("\n", value))


def number_text(value):
    """Return the digits of a number as Excel shows them: 15 of them count, no exponent."""
    if value == int(value) and abs(value) < 10**15:
        return str(int(value))
    return f"{Decimal(f'{value:.15g}'):f}"


def seen_text(text, special, kind):
    """Return the text of a cell of a ``kind`` of column, corrected by what is special in it."""
    if special.kind == "error":
        return _plain(special.detail)
    if special.kind == "formula":
        return NO_RESULT
    if not text.startswith(NATIVE_SIGN):
        return text
    if special.kind == "percent" and kind == "percent":
        return NATIVE_SIGN + _hundredfold(text[1:])
    if special.kind == "zeros" and kind in ("code", "text") and text[1:].isdigit():
        return text[1:].zfill(special.detail)
    return text


def _hundredfold(digits):
    try:
        return plain_decimal(Decimal(digits) * 100)
    except ArithmeticError:
        return digits
