"""A file comes in: what is refused at once, what the check finds, what would change."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from portal.core.models import Job
from portal.datasets.actions.uploads import (
    check_again,
    choose_reading,
    receive_file,
    same_file_as,
)
from portal.datasets.differences import difference_of
from portal.datasets.findings import issues_of
from portal.datasets.models import DatasetPointer, DatasetVersion
from tests.datasets.datasets_factory import V1, V2, WRONG, DatasetTestCase, csv_file, make_dataset


class ReceivingTests(DatasetTestCase):
    def refusal(self, dataset=None, file=None, **kwargs):
        kwargs.setdefault("user", self.officer)
        kwargs.setdefault("period", "2025")
        with self.assertRaises(ValidationError) as caught:
            receive_file(dataset or self.dataset, file or csv_file(), **kwargs)
        self.assertFalse(DatasetVersion.objects.exists())
        return caught.exception

    def test_the_bytes_are_kept_and_numbered(self):
        first, second = self.receive(), self.receive(V2)

        self.assertEqual(Path(first.file.path).read_bytes(), V1.encode())
        self.assertTrue(Path(first.file.path).is_relative_to(settings.PORTAL_DATA_ROOT))
        year, number = first.receipt_number.split("-")
        self.assertEqual(second.receipt_number, f"{year}-{int(number) + 1:05}")

    def test_a_wrong_period_is_refused(self):
        self.assertIn("period", self.refusal(period="2025-03").message_dict)
        self.assertIn("period", self.refusal(period="2023").message_dict)
        self.assertIn("period", self.refusal(period="2999").message_dict)
        self.assertIn("period", self.refusal(period="").message_dict)

    def test_another_unit_is_refused(self):
        self.assertIn(self.unit.title, str(self.refusal(user=self.stranger)))
        self.assertIn(self.unit.title, str(self.refusal(user=self.verifier)))

    def test_a_file_that_is_no_table_empty_or_too_large_is_refused(self):
        self.assertIn("file", self.refusal(file=csv_file(name="a.pdf")).message_dict)
        self.assertIn("file", self.refusal(file=SimpleUploadedFile("a.csv", b"")).message_dict)
        with override_settings(PORTAL_UPLOAD_MAX_BYTES=10):
            self.assertIn("file", self.refusal().message_dict)

    def test_a_dataset_without_columns_or_unpublished_takes_nothing(self):
        bare = make_dataset(self.unit, "trong", columns=())
        self.refusal(bare)
        self.dataset.live = False
        self.refusal()

    def test_the_same_bytes_are_told(self):
        first, again, other = self.receive(), self.receive(), self.receive(V2)

        self.assertEqual(same_file_as(again), first)
        self.assertIsNone(same_file_as(other))


class CheckTests(DatasetTestCase):
    def test_a_good_file_is_checked_and_all_of_it_is_new(self):
        version = self.receive()

        self.assertEqual(version.status, DatasetVersion.Status.CHECKED)
        self.assertEqual(version.row_count, 2)
        self.assertIsNone(version.based_on)
        self.assertEqual(difference_of(version)["added"], 2)
        job = Job.objects.about(version).get()
        self.assertEqual((job.status, job.percent), (Job.Status.DONE, 100))

    def test_a_mistake_is_refused_with_row_and_column(self):
        version = self.receive(WRONG)

        self.assertEqual(version.status, DatasetVersion.Status.REFUSED)
        issue = next(issue for issue in issues_of(version) if issue["is_error"])
        self.assertEqual((issue["row"], issue["column"], issue["value"]), (2, "Số lượng", "mười"))
        self.assertFalse(DatasetPointer.objects.exists())

    def test_the_second_version_shows_what_differs(self):
        self.publish()

        difference = difference_of(self.receive(V2))

        counts = {key: difference[key] for key in ("added", "removed", "changed")}
        self.assertEqual(counts, {"added": 1, "removed": 1, "changed": 1})
        changed = next(each for each in difference["samples"] if len(each["cells"]) == 1)
        self.assertEqual(
            [(cell["title"], cell["old"], cell["new"]) for cell in changed["cells"]],
            [("Số lượng", "10", "15")],
        )

    def test_upsert_keeps_the_rows_that_the_file_does_not_name(self):
        self.dataset.mode = "upsert"
        self.dataset.save()
        self.publish()

        version = self.receive(V2)

        self.assertEqual(version.row_count, 3)
        self.assertEqual(difference_of(version)["removed"], 0)

    def test_a_corrected_definition_is_used_when_checking_again(self):
        version = self.receive(WRONG)
        self.dataset.columns.filter(name="so_luong").update(type="text", minimum=None)

        with self.captureOnCommitCallbacks(execute=True):
            check_again(version, user=self.officer)

        version.refresh_from_db()
        self.assertEqual(version.status, DatasetVersion.Status.CHECKED)

    def test_a_number_that_reads_two_ways_asks_and_takes_the_answer(self):
        dataset = make_dataset(
            self.unit,
            "thu-nhap",
            columns=(("ma", "Mã", "code", {"is_key": True}), ("so", "Số", "decimal", {})),
        )
        version = self.receive("Mã;Số\na;1.234\nb;2.345\n", dataset=dataset)
        self.assertEqual(version.status, DatasetVersion.Status.NEEDS_CHOICE)

        with self.captureOnCommitCallbacks(execute=True):
            choose_reading(version, {"number_styles": {"so": "group"}}, user=self.officer)

        version.refresh_from_db()
        self.assertEqual(version.status, DatasetVersion.Status.CHECKED)
        self.assertEqual(version.reading["number_styles"], {"so": "group"})

    def test_only_the_unit_has_its_file_checked_again(self):
        version = self.receive(WRONG)

        with self.assertRaises(ValidationError):
            check_again(version, user=self.stranger)
