"""Rows as files: each format yields pieces, so that memory does not grow with the table.

For machines: CSV with commas, points and ISO days; NDJSON; JSON; Parquet. For offices: CSV as
Excel opens it here. In CSV a text that a spreadsheet would calculate is made harmless.
"""

import csv
import json
from datetime import datetime
from decimal import Decimal

from django.http import FileResponse, StreamingHttpResponse

from portal.core.formats import format_date
from portal.core.formulas import guarded
from portal.datasets.rows.whole_answers import each_batch, parquet_file

BOM = "\ufeff"
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "ndjson": "application/x-ndjson; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
#: What the rows API gives beside pages of JSON; always all rows of the question.
MACHINE_FORMATS = ("csv", "ndjson", "parquet")


def plain(value):
    """Return a value as JSON takes it: numbers with decimals as texts, so no digit is lost."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if hasattr(value, "isoformat") else value


def export_of(reading, question, suffix):
    """Return a response that gives all rows of a question in a format for machines."""
    kind = TYPES[suffix]
    if suffix == "parquet":
        return FileResponse(parquet_file(reading.version, question), content_type=kind)
    pieces = {"csv": machine_csv, "ndjson": ndjson}[suffix]
    return StreamingHttpResponse(pieces(reading.version, question), content_type=kind)


def ndjson(version, question):
    """Yield one JSON object a line."""
    for batch in each_batch(version, question):
        yield _objects(question.columns, batch)


def _objects(names, rows):
    return "".join(f"{_object(names, row)}\n" for row in rows)


def json_list(version, question):
    """Yield one JSON list of objects."""
    lead = "[\n"
    for batch in each_batch(version, question):
        yield lead + ",\n".join(_object(question.columns, row) for row in batch)
        lead = ",\n"
    yield "]\n" if lead != "[\n" else "[]\n"


def _object(names, row):
    named = dict(zip(names, map(plain, row), strict=True))
    return json.dumps(named, ensure_ascii=False)


def machine_csv(version, question):
    """Yield CSV for programs: commas, decimal points, ISO days, identifiers as the head."""
    yield from _csv_of(each_batch(version, question), question.columns, _machine_cell, ",")


def office_csv(batches, titles):
    """Yield CSV as Excel opens it here: BOM, semicolons, decimal comma, d/m/yyyy, ``titles``."""
    yield BOM
    yield from _csv_of(batches, titles, _office_cell, ";")


def _csv_of(batches, head, cell, delimiter):
    lines = _Lines()
    writer = csv.writer(lines, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(map(guarded, head))
    yield lines.taken()
    for batch in batches:
        writer.writerows(map(cell, row) for row in batch)
        yield lines.taken()


class _Lines:
    """Collects what the csv module writes until it is taken."""

    def __init__(self):
        self._written = []
        self.write = self._written.append

    def taken(self):
        text = "".join(self._written)
        self._written.clear()
        return text


def _machine_cell(value):
    if isinstance(value, str):
        return guarded(value)
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else plain(value)


def _office_cell(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M:%S}"
    return format_date(value) if hasattr(value, "isoformat") else guarded(str(value))


#: How groups leave otherwise than in an answer of JSON: a function of their names and rows.
GROUP_FORMATS = {
    "csv": lambda names, rows: "".join(_csv_of([rows], names, _machine_cell, ",")),
    "ndjson": _objects,
}
