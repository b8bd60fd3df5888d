"""The files that the demo's data officers send: seeded, so that every build is the same."""

import csv
import io
import random

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.core.formats import format_number
from portal.home.demo.catalogue import AREAS

SEED = 2026
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def rows_of(topic, period, months_ago, *, corrected=False):
    """Return the rows of a topic's file for a period: period, area, one value per measure."""
    rows = []
    for area in AREAS:
        dice = random.Random(f"{SEED}:{topic.code}:{period.code}:{area}")  # noqa: S311 - demo data
        share = 0.6 + 0.8 * random.Random(f"{SEED}:{topic.code}:{area}").random()  # noqa: S311
        values = [_value(each, dice, share, months_ago) for each in topic.measures]
        if corrected and area == AREAS[0]:
            values[0] = values[0] + 3
        rows.append([period, area, *values])
    return rows


def _value(measure, dice, share, months_ago):
    level = measure.level * (1 - measure.growth * months_ago)
    if measure.type != "percent":
        level *= share
    value = level * (1 + dice.uniform(-measure.swing, measure.swing))
    if measure.maximum is not None:
        value = min(value, measure.maximum)
    return round(value) if measure.type == "integer" else round(value, 1)


def file_of(topic, period, months_ago, *, corrected=False):
    """Return the file as a browser would send it: CSV as Excel writes it here, or XLSX."""
    rows = rows_of(topic, period, months_ago, corrected=corrected)
    header = ["Kỳ", "Địa bàn", *(measure.title for measure in topic.measures)]
    name = f"{topic.code}-{period.code}"
    if topic.as_xlsx:
        return SimpleUploadedFile(f"{name}.xlsx", _xlsx(header, rows), content_type=XLSX)
    return SimpleUploadedFile(f"{name}.csv", _csv(header, rows), content_type="text/csv")


def faulty_file_of(topic, period, months_ago):
    """Return a file with the mistakes that happen: a word for a number, a row sent twice."""
    rows = rows_of(topic, period, months_ago)
    lines = _csv(["Kỳ", "Địa bàn", *(each.title for each in topic.measures)], rows).decode()
    header, *records = lines.splitlines()
    cells = records[1].split(";")
    cells[2] = "chưa có"
    records[1] = ";".join(cells)
    records.append(records[0])
    text = "\r\n".join([header, *records, ""])
    return SimpleUploadedFile(f"{topic.code}-{period.code}.csv", text.encode(), "text/csv")


def _csv(header, rows):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    for period, area, *values in rows:
        numbers = [str(v) if isinstance(v, int) else format_number(v, 1) for v in values]
        writer.writerow([period.code, area, *numbers])
    return text.getvalue().encode("utf-8-sig")


def _xlsx(header, rows):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Số liệu")
        sheet.write_row(0, 0, header)
        for number, (period, *values) in enumerate(rows, start=1):
            sheet.write_row(number, 0, [period.code, *values])
    return content.getvalue()
