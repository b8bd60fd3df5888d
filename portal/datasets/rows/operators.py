"""What can be asked of a column: the operators, the values they take, and the SQL they become.

Every value is bound; no text of a reader ever becomes SQL.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.formats import UnreadableValue, parse_date
from portal.core.text import fold, nfc
from portal.datasets.imports.instants import read_instant
from portal.datasets.rows.limits import LONGEST_TEXT, MOST_VALUES

TEXT, NUMBER, DAY, MOMENT, TRUTH = "text", "number", "day", "moment", "truth"
COMPARED = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
PARTS = ("year", "quarter", "month", "day")
EMPTINESS = ("isnull", "notnull", "isblank", "notblank")
_EVERY = ("exact", "not", "in", "notin")
_FOLDED = ("contains", "notcontains", "startswith", "endswith")
#: Which operators a kind of column has; the order is that of the form.
OPERATORS_OF = {
    TEXT: ("exact", "not", *_FOLDED, "in", "notin", *COMPARED, "year", *EMPTINESS),
    NUMBER: ("exact", "not", *COMPARED, "in", "notin", *EMPTINESS),
    DAY: ("exact", "not", *COMPARED, "in", "notin", *PARTS, *EMPTINESS),
    MOMENT: ("exact", "not", *COMPARED, "in", "notin", "date", *PARTS, *EMPTINESS),
    TRUTH: ("exact", "not", *EMPTINESS),
}
WORDS = {
    "exact": gettext_lazy("is"),
    "not": gettext_lazy("is not"),
    "contains": gettext_lazy("contains"),
    "notcontains": gettext_lazy("does not contain"),
    "startswith": gettext_lazy("begins with"),
    "endswith": gettext_lazy("ends with"),
    "in": gettext_lazy("is one of"),
    "notin": gettext_lazy("is none of"),
    "gt": gettext_lazy("is above"),
    "gte": gettext_lazy("is at least"),
    "lt": gettext_lazy("is below"),
    "lte": gettext_lazy("is at most"),
    "date": gettext_lazy("is on the day"),
    "year": gettext_lazy("is in the year"),
    "quarter": gettext_lazy("is in the quarter"),
    "month": gettext_lazy("is in the month"),
    "day": gettext_lazy("is on the day of the month"),
    "isnull": gettext_lazy("is empty"),
    "notnull": gettext_lazy("is filled"),
    "isblank": gettext_lazy("is empty or blank"),
    "notblank": gettext_lazy("is filled and not blank"),
}
_NUMBER = re.compile(r"[+-]?\d{1,28}(\.\d{1,20})?")
_TRUE, _FALSE = {"true", "1", "co", "yes"}, {"false", "0", "khong", "no"}


@dataclass(frozen=True)
class Filter:
    """One condition: a column, an operator and the values it takes, read by the column's kind."""

    column: str
    operator: str
    values: tuple = ()


def kind_of(sql_type):
    """Return what kind of values an SQL type has."""
    if sql_type == "VARCHAR":
        return TEXT
    if sql_type == "BOOLEAN":
        return TRUTH
    if sql_type == "DATE":
        return DAY
    return MOMENT if sql_type.startswith("TIMESTAMP") else NUMBER


def meaning_of(column):
    """Return what kind of values a described column has, whatever file they lie in.

    By it a condition written for one version means the same in another.
    """
    if column.is_number:
        return NUMBER
    return {"date": DAY, "datetime": MOMENT, "boolean": TRUTH}.get(column.type, TEXT)


