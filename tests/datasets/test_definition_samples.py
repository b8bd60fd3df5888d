"""A sample that can be read in several ways is asked about, and read as a person answers."""

from io import BytesIO
from pathlib import Path

import openpyxl
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from portal.datasets.definitions.waiting_samples import KEPT, forget_samples, waiting_sample
from tests.datasets.datasets_factory import csv_file
from tests.datasets.test_definition import DefinitionCase


def samples():
    """Return the files of samples that wait for an answer."""
    return (Path(settings.PORTAL_DATA_ROOT) / "samples").glob("*")


class SampleTests(DefinitionCase):
    def start(self, **data):
        return self.client.post(reverse("datasets:start_definition", args=[self.dataset.pk]), data)

    def two_sheets(self):
        book = openpyxl.Workbook()
        book.active.title = "Xã"
        for row in (["Mã xã", "Tên xã"], ["00123", "An Bình"]):
            book.active.append(row)
        for row in (["Mã lớp", "Tên lớp", "Số học viên"], ["L1", "Tin học", 20]):
            (book["Lớp"] if "Lớp" in book.sheetnames else book.create_sheet("Lớp")).append(row)
        out = BytesIO()
        book.save(out)
        return SimpleUploadedFile("hai-trang.xlsx", out.getvalue())

    def test_an_example_with_two_tables_is_asked_about_and_read_as_answered(self):
        asked = self.start(file=self.two_sheets())
        self.assertContains(asked, "Mã lớp")
        self.assertContains(asked, "Mã xã")
        self.assertEqual(len(list(samples())), 2)
        sample = asked.context["sample"].key
        self.assertContains(self.start(sample=sample), "Hãy chọn một cách đọc")
        shown = self.start(sample=sample, sheet="1")

        self.assertEqual(
            [form["name"].value() for form in shown.context["formset"].forms],
            ["ma_lop", "ten_lop", "so_hoc_vien"],
        )
        self.assertEqual(list(samples()), [])

    def test_a_waiting_sample_is_its_senders_and_goes_after_some_hours(self):
        sample = self.start(file=self.two_sheets()).context["sample"].key
        stranger = get_user_model().objects.create_superuser("khac", password="mat-khau")

        self.assertIsNone(waiting_sample(stranger, sample))
        self.assertIsNone(waiting_sample(stranger, "../../x"))
        self.assertEqual(forget_samples(), 0)
        self.assertEqual(forget_samples(timezone.now() + KEPT * 2), 2)
        self.assertRedirects(
            self.start(sample=sample, sheet="1"),
            reverse("datasets:start_definition", args=[self.dataset.pk]),
        )

    def test_a_trial_asks_what_the_check_cannot_decide(self):
        address = reverse("datasets:try_definition", args=[self.dataset.pk])
        text = "Mã,Tên,Số lượng,Ghi chú nội bộ\n01,A,1.205,\n02,B,1.300,\n"
        type(self.dataset).objects.get().columns.filter(name="so_luong").update(type="decimal")
        asked = self.client.post(address, {"file": csv_file(text)})
        sample = asked.context["sample"].key
        response = self.client.post(address, {"sample": sample, "number_styles-so_luong": "0"})

        self.assertEqual(response.context["report"]["outcome"], "accepted")
        self.assertIn(response.context["shown_rows"][0][2], ("1205", 1205, "1.205"))
