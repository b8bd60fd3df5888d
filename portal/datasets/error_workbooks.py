"""The rows of a refused file as a workbook: faulty cells coloured, each with its remark.

The worker writes it while the rows are at hand. All cells are texts, so that nothing in them is
calculated; what came from a spreadsheet as a number stays a number.
"""

from decimal import Decimal
from pathlib import Path

import xlsxwriter
from django.conf import settings
from django.utils.translation import gettext as _

from portal.core.formats import format_number
from portal.core.table_files.spreadsheet_cells import NATIVE_SIGN
from portal.datasets.imports.sources.loading import BLANK
from portal.datasets.imports.workspace import text

WHOLE_FILE = 5000  #: a file of at most so many records is given back whole
FAULTY_ROWS = 1000  #: of a longer one so many faulty rows
LONGEST_COMMENT = 1000
LONGEST_CELL = 32_000


def workbook_file(version):
    """Return the path of the version's error workbook, or None when it has none."""
    told = version.report.get("workbook")
    return Path(settings.PORTAL_DATA_ROOT) / told["path"] if told else None


def write_error_workbook(version, schema, check, report):
    """Write the workbook for the issues kept in ``report``; return what the report says of it."""
    further = report.get("further_issues", [])
    issues = [*report["issues"], *further]
    whole = check.records <= WHOLE_FILE
    wanted = None if whole else sorted({*_faulty(report["issues"]), *_faulty(further)})
    rows = _rows(check.workspace, schema, wanted)
    if not rows:
        return None
    path = _path(version)
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        _Sheets(book, schema, issues, whole).write(rows, report)
    return {
        "path": str(path.relative_to(settings.PORTAL_DATA_ROOT)),
        "rows": len(rows),
        "whole": whole,
    }


def _path(version):
    folder = Path(settings.PORTAL_DATA_ROOT) / "tables" / version.dataset.code
    return folder / f"{version.receipt_number}-loi.xlsx"


def _faulty(issues):
    return sorted({issue["row"] for issue in issues if issue["row"]})[:FAULTY_ROWS]


def _rows(workspace, schema, wanted):
    """Return ``[(row, texts or None, text of a broken row)]`` of the wanted rows, or of all."""
    if wanted is not None and not wanted:
        return []
    if not workspace.value("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'cells'"):
        return []  # the reading did not come as far as rows
    names = [f"c{place}" for place in range(len(schema.columns))]
    where = "TRUE" if wanted is None else f"row IN ({', '.join(map(str, wanted))})"
    nothing = ", ".join("NULL" for _name in names)
    found = workspace.run(
        f"SELECT row, {', '.join(names)}, NULL AS broken FROM cells WHERE {where} "  # noqa: S608
        f"UNION ALL SELECT row, {nothing}, text FROM odd "
        f"WHERE {where} AND fault <> {text(BLANK)} ORDER BY 1"
    )
    return [(row, cells, broken) for row, *cells, broken in found]


