"""Published rows and differences from the command line."""

import io
import json
import subprocess
import sys
from pathlib import Path
from unittest import mock

from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder

from portal.datasets.management.published_command import PublishedCommand
from portal.datasets.manifests import table_file
from portal.datasets.models import DatasetVersion
from tests.datasets.datasets_factory import V2, DatasetTestCase


def broken_pieces(*_arguments):
    """Yield the beginning of a file, then run out of space."""
    yield b"sau"
    raise OSError(28, "No space left on device")


class PublishedCommandTests(DatasetTestCase):
    def setUp(self):
        self.version = self.publish()
        self.publish(V2, period="2026")
        self.folder = Path(self.version.file.path).parent

    def diff(self, *arguments):
        out = io.StringIO()
        call_command("dataset_diff", self.dataset.code, *arguments, stdout=out)
        return json.loads(out.getvalue())

    def exported(self, kind, *options):
        path = self.folder / f"ra.{kind}"
        call_command(
            "export_dataset", self.dataset.code, "--format", kind, "--output", path, *options
        )
        return path.read_bytes()

    def test_counts_come_first_then_cells(self):
        told = self.diff("1", "2")

        self.assertEqual(told["counts"], {"changed": 1, "added": 1, "removed": 1, "unchanged": 0})
        [changed] = told["changed"]
        self.assertEqual(changed["key"], {"ma": "01"})
        self.assertEqual(changed["cells"], [{"column": "so_luong", "old": 10, "new": 15}])
        self.assertEqual([row["key"]["ma"] for row in told["added"]], ["03"])
        self.assertEqual([row["key"]["ma"] for row in told["removed"]], ["02"])

    def test_pages_put_together_are_the_whole_difference(self):
        self.publish(
            "Mã,Tên,Số lượng,Ghi chú nội bộ\n"
            + "".join(f"{n},Tên {n},{n},\n" for n in range(10, 35)),
            period="2024",
        )

        pages = [
            self.diff("2", "3", "--page", str(page), "--page-size", "10") for page in (1, 2, 3)
        ]

        self.assertEqual({each["pages"] for each in pages}, {3})
        keys = [row["key"]["ma"] for each in pages for row in each["added"]]
        self.assertEqual(keys, [str(n) for n in range(10, 35)])

    def test_exports_give_every_column_of_the_version_asked_for(self):
        self.assertIn("mật một", self.exported("csv", "--version", "1").decode("utf-8-sig"))
        lines = self.exported("jsonl").splitlines()
        self.assertEqual([json.loads(line)["ma"] for line in lines], ["01", "03"])
        self.assertEqual(self.exported("parquet")[:4], b"PAR1")
        self.assertEqual(self.exported("xlsx")[:2], b"PK")

    def test_what_cannot_be_done_leaves_with_3_and_one_sentence(self):
        code = self.dataset.code
        DatasetVersion.objects.filter(number=1).update(status="withdrawn")
        for arguments in (
            ("dataset_diff", "khong-co", "1", "2"),
            ("dataset_diff", code, "1", "2"),
            ("dataset_diff", code, "2", "9"),
            ("dataset_diff", code, "2", "2", "--page", "0"),
            ("export_dataset", code, "--version", "1"),
            ("export_dataset", code, "--output", self.folder / "khong" / "co.csv"),
        ):
            with self.subTest(arguments):
                self.assertEqual(len(self.command_refused(*arguments).strip().splitlines()), 1)

    def test_a_table_that_is_gone_or_changed_is_named_and_not_given_out(self):
        code = self.dataset.code
        table = table_file(self.version)
        table.chmod(0o600)
        table.write_bytes(table.read_bytes()[:-1])
        for arguments in (
            ("dataset_diff", code, "1", "2"),
            ("export_dataset", code, "--version", "1"),
        ):
            with self.subTest(arguments):
                self.assertIn(f"{code}, ", self.command_refused(*arguments))

    def test_what_fails_half_way_leaves_the_file_that_was_there(self):
        path = self.folder / "ra.csv"
        path.write_text("trước")
        with mock.patch(
            "portal.datasets.management.commands.export_dataset.pieces_of", broken_pieces
        ):
            self.command_refused("export_dataset", self.dataset.code, "--output", path)

        self.assertEqual(path.read_text(), "trước")
        self.assertEqual(list(self.folder.glob(".ra.csv*")), [])

    def test_an_output_that_takes_no_more_is_told_in_one_sentence(self):
        for name, fault in (("closed", BrokenPipeError()), ("full", OSError(28, "Full"))):
            with (
                self.subTest(name),
                mock.patch.object(PublishedCommand, "_close_output") as closed,
                mock.patch.object(PublishedCommand, "print_json", side_effect=fault),
            ):
                said = self.command_refused("dataset_diff", self.dataset.code, "1", "2")
                self.assertEqual(len(said.strip().splitlines()), 1)
                closed.assert_called_once()

    def test_a_database_that_is_empty_or_cannot_be_opened_is_told_in_one_sentence(self):
        code = self.dataset.code
        for name, answer in (
            ("empty", {"return_value": False}),
            ("closed", {"side_effect": OperationalError("no\nserver")}),
        ):
            with self.subTest(name), mock.patch.object(MigrationRecorder, "has_table", **answer):
                for arguments in (("dataset_diff", code, "1", "2"), ("export_dataset", code)):
                    self.assertEqual(len(self.command_refused(*arguments).strip().splitlines()), 1)
                for command in ("verify_audit", "verify_editions"):
                    with self.assertRaises(CommandError):
                        call_command(command)

    def test_django_tells_its_own_version_still(self):
        answer = subprocess.run(
            [sys.executable, "manage.py", "--version"], capture_output=True, text=True, check=True
        )

        self.assertRegex(answer.stdout, r"^5\.")
