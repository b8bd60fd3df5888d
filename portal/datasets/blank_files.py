"""Empty files with the printed column names, for units to fill in."""

import csv
import io

from portal.datasets.definitions.blank_book import book_bytes
from portal.datasets.schemas import schema_of

TEMPLATES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def template_bytes(dataset, suffix):
    """Return the empty file of ``dataset`` as ``csv`` or ``xlsx``."""
    schema = schema_of(dataset)
    return _csv(schema) if suffix == "csv" else book_bytes(dataset, schema)


def _csv(schema):
    text = io.StringIO()
    csv.writer(text).writerow([column.title or column.name for column in schema.columns])
    return b"\xef\xbb\xbf" + text.getvalue().encode()
