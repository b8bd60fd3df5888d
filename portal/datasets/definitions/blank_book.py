"""An empty workbook that helps to fill it in: lists, checks while typing, notes, instructions.

Its heading row is protected, the cells below are open. What Excel checks is a help only; the file
is checked by the engine like any other.
"""

import io
from datetime import date

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _

from portal.datasets.definitions.words import example_of, rules_in_words, type_in_words
from portal.datasets.imports.column import LISTED

ROWS = 20_000  #: so many rows have lists and checks; more would slow the reader of the file
LAST_COLUMN = 16_383
NARROWEST, WIDEST = 14, 42
#: What Excel holds in the windows beside a cell.
TITLE_LENGTH, MESSAGE_LENGTH = 32, 255
AS_TEXT = frozenset(["text", "code", "period", "link", "datetime", *LISTED])
#: What people who fill in a protected sheet may still do.
ALLOWED = dict.fromkeys(
    [
        "select_locked_cells",
        "select_unlocked_cells",
        "format_cells",
        "format_columns",
        "format_rows",
        "insert_rows",
        "delete_rows",
        "sort",
        "autofilter",
    ],
    True,
)


def book_bytes(dataset, schema):
    """Return the workbook of ``dataset``; it is Vietnamese whatever the screen's language."""
    buffer = io.BytesIO()
    with (
        translation.override("vi"),
        xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book,
    ):
        _BlankBook(book, dataset, schema).write()
    return buffer.getvalue()


