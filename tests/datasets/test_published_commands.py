"""Published rows and differences from the command line."""

import io
import json
import subprocess
import sys
from pathlib import Path

from django.core.management import call_command

from portal.datasets.models import DatasetVersion
from tests.datasets.datasets_factory import V2, DatasetTestCase


class PublishedCommandTests(DatasetTestCase):
    def setUp(self):
        self.version = self.publish()
        self.publish(V2, period="2026")
        self.folder = Path(self.version.file.path).parent

    def diff(self, *arguments):
        out = io.StringIO()
        call_command("dataset_diff", self.dataset.code, *arguments, stdout=out)
        return json.loads(out.getvalue())

    def refused(self, *arguments):
        """Return the sentence with which a command leaves."""
        said = io.StringIO()
        with self.assertRaises(SystemExit) as left:
            call_command(*arguments, stderr=said)
        self.assertEqual(left.exception.code, 3)
        return said.getvalue()

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
                self.assertEqual(len(self.refused(*arguments).strip().splitlines()), 1)

    def test_django_tells_its_own_version_still(self):
        answer = subprocess.run(
            [sys.executable, "manage.py", "--version"], capture_output=True, text=True, check=True
        )

        self.assertRegex(answer.stdout, r"^5\.")