def filter_of(column, operator, text, sql_type, kind=None):
    """Return the filter that a reader wrote; raise ``ValidationError`` with a sentence.

    ``sql_type`` tells how the values lie in the table, ``kind`` what they are where that is more.
    """
    kind = kind or kind_of(sql_type)
    if operator not in OPERATORS_OF[kind]:
        raise ValidationError(
            _("Column “%(name)s” cannot be filtered by “%(operator)s”; it takes: %(known)s.")
            % {
                "name": column,
                "operator": operator[:40],
                "known": ", ".join(OPERATORS_OF[kind]),
            },
            code="unknown_operator",
        )
    if operator in EMPTINESS:
        if fold(text) not in {"", *_TRUE}:
            raise ValidationError(
                _("“%(operator)s” takes no value but 1.") % {"operator": operator},
                code="unexpected_value",
            )
        return Filter(column, operator)
    if operator in PARTS:
        return Filter(column, operator, (_part(text, operator),))
    kind = DAY if operator == "date" else kind
    texts = _listed(text) if operator in ("in", "notin") else [text]
    values = tuple(_value(each, kind) for each in texts)
    if kind == MOMENT:
        values = tuple(_as_kept(each, sql_type) for each in values)
    return Filter(column, operator, values)


def _listed(text):
    """Split “a,b,c”, or read a JSON list where values contain commas."""
    values = _in_json(text) if text.startswith("[") else text.split(",")
    if len(values) > MOST_VALUES:
        raise ValidationError(
            _("At most %(most)s values can be asked for at once.") % {"most": MOST_VALUES},
            code="too_many",
        )
    return values


def _in_json(text):
    """Return the texts and numbers of a JSON list, numbers digit by digit as they stand there."""
    try:
        values = json.loads(text, parse_int=str, parse_float=str)
        if all(isinstance(each, str) for each in values):
            "".join(values).encode()  # half a character, which JSON can write, is none
            return values
    except (ValueError, RecursionError) as fault:
        raise ValidationError(_("The list of values is not JSON."), code="no_json") from fault
    raise ValidationError(
        _("A list of values holds texts and numbers only; “isnull” asks for empty cells."),
        code="no_json",
    )


def _value(text, kind):
    if len(text) > LONGEST_TEXT:
        raise ValidationError(
            _("A value has at most %(most)s characters.") % {"most": LONGEST_TEXT}, code="too_long"
        )
    return {TEXT: nfc, NUMBER: _number, DAY: _day, MOMENT: _moment, TRUTH: _truth}[kind](text)


def _number(text):
    if not _NUMBER.fullmatch(text.strip()):
        raise ValidationError(
            _("“%(value)s” is not a number; write 1250.5 with a decimal point.")
            % {"value": text[:80]},
            code="not_a_number",
        )
    return Decimal(text.strip())


def _day(text):
    try:
        return parse_date(text)
    except UnreadableValue as fault:
        raise ValidationError(str(fault), code=fault.code) from fault


def _moment(text):
    """Return the moment that is meant; a day alone means its beginning."""
    try:
        return datetime.fromisoformat(read_instant(text))
    except UnreadableValue:
        return datetime.combine(_day(text), datetime.min.time())


def _as_kept(moment, sql_type):
    """Return a moment as the table keeps it: as a rule the text that imports make of it."""
    if kind_of(sql_type) != TEXT:
        return moment.replace(tzinfo=None)
    return moment.isoformat().replace("+00:00", "Z")


def _truth(text):
    if fold(text) in _TRUE | _FALSE:
        return fold(text) in _TRUE
    raise ValidationError(
        _("“%(value)s” is neither true nor false.") % {"value": text[:80]}, code="not_a_truth"
    )


def _part(text, operator):
    highest, number = {"year": 9999, "quarter": 4, "month": 12, "day": 31}[operator], text.strip()
    is_short = number.isascii() and number.isdigit() and len(number) <= 4
    if is_short and 1 <= int(number) <= highest:
        return int(number)
    raise ValidationError(
        _("“%(value)s” is not a number from 1 to %(highest)s.")
        % {"value": text[:80], "highest": highest},
        code="no_such_part",
    )


def rounded_bound(value, operator, scale):
    """Return the number with ``scale`` decimal places that asks the same under ``operator``.

    None comes where a number between two of them is asked for: nothing equals it.
    """
    with localcontext(prec=80):
        step = Decimal(1).scaleb(-scale)
        down = value.quantize(step, rounding=ROUND_FLOOR)
        if down == value or operator in ("gt", "lte"):
            return down
        if operator in COMPARED:
            return value.quantize(step, rounding=ROUND_CEILING)
        return None