class _BlankBook:
    def __init__(self, book, dataset, schema):
        self.dataset, self.columns = dataset, schema.columns
        self.rules = schema.rules
        self.data = book.add_worksheet(_("Data"))
        self.help = book.add_worksheet(_("Instructions"))
        self.lists = book.add_worksheet(_("Lists"))
        bold = {"bold": True, "text_wrap": True, "valign": "top", "border": 1}
        self.head = book.add_format({**bold, "bg_color": "#DCE6F1"})
        self.head_needed = book.add_format({**bold, "bg_color": "#F8D7A9"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        self.plain = book.add_format({"text_wrap": True, "valign": "top"})
        self.open = book.add_format({"locked": False})
        self.formats = {
            "text": book.add_format({"locked": False, "num_format": "@"}),
            "date": book.add_format({"locked": False, "num_format": "dd/mm/yyyy"}),
            "whole": book.add_format({"locked": False, "num_format": "#,##0"}),
            "number": book.add_format({"locked": False, "num_format": "#,##0.######"}),
        }

    def write(self):
        """Write the three sheets; the lists stay out of sight."""
        listed = 0
        for place, column in enumerate(self.columns):
            self._head(place, column)
            listed += self._checks(place, column, listed)
        self.data.set_column(len(self.columns), LAST_COLUMN, None, self.open)
        self.data.freeze_panes(1, 0)
        self.data.protect("", ALLOWED)
        self.lists.hide()
        self._instructions()

    def _head(self, place, column):
        title = column.title or column.name
        width = min(max(len(title) + 2, NARROWEST), WIDEST)
        self.data.set_column(place, place, width, self._format(column))
        needed = self.head_needed if column.must_be_filled else self.head
        self.data.write_string(0, place, title, needed)
        lines = [type_in_words(column), *rules_in_words(column)]
        if column.description:
            lines.append(column.description)
        if example_of(column):
            lines.append(_("Example: %(example)s") % {"example": example_of(column)})
        note = "\n".join(line[:1].upper() + line[1:] for line in lines)
        self.data.write_comment(0, place, note[:2000], {"x_scale": 2, "y_scale": 1.6})

    def _format(self, column):
        if column.type in AS_TEXT:
            return self.formats["text"]
        if column.type == "date":
            return self.formats["date"]
        if column.type == "integer":
            return self.formats["whole"]
        return self.formats["number"] if column.is_number else self.open

    def _checks(self, place, column, listed):
        """Let Excel check a column; return how many columns of lists were written for it."""
        texts = _offered(column)
        if texts:
            self.lists.write_column(0, listed, texts)
            letter = xlsxwriter.utility.xl_col_to_name(listed, col_abs=True)
            source = f"='{self.lists.get_name()}'!{letter}$1:{letter}${len(texts)}"
            check = {"validate": "list", "source": source}
        else:
            check = _typed_check(column)
        if check:
            rules = "; ".join([type_in_words(column), *rules_in_words(column)])
            self.data.data_validation(
                1,
                place,
                ROWS,
                place,
                {
                    **check,
                    "ignore_blank": True,
                    "error_type": "stop" if column.severity == "error" else "warning",
                    "error_title": (column.title or column.name)[:TITLE_LENGTH],
                    "error_message": _cut(_("Expected: %(rules)s") % {"rules": rules}),
                },
            )
        return 1 if texts else 0

    def _instructions(self):
        sheet = self.help
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 26)
        sheet.set_column(2, 2, 60)
        sheet.set_column(3, 3, 26)
        sheet.write_string(0, 0, self.dataset.title, self.title)
        row = 2
        for sentence in _sentences(self.dataset, self.rules):
            sheet.merge_range(row, 0, row, 3, sentence, self.plain)
            row += 1
        row += 1
        heads = (_("Name of the column"), _("Type"), _("What it has to keep"), _("Example"))
        for place, head in enumerate(heads):
            sheet.write_string(row, place, head, self.head)
        for number, column in enumerate(self.columns, start=1):
            told = [*rules_in_words(column), column.description]
            # The number keeps this row from being taken for the heading of the data.
            cells = (
                f"{number}. {column.title or column.name}",
                type_in_words(column),
                "\n".join(filter(None, told)),
                example_of(column),
            )
            for place, cell in enumerate(cells):
                sheet.write_string(row + number, place, cell, self.wrapped)
        sheet.protect()


def _sentences(dataset, rules):
    yield _("Submitting unit: %(unit)s.") % {"unit": dataset.owner_unit.title}
    yield _("Fill in the sheet “%(sheet)s” from row 2 on, one thing per row.") % {
        "sheet": _("Data")
    }
    yield _("Do not change the names of the columns. Their order does not matter.")
    yield _("Columns with an orange heading are required. A note at each heading says what fits.")
    yield _(
        "Write days as 31/12/2026, decimals with a comma. Codes are texts: zeros in front stay."
    )
    yield _("Per cent are written as numbers: 87,5 means 87.5 per cent.")
    yield _("No totals, no merged cells, no empty columns between the data.")
    for rule in rules:
        yield _("Rule between columns: %(rule)s") % {"rule": rule.shown}


def _offered(column):
    """Return the texts of the drop-down, labels where they are clear."""
    if column.type == "boolean":
        return [_("Yes"), _("No")]
    if not column.codes:
        return []
    labels = [label for label in column.codes.values() if label]
    if len(set(labels)) == len(column.codes):
        return labels
    return list(column.codes)


def _typed_check(column):
    if column.type == "date":
        low = column.minimum or date(1900, 1, 1)
        high = column.maximum or date(9999, 12, 31)
        return {"validate": "date", "criteria": "between", "minimum": low, "maximum": high}
    if column.is_number:
        kind = "integer" if column.type == "integer" else "decimal"
        low, high = column.minimum, column.maximum
        return {"validate": kind, **_bounds(low, high, everything=-(10**15), most=10**15)}
    if column.min_length is not None or column.max_length is not None:
        low, high = column.min_length, column.max_length
        return {"validate": "length", **_bounds(low, high, everything=0, most=32_767)}
    return None


def _bounds(low, high, *, everything, most):
    return {
        "criteria": "between",
        "minimum": everything if low is None else float(low) if low % 1 else int(low),
        "maximum": most if high is None else float(high) if high % 1 else int(high),
    }


def _cut(text):
    return text if len(text) <= MESSAGE_LENGTH else f"{text[: MESSAGE_LENGTH - 1]}…"
