"""Empty files with the printed column names, for units to fill in."""

import csv
import io

import xlsxwriter

TEMPLATES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
NARROWEST, WIDEST = 12, 40


def template_bytes(dataset, suffix):
    """Return the empty file of ``dataset`` as ``csv`` or ``xlsx``."""
    columns = list(dataset.columns.select_related("code_list").order_by("sort_order"))
    return _csv(columns) if suffix == "csv" else _xlsx(columns)


def _csv(columns):
    text = io.StringIO()
    csv.writer(text).writerow([column.title for column in columns])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _xlsx(columns):
    """Return a workbook whose code columns are text, so that leading zeros stay."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@"})
        for place, column in enumerate(columns):
            as_text = column.type in {"text", "code", "period", "choice", "unit", "area"}
            width = min(max(len(column.title) + 2, NARROWEST), WIDEST)
            sheet.set_column(place, place, width, text if as_text else None)
            sheet.write_string(0, place, column.title, head)
            if column.code_list_id:
                _offer_codes(sheet, place, column)
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()


def _offer_codes(sheet, place, column):
    codes = [item.code for item in column.code_list.items.all()]
    # Excel holds no more than 255 characters of an inline list.
    if codes and len(",".join(codes)) <= 255:
        sheet.data_validation(
            1, place, 10_000, place, {"validate": "list", "source": codes, "ignore_blank": True}
        )
