"""Rows sent as JSON, made into the table that is kept and checked like any other file."""

import csv
import io
import json
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_COLUMNS = 1000
ROWS_NAME = "dong-json.csv"  #: the name under which such a table is kept


def is_from_rows(version):
    """Tell whether the file of ``version`` was made of rows that a system or a portal sent."""
    by_machine = version.token_id is not None or version.origin.get("kind") == "portal"
    return by_machine and version.filename == ROWS_NAME


def parsed(body):
    """Return the object in a JSON text; numbers keep every digit, and nothing is dropped.

    Raise ``ValidationError`` for what is no object, names a key twice, or is no number.
    """
    try:
        found = json.loads(
            body, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_unique
        )
    except (ValueError, RecursionError) as fault:
        raise ValidationError(_("The request is not JSON that can be read.")) from fault
    if not isinstance(found, dict):
        raise ValidationError(_("Send a JSON object with the list “rows”."))
    return found


def csv_of(rows):
    """Return the rows (dictionaries of plain values) as CSV in UTF-8, columns as they come."""
    if not isinstance(rows, list) or not rows:
        raise ValidationError({"rows": _("Send a list “rows” with at least one object.")})
    columns = {}
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            raise ValidationError({"rows": _("Row %(row)s is not an object.") % {"row": number}})
        columns.update(dict.fromkeys(row))
    if not columns or len(columns) > MOST_COLUMNS:
        raise ValidationError({"rows": _("The rows have no columns, or far too many.")})
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    for number, row in enumerate(rows, start=1):
        writer.writerow([_text(row.get(column), number, column) for column in columns])
    return out.getvalue().encode()


def reading_of_rows(schema):
    """Return what is decided about such a table: a point always begins the decimals."""
    numbers = [column.name for column in schema.columns if column.is_number]
    return {
        "encoding": "utf-8",
        "delimiter": ",",
        "header_row": 1,
        "number_styles": dict.fromkeys(numbers, "decimal"),
    }


def _text(value, number, column):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal) and abs(value.adjusted()) < 40:
        return f"{value:f}"
    raise ValidationError(
        {
            "rows": _("Row %(row)s, “%(column)s”: send a text, a number, true, false or null.")
            % {"row": number, "column": column}
        }
    )


def _no_number(text):
    raise ValueError(text)


def _unique(pairs):
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValidationError(_("An object names a key twice."))
    return found
