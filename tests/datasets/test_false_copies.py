"""A reading copy that differs from its table is found, and made again."""

import io
import sqlite3

import duckdb
from django.core.management import CommandError, call_command

from portal.datasets.auditing.copies import remove_copy
from portal.datasets.rows.copies import copy_path, keys_path, lines_path, reading_copy
from tests.datasets.datasets_factory import V1, DatasetTestCase


class ReadingCopyTests(DatasetTestCase):
    def found(self, *options):
        out = io.StringIO()
        try:
            call_command("verify_audit", *options, stdout=out)
        except CommandError as refusal:
            return str(refusal)
        return out.getvalue()

    def test_a_changed_copy_is_told_and_made_again(self):
        version = self.publish(V1.replace("Bình Minh", "Bình Tân"))
        reading_copy(version)
        self.addCleanup(remove_copy, version)
        self.assertNotIn("bản sao", self.found())
        with duckdb.connect(str(copy_path(version))) as database:
            database.execute("UPDATE rows SET so_luong = 99 WHERE ma = '02'")
        self.assertIn("bản sao", self.found())

        self.assertIn("đã xóa", self.found("--remake-copies"))

        self.assertIs(copy_path(version).exists(), False)
        reading_copy(version)
        self.assertNotIn("bản sao", self.found())

    def test_changed_single_rows_are_told(self):
        version = self.publish(V1.replace("Bình Minh", "Bình Tân"))
        reading_copy(version)
        self.addCleanup(remove_copy, version)
        with sqlite3.connect(lines_path(copy_path(version))) as lines:
            lines.execute("UPDATE lines SET c1 = 'Khác' WHERE place = 1")

        self.assertIn("bản sao", self.found())

    def test_changed_keys_are_told(self):
        version = self.publish(V1.replace("Bình Minh", "Bình Tân"))
        reading_copy(version)
        self.addCleanup(remove_copy, version)
        path = keys_path(copy_path(version))
        written = bytearray(path.read_bytes())
        for place, told in ((-1, "changed"), (None, "cut")):
            with self.subTest(told):
                written = written[:-8] if place is None else written
                written[-1] ^= 1
                path.write_bytes(written)

                self.assertIn("bản sao", self.found())
