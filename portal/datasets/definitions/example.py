"""A definition suggested from an example: for each column a type, and what speaks for it."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.core.formats import UnreadableValue, format_number, parse_date, parse_number
from portal.core.periods import parse_period
from portal.core.table_files.spreadsheet_cells import NATIVE_SIGN
from portal.core.table_files.tables import read_table
from portal.core.text import fold, slugify_vi, sort_key
from portal.datasets.imports.column import Column
from portal.datasets.imports.schema_error import SchemaError
from portal.datasets.imports.values import NO, YES

MOST_ROWS = 50_000
SAMPLES = 3
MOST_CHOICES = 12
ENOUGH_FOR_CHOICES = 20
_LINK = re.compile(r"(?i)https?://[^\s/?#]+\S*")
_ZERO_FIRST = re.compile(r"0[0-9]+")
_DIGITS = re.compile(r"[0-9]+")
_DAY = re.compile(r"[0-9]{1,4}\D{1,10}[0-9]{1,2}\D{1,10}[0-9]{1,4}( 00:00:00)?")
_PERIOD = re.compile(r"(?:^|\D)[0-9]{4}$|^[0-9]{4}-")
_NAMED_CODE = re.compile(r"\b(ma|so hieu|cccd|cmnd|so dien thoai|dien thoai)\b")
_NAMED_PERCENT = re.compile(r"%|\b(ty le|ti le|phan tram)\b")
_NAMED_MONEY = re.compile(r"\b(kinh phi|so tien|thanh tien|don gia|du toan|luong|phu cap)\b")


@dataclass(frozen=True)
class Suggestion:
    """A column with its suggested type, ``evidence``, ``samples`` and ``doubts`` as sentences.

    ``choices`` are the different values of a column that may be a choice, in alphabetical order.
    """

    column: Column
    evidence: str
    samples: list = field(default_factory=list)
    doubts: list = field(default_factory=list)
    choices: list = field(default_factory=list)


class _FirstFullRow:
    """Takes the first of the rows with most texts for the header."""

    def __init__(self):
        self.most, self.header = 0, None

    def score(self, cells):
        """Return how many texts a row has; later rows with as many count less."""
        count = sum(bool(cell.strip()) and not _is_value(cell.strip()) for cell in cells)
        if count > self.most:
            self.most, self.header = count, tuple(cells)
        elif tuple(cells) != self.header:
            count -= 1
        return max(count, 0)


class _AnyTable:
    """Lets every sheet with a row of several texts be as good as any other: a person chooses."""

    def score(self, cells):
        """Return 1 for a row that may be a header, else 0."""
        return int(sum(bool(cell.strip()) and not _is_value(cell.strip()) for cell in cells) > 1)


def suggest_from(path, reading=None):
    """Return the ``Suggestion`` of each column of the example at ``path``.

    What ``reading`` says is taken as decided. Raise ``UnreadableFile`` or ``NeedsConfirmation``
    like every reading, ``SchemaError`` when the file has no columns.
    """
    table = read_table(
        path, _FirstFullRow(), most_rows=MOST_ROWS, sheet_names=_AnyTable(), reading=reading
    )
    found, names = [], set()
    for place, title in enumerate(table.header):
        cells = [line.cells[place].strip() for line in table.lines if not line.fault]
        if not title.strip() and not any(cells):
            continue
        shown = title.strip() or _("Column %(number)s") % {"number": place + 1}
        name = _free_name(shown, names)
        found.append(_suggestion(name, " ".join(shown.split())[:255], cells))
    if not found:
        raise SchemaError(_("The example has no row with names of columns."))
    return found


def identifier_of(title):
    """Return the identifier that a printed name suggests."""
    stem = slugify_vi(title, 44).replace("-", "_").strip("_")
    return stem if stem[:1].isalpha() else f"cot_{stem}".strip("_")


def _free_name(title, names):
    stem = identifier_of(title)
    name, number = stem, 2
    while name in names:
        name, number = f"{stem}_{number}", number + 1
    names.add(name)
    return name


def _suggestion(name, title, cells):
    filled = [cell for cell in cells if cell]
    values = [cell.removeprefix(NATIVE_SIGN) for cell in filled]
    samples = list(dict.fromkeys(values))[:SAMPLES]
    kind, fitting, doubts = _best_type(title, values)
    blank = len(cells) - len(filled)
    is_full = bool(values) and not blank
    different = len(set(values))
    if blank and values:
        doubts.append(_("%(count)s cells are empty.") % {"count": format_number(blank)})
    scale = _scale(values) if kind in ("decimal", "percent", "money") else None
    column = Column(
        name=name,
        title=title,
        type=kind,
        required=is_full,
        unique=is_full and different == len(values) and kind == "code" and len(values) > 1,
        scale=scale,
    )
    choices = _choices(values) if kind == "text" else []
    return Suggestion(column, _evidence(kind, fitting, len(values)), samples, doubts, choices)


def _evidence(kind, fitting, total):
    if not total:
        return _("No value in the example.")
    sentences = {
        "date": _("%(count)s of %(total)s values are days."),
        "period": _("%(count)s of %(total)s values are periods."),
        "integer": _("%(count)s of %(total)s values are whole numbers."),
        "decimal": _("%(count)s of %(total)s values are numbers."),
        "percent": _("%(count)s of %(total)s values are numbers, and the name speaks of a share."),
        "money": _("%(count)s of %(total)s values are numbers, and the name speaks of money."),
        "boolean": _("%(count)s of %(total)s values are yes or no."),
        "link": _("%(count)s of %(total)s values are addresses."),
        "code": _("%(count)s of %(total)s values are codes."),
        "text": _("%(count)s of %(total)s values are texts."),
    }
    return sentences[kind] % {"count": format_number(fitting), "total": format_number(total)}


def _best_type(title, values):
    """Return the type, how many values fit it, and doubts as sentences."""
    if not values:
        return "text", 0, [_("The type cannot be told from an empty column.")]
    counts = {kind: sum(map(fits, values)) for kind, fits in _FITS.items()}
    named, total = fold(title), len(values)
    zeros = sum(bool(_ZERO_FIRST.fullmatch(value)) for value in values)
    digits = sum(bool(_DIGITS.fullmatch(value)) for value in values)
    if digits == total and (zeros or _NAMED_CODE.search(named)):
        doubts = [_("Zeros in front are kept, so it is no number.")] if zeros else []
        return "code", total, doubts
    for kind in ("date", "period", "boolean", "link", "integer", "decimal"):
        if counts[kind] == total:
            return _named_number(kind, named), total, _doubts_of(kind, values)
    likely = max(("date", "period", "integer", "decimal"), key=counts.get)
    if counts[likely] * 10 >= total * 9:
        odd = next(value for value in values if not _FITS[likely](value))
        doubt = _("%(count)s values do not fit, the first: “%(value)s”.") % {
            "count": format_number(total - counts[likely]),
            "value": odd[:60],
        }
        return _named_number(likely, named), counts[likely], [doubt]
    if _NAMED_CODE.search(named) and all(" " not in value for value in values):
        return "code", total, []
    return "text", total, _choice_doubt(values)


def _named_number(kind, named):
    if kind in ("integer", "decimal") and _NAMED_PERCENT.search(named):
        return "percent"
    if kind in ("integer", "decimal") and _NAMED_MONEY.search(named):
        return "money"
    return kind


def _doubts_of(kind, values):
    if kind == "boolean" and set(values) <= {"0", "1"}:
        return [_("0 and 1 may be numbers as well.")]
    if kind == "period" and all(_DIGITS.fullmatch(value) for value in values):
        return [_("Years may be whole numbers as well.")]
    if kind in ("integer", "decimal") and any(_is_ambiguous(value) for value in values):
        return [_("“1.205” may be a thousand or a decimal; the file's other values decide.")]
    return []


def _choice_doubt(values):
    different = _choices(values)
    if not different:
        return []
    return [
        _("Only %(count)s different values: it may be a choice (%(values)s).")
        % {"count": len(different), "values": "; ".join(different[:6])[:200]}
    ]


def _choices(values):
    """Return the different values in alphabetical order, where they are few among many."""
    different = sorted(set(values), key=sort_key)
    is_few = len(values) >= ENOUGH_FOR_CHOICES and len(different) <= MOST_CHOICES
    return different if is_few else []


def _is_ambiguous(value):
    return bool(re.fullmatch(r"[0-9]{1,3}[.,][0-9]{3}", value))


def _scale(values):
    lengths = [len(value.rpartition(",")[2]) for value in values if "," in value]
    return min(max(lengths), 6) if lengths and max(lengths) != 3 else None


def _is_date(value):
    try:
        return bool(_DAY.fullmatch(value)) and bool(parse_date(value.partition(" 00:00")[0]))
    except UnreadableValue:
        return False


def _is_period(value):
    try:
        return bool(_PERIOD.search(value)) and bool(parse_period(value))
    except UnreadableValue:
        return False


def _is_number(value):
    try:
        return parse_number(value, point_is="group" if _is_ambiguous(value) else None) is not None
    except UnreadableValue:
        return False


def _is_whole(value):
    if not _is_number(value):
        return False
    number = parse_number(value, point_is="group" if _is_ambiguous(value) else None)
    return number == number.to_integral_value()


def _is_value(value):
    value = value.removeprefix(NATIVE_SIGN)
    return _is_number(value) or _is_date(value)


_FITS = {
    "date": _is_date,
    "period": lambda value: _is_period(value) and not _is_plain_number(value),
    "boolean": lambda value: fold(value) in YES | NO,
    "link": lambda value: bool(_LINK.fullmatch(value)),
    "integer": _is_whole,
    "decimal": _is_number,
}


def _is_plain_number(value):
    return bool(_DIGITS.fullmatch(value)) and not 1990 <= int(value) <= 2100
