"""The matrix as a workbook: both readings, and the list behind them."""

import io

import xlsxwriter
from django.utils.translation import gettext as _

from portal.units.matrix import Matrix

WIDEST_SHEET_NAME = 31


def matrix_book(by_article: Matrix, by_duty: Matrix, lines):
    """Return the bytes of a workbook with three sheets; no cell of it is ever calculated."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        styles = _styles(book)
        _write_matrix(book, styles, _("By article"), _article_heads(by_article), by_article)
        _write_matrix(book, styles, _("By kind of duty"), _duty_heads(by_duty), by_duty)
        _write_list(book, styles, lines)
    return buffer.getvalue()


def _styles(book):
    cell = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#BFBFBF"}
    head = {**cell, "bold": True, "valign": "vcenter", "align": "center", "bg_color": "#E8EEF0"}
    return {
        "head": book.add_format(head),
        "text": book.add_format({**cell, "num_format": "@"}),
        "count": book.add_format({**cell, "align": "center", "num_format": "0"}),
        "through": book.add_format(
            {**cell, "align": "center", "num_format": "0", "italic": True, "font_color": "#5A6570"}
        ),
    }


def _article_heads(matrix):
    return [f"{article.label}\n{article.heading}".strip() for article in matrix.columns]


def _duty_heads(matrix):
    return [_capital(label) for _value, label in matrix.columns]


def _capital(words):
    words = str(words)
    return f"{words[:1].upper()}{words[1:]}"


def _write_matrix(book, styles, title, heads, matrix):
    sheet = _sheet(
        book, styles, title, [_("Code"), _("Unit"), *heads], [12, 38, *[16] * len(heads)]
    )
    for number, (unit, cells) in enumerate(matrix.rows, start=1):
        sheet.write_string(number, 0, unit.code, styles["text"])
        sheet.write_string(number, 1, unit.title, styles["text"])
        for place, cell in enumerate(cells, start=2):
            _write_cell(sheet, styles, number, place, cell)
    _finish(sheet, len(matrix.rows), 2 + len(heads), frozen_columns=2)


def _write_cell(sheet, styles, number, place, cell):
    if cell is None:
        sheet.write_blank(number, place, None, styles["text"])
        return
    style = styles["through" if cell.through_kind else "count"]
    if hasattr(cell, "rhythms"):
        sheet.write_string(number, place, "; ".join(cell.rhythms), style)
    else:
        sheet.write_number(number, place, cell.count, style)


def _write_list(book, styles, lines):
    heads = [
        _("Code"),
        _("Unit"),
        _("As one of"),
        _("Responsibility or duty"),
        _("Kind of duty"),
        _("When"),
        _("To whom"),
        _("Provision"),
        _("Unit as the text names it"),
    ]
    widths = [12, 34, 28, 70, 20, 26, 30, 40, 30]
    sheet = _sheet(book, styles, _("List of responsibilities"), heads, widths)
    for number, line in enumerate(lines, start=1):
        cells = (
            line.unit.code,
            line.unit.title,
            line.kind.title if line.kind else "",
            line.text,
            _capital(line.duty),
            _capital(line.rhythm),
            line.to_whom,
            line.provision.citation if line.provision else "",
            line.name_as_written,
        )
        for place, text in enumerate(cells):
            sheet.write_string(number, place, text, styles["text"])
    _finish(sheet, len(lines), len(heads), frozen_columns=2)


def _sheet(book, styles, title, heads, widths):
    sheet = book.add_worksheet(title[:WIDEST_SHEET_NAME])
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for place, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, head, styles["head"])
    return sheet


def _finish(sheet, rows, columns, *, frozen_columns):
    sheet.freeze_panes(1, frozen_columns)
    if rows:
        sheet.autofilter(0, 0, rows, columns - 1)