class _Sheets:
    """Sheets of one workbook: the rows, and what is said about them."""

    def __init__(self, book, schema, issues, whole):
        self.book, self.schema, self.whole = book, schema, whole
        self.titles = {column.name: column.title or column.name for column in schema.columns}
        self.remarks, self.of_row = {}, {}
        for issue in issues:
            key = (issue["row"], issue["column"])
            target = self.remarks if issue["column"] in self.titles else self.of_row
            target.setdefault(key if target is self.remarks else issue["row"], []).append(issue)
        self.bad = book.add_format({"bg_color": "#FAD4CF", "border": 1, "border_color": "#9A1B1E"})
        self.warn = book.add_format({"bg_color": "#FBECCB", "border": 1, "border_color": "#D8A13A"})
        self.head = book.add_format({"bold": True, "bottom": 1})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.issues = issues

    def write(self, rows, report):
        sheet = self.book.add_worksheet(_("Data") if self.whole else _("Faulty rows"))
        first = 0 if self.whole else 1
        if first:
            sheet.write_string(0, 0, _("Row in the file"), self.head)
        for place, title in enumerate(self.titles.values()):
            sheet.write_string(0, first + place, title, self.head)
        sheet.set_column(0, first + len(self.titles), 18)
        sheet.freeze_panes(1, first)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        for line, (row, cells, broken) in enumerate(rows, start=1):
            self._write_row(sheet, line, first, row, cells, broken)
        self._write_list()
        self._write_guide(rows, report)

    def _write_row(self, sheet, line, first, row, cells, broken):
        of_row = self.of_row.get(row, [])
        if first:
            sheet.write_number(line, 0, row, self._format(of_row))
            _comment(sheet, line, 0, of_row)
        if broken is not None:
            sheet.write_string(line, first, broken[:LONGEST_CELL], self.bad)
        for place, (column, cell) in enumerate(zip(self.schema.columns, cells, strict=True)):
            said = self.remarks.get((row, column.name), [])
            if not first and not place:  # what is said of the whole row stands at its beginning
                said = [*said, *of_row]
            if broken is None:
                self._write_cell(sheet, line, first + place, cell, self._format(said))
            _comment(sheet, line, first + place, said)

    def _format(self, said):
        if not said:
            return None
        return self.bad if any(each["severity"] == "error" for each in said) else self.warn

    @staticmethod
    def _write_cell(sheet, line, place, cell, style):
        if cell is None:
            if style:
                sheet.write_blank(line, place, None, style)
            return
        value = cell.removeprefix(NATIVE_SIGN)
        number = _number(value) if cell.startswith(NATIVE_SIGN) else None
        if number is not None:
            sheet.write_number(line, place, number, style)
        else:
            sheet.write_string(line, place, value[:LONGEST_CELL], style)

    def _write_list(self):
        sheet = self.book.add_worksheet(_("Remarks"))
        heads = (_("Row in the file"), _("In column"), _("Value"), _("What is wrong"))
        for place, (words, width) in enumerate(zip(heads, (14, 24, 28, 80), strict=True)):
            sheet.write_string(0, place, words, self.head)
            sheet.set_column(place, place, width)
        sheet.freeze_panes(1, 0)
        for line, issue in enumerate(self.issues, start=1):
            if issue["row"]:
                sheet.write_number(line, 0, issue["row"])
            column = issue["column"] or ""
            sheet.write_string(line, 1, self.titles.get(column, column))
            sheet.write_string(line, 2, issue["value"] or "")
            sheet.write_string(line, 3, issue["message"], self.wrapped)

    def _write_guide(self, rows, report):
        sheet = self.book.add_worksheet(_("How to use"))
        sheet.set_column(0, 0, 100, self.wrapped)
        for line, sentence in enumerate(self._guide(rows, report)):
            sheet.write_string(line, 0, sentence, self.wrapped)

    def _guide(self, rows, report):
        yield _(
            "Red cells hold mistakes, yellow ones warnings. Point at a cell to read its remark."
        )
        if self.whole:
            yield _(
                "The first sheet holds all rows of the file. Correct the red cells, save, "
                "and send this workbook again."
            )
        else:
            yield _(
                "The file has %(records)s rows. This workbook holds only the first %(rows)s rows "
                "with remarks; correct them in the file itself and do not send this workbook."
            ) % {"records": format_number(report["records"]), "rows": format_number(len(rows))}
        if report["issues_truncated"]:
            yield _("There are %(total)s remarks; %(listed)s of them are listed.") % {
                "total": format_number(report["issues_total"]),
                "listed": format_number(len(self.issues)),
            }


def _comment(sheet, line, place, said):
    if not said:
        return
    words = "\n".join(each["message"] for each in said)[:LONGEST_COMMENT]
    sheet.write_comment(line, place, words, {"x_scale": 2})


def _number(value):
    """Return the number that a spreadsheet held; None for its days, which stay texts."""
    try:
        number = Decimal(value)
    except ArithmeticError:
        return None
    return number if number.is_finite() else None
