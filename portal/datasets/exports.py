"""Write a table for spreadsheets: CSV that is safe to open, and workbooks."""

import csv
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Context, Decimal

import xlsxwriter

from portal.core.formats import format_date
from portal.datasets.imports.columns import ROW_COLUMN
from portal.datasets.imports.workspace import Workspace, name
from portal.datasets.imports.written import plain_decimal
from portal.datasets.parquet import checked, opened, order_sql, table_columns

BATCH = 5_000
XLSX_ROWS = 1_048_575
EXCEL_DIGITS = 15
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_EXACT = Context(prec=60)


class TooLongForSheet(ValueError):
    """A table has more rows than a sheet of a workbook holds."""


def _titles(columns, known):
    """Return names and printed titles; ``columns`` are names, or a mapping of names to titles."""
    if columns is None:
        columns = [each for each in known if each != ROW_COLUMN]
    titles = columns if isinstance(columns, Mapping) else {each: each for each in columns}
    return {checked(each, known): title for each, title in titles.items()}


def _batches(database, columns, known):
    database.execute(
        f"SELECT {', '.join(map(name, columns))} FROM t ORDER BY {order_sql(None, known)}"
    )
    while rows := database.fetchmany(BATCH):
        yield rows


def write_csv(path, out, columns=None):
    """Write the table as CSV to the binary file ``out``: UTF-8 with a mark, for spreadsheets.

    ``columns`` are names, or a mapping of names to titles. A text that a spreadsheet would
    take for a formula gets an apostrophe in front.
    """
    with opened(path) as database:
        known = table_columns(database)
        titles = _titles(columns, known)
        out.write("\ufeff".encode())
        out.write(_csv_lines([[harmless(str(title)) for title in titles.values()]]))
        for rows in _batches(database, titles, known):
            out.write(_csv_lines([[_csv_cell(value) for value in row] for row in rows]))


class _Lines(list):
    """What a csv writer writes to; it keeps the lines."""

    write = list.append


def _csv_lines(rows):
    lines = _Lines()
    csv.writer(lines).writerows(rows)
    return "".join(lines).encode()


def _csv_cell(value):
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain_decimal(value)
    return "" if value is None else value


def harmless(value):
    """Return ``value`` so that no spreadsheet runs it: a formula becomes a text."""
    return f"'{value}" if value.startswith(_DANGEROUS) else value


def write_xlsx(path, out, columns=None, *, sheet="Data"):
    """Write the table as a workbook to the binary file ``out``.

    Texts stay texts, days are days, and a number with more digits than Excel keeps is written
    as text. A table longer than a sheet is refused.
    """
    with opened(path) as database, Workspace() as workspace:
        known = table_columns(database)
        titles = _titles(columns, known)
        if database.execute("SELECT count(*) FROM t").fetchone()[0] > XLSX_ROWS:
            raise TooLongForSheet(XLSX_ROWS)
        options = {"constant_memory": True, "tmpdir": str(workspace.folder)}
        with xlsxwriter.Workbook(out, options) as book:
            page = book.add_worksheet(sheet)
            bold = book.add_format({"bold": True})
            day = book.add_format({"num_format": "dd/mm/yyyy"})
            for place, title in enumerate(titles.values()):
                page.write_string(0, place, str(title), bold)
            page.freeze_panes(1, 0)
            number = 0
            for rows in _batches(database, titles, known):
                for row in rows:
                    number += 1
                    for place, value in enumerate(row):
                        _write_cell(page, number, place, value, day)


def _write_cell(page, row, place, value, day):
    if value is None:
        return
    if isinstance(value, bool):
        page.write_boolean(row, place, value)
    elif isinstance(value, int | Decimal):
        if len(Decimal(value).normalize(_EXACT).as_tuple().digits) > EXCEL_DIGITS:
            page.write_string(row, place, plain_decimal(Decimal(value)))
        else:
            page.write_number(row, place, value)
    elif isinstance(value, date) and value.year >= 1900:
        page.write_datetime(row, place, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001 - Excel knows no zones
    else:
        shown = format_date(value) if isinstance(value, date) else str(value)
        page.write_string(row, place, shown[:32_767])
