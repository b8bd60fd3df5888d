"""Small files and schemas for the tests of the table engine."""

import tempfile
from pathlib import Path

from django.test import SimpleTestCase

from portal.datasets.imports.check import check_table
from portal.datasets.imports.column import Column
from portal.datasets.imports.columns import TableSchema


def schema_of(*columns, **options):
    """Return a schema; a text such as ``"ma:code"`` stands for a column of that type."""
    made = []
    for each in columns:
        if isinstance(each, str):
            name, _colon, kind = each.partition(":")
            each = Column(name, type=kind or "text")
        made.append(each)
    return TableSchema(tuple(made), **options)


class TableTestCase(SimpleTestCase):
    """A test with a folder of its own, and a short way to check a text."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)

    def check(self, content, schema, *, encoding="utf-8", filename="a.csv", **options):
        path = self.folder / filename
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return self.check_path(path, schema, **options)

    def check_path(self, path, schema, **options):
        check = check_table(path, schema, **options)
        self.addCleanup(check.close)
        self.assertEqual(check.records, check.accepted + check.rejected + check.blank)
        self.assertEqual(check.issues_total, sum(check.issues_by_code.values()))
        return check

    def codes(self, check):
        return [(issue.code, issue.row, issue.column) for issue in check.issues]

    def rows(self, check):
        return check.report(rows=1000)["rows"]
