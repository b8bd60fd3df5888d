"""Values as they are written for machines."""

from datetime import date
from decimal import Decimal


def as_json(value, kind=""):
    """Return a value of a column of type ``kind`` for JSON.

    Dates are ISO texts, whole numbers are numbers, decimals texts of all their digits.
    """
    if isinstance(value, Decimal):
        return int(value) if kind == "integer" else plain_decimal(value)
    return value.isoformat() if isinstance(value, date) else value


def plain_decimal(value):
    """Return a Decimal without exponent and without zeros that say nothing."""
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
