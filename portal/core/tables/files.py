"""Catalogues as files: exports that Excel opens as they are meant, and templates to fill in."""

import csv
import io
from datetime import date
from decimal import Decimal

import xlsxwriter
from django.utils.translation import gettext as _

from portal.core.formulas import guarded
from portal.core.tables.columns import as_text
from portal.core.tables.values import BETWEEN

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
NARROWEST, WIDEST = 12, 48
LISTED = 255  #: signs that Excel holds of a drop-down list
LIST_ROWS = 5_000
LONGEST_NUMBER = 15  #: digits that Excel keeps


def export_bytes(resource, queryset, suffix):
    """Return the file of what ``queryset`` holds, as ``csv`` or ``xlsx``."""
    dataset = resource.export(queryset)
    headers = [str(column.title) for column in resource.columns]
    rows = list(dataset)
    return csv_bytes(headers, rows) if suffix == "csv" else _xlsx(resource, headers, rows)


def template_bytes(resource, suffix):
    """Return a file without rows; the workbook explains its columns on a second sheet."""
    columns = [column for column in resource.columns if not column.read_only]
    headers = [str(column.title) for column in columns]
    return csv_bytes(headers, []) if suffix == "csv" else _xlsx(resource, headers, [], columns)


def csv_bytes(headers, rows):
    """Return a table as CSV: UTF-8 with BOM and semicolons, as Excel opens it here."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=BETWEEN, lineterminator="\r\n")
    writer.writerow(guarded(header) for header in headers)
    writer.writerows([_csv_cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _csv_cell(value):
    text = as_text(value)
    return guarded(text) if isinstance(value, str) else text


def _xlsx(resource, headers, rows, columns=None):
    """Return a workbook; texts are texts, so that zeros in front stay and formulas sleep."""
    columns = columns or resource.columns
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet(_("Data"))
        styles = {
            "head": book.add_format(
                {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E6EFF2"}
            ),
            "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
            "day": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
            "number": book.add_format({"valign": "top"}),
        }
        _write_sheet(sheet, columns, headers, rows, styles)
        _write_help(book.add_worksheet(_("Instructions")), columns, styles)
    return buffer.getvalue()


def _write_sheet(sheet, columns, headers, rows, styles):
    for place, (column, header) in enumerate(zip(columns, headers, strict=True)):
        width = min(max(len(header) + 2, NARROWEST), WIDEST)
        sheet.set_column(place, place, width, None if column.is_number else styles["text"])
        sheet.write_string(0, place, header, styles["head"])
        _offer(sheet, place, column)
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            _write_cell(sheet, number, place, value, styles)
    sheet.freeze_panes(1, 0)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(headers) - 1)


def _write_cell(sheet, row, place, value, styles):
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(row, place, value, styles["day"])
    elif isinstance(value, Decimal | int) and len(as_text(value).strip("-")) <= LONGEST_NUMBER:
        sheet.write_number(row, place, value, styles["number"])
    else:
        sheet.write_string(row, place, as_text(value), styles["text"])


def _allowed(column):
    """Return the words that a cell of the column may hold, where they are few."""
    return getattr(column.widget, "allowed", list)()


def _offer(sheet, place, column):
    words = _allowed(column)
    if words and len(",".join(words)) <= LISTED and not any("," in word for word in words):
        sheet.data_validation(
            1, place, LIST_ROWS, place, {"validate": "list", "source": words, "ignore_blank": True}
        )


def help_rows(resource):
    """Return ``(column, what to write, allowed words)`` of every column that is taken in."""
    return [
        (column, column.help_text, _allowed(column))
        for column in resource.columns
        if not column.read_only
    ]


def _write_help(sheet, columns, styles):
    heads = (
        _("Name of the column"),
        _("Must be filled in"),
        _("What to write"),
        _("Allowed values"),
        _("Example"),
    )
    for place, (head, width) in enumerate(zip(heads, (30, 14, 60, 60, 30), strict=True)):
        sheet.set_column(place, place, width, styles["text"])
        sheet.write_string(0, place, head, styles["head"])
    for number, column in enumerate(columns, start=1):
        cells = (
            str(column.title),
            _("yes") if column.required else "",
            str(column.help_text),
            ", ".join(_allowed(column)),
            str(column.example),
        )
        for place, cell in enumerate(cells):
            sheet.write_string(number, place, cell, styles["text"])
    sheet.freeze_panes(1, 0)
