"""Values as they are written for machines."""

from datetime import date
from decimal import Decimal

from portal.core.formats import plain_decimal


def as_json(value, kind=""):
    """Return a value of a column of type ``kind`` for JSON.

    Dates are ISO texts, whole numbers are numbers, decimals texts of all their digits.
    """
    if isinstance(value, Decimal):
        return int(value) if kind == "integer" else plain_decimal(value)
    return value.isoformat() if isinstance(value, date) else value
