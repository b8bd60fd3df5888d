"""What tests of catalogues share: files as people send them, and the way they go."""

import csv
import io

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.core.tables import actions
from portal.core.tables.files import export_bytes
from portal.core.tables.registry import table_named


class Asker:
    """A request as far as reading rights need one."""

    def __init__(self, user):
        self.user = user
        self.session = {}


def csv_bytes(rows, *, delimiter=",", encoding="utf-8"):
    """Return rows as the bytes of a delimited file."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_bytes(rows):
    """Return rows as the bytes of a workbook; every value is written as Excel would keep it."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                sheet.write(number, place, value)
    return buffer.getvalue()


def send(key, content, user, name="danh-muc.csv"):
    """Receive a file (rows, or bytes) of the catalogue ``key``; return the import."""
    content = content if isinstance(content, bytes) else csv_bytes(content)
    return actions.receive_table(table_named(key), SimpleUploadedFile(name, content), user=user)


def take_in(key, content, user, name="danh-muc.csv"):
    """Receive a file and confirm it; return the import."""
    kept = send(key, content, user, name)
    if kept.status != kept.Status.READY:
        raise AssertionError([*messages(kept), *kept.report["unknown"]])
    return actions.confirm(kept, user=user)


def exported(key, user, suffix="csv"):
    """Return the bytes of what ``user`` may see of a catalogue."""
    resource = table_named(key).resource(user)
    return export_bytes(resource, resource.export_queryset(Asker(user)), suffix)


def kinds(kept):
    """Return the kinds of the rows of an import, in the order of the file."""
    return [row["kind"] for row in kept.report["rows"]]


def messages(kept):
    """Return everything that is said against an import."""
    found = [*kept.report["faults"]]
    for row in kept.report["rows"]:
        found += [error["message"] for error in row["errors"]]
    return found
