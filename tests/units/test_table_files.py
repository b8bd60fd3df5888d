"""Hostile and odd files of catalogues, and the screens on which they come in."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.core.models import TableImport
from portal.core.roles import Role
from portal.core.text import nfc
from portal.home.role_groups import grant_page_rights
from portal.units.models import UnitPage
from tests.factories import make_home, make_unit, make_user
from tests.units.table_imports import csv_bytes, kinds, messages, send, take_in, xlsx_bytes

Status = TableImport.Status
HEAD = ["Mã đơn vị", "Tên"]
ROW = ["SYT", "Sở Y tế tỉnh An Thịnh"]


class FileTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        grant_page_rights(make_home())
        cls.admin = make_user(Role.ADMINISTRATOR)
        cls.unit = make_unit("Sở Y tế", code="SYT")

    def new_title(self, kept):
        return kept.report["rows"][0]["cells"][0]["new"]

    def test_files_of_vietnamese_excel_read(self):
        decomposed = "So\u031b\u0309 Y te\u0302\u0301 ti\u0309nh An Thi\u0323nh"
        files = {
            "semicolon": csv_bytes([HEAD, ROW], delimiter=";"),
            "bom": csv_bytes([HEAD, ROW], delimiter=";", encoding="utf-8-sig"),
            "utf-16": csv_bytes([HEAD, ROW], delimiter="\t", encoding="utf-16"),
            "nfd": csv_bytes([["MÃ ĐƠN VỊ", "ten"], ["SYT", decomposed]]),
            "xlsx": xlsx_bytes([HEAD, ROW]),
            "title above": xlsx_bytes([["Danh bạ đơn vị"], [], HEAD, ROW, [], [""]]),
        }
        for name, content in files.items():
            with self.subTest(name):
                kept = send("don-vi", content, self.admin)
                self.assertEqual((messages(kept), kinds(kept)), ([], ["changed"]))
                self.assertEqual(self.new_title(kept), nfc(ROW[1]))

    def test_what_is_no_table_gets_a_sentence(self):
        bomb = io.BytesIO()
        with zipfile.ZipFile(bomb, "w") as archive:
            archive.writestr("word/document.xml", "x")
        for content in (b"%PDF-1.7 x", b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x", bomb.getvalue()):
            with self.subTest(content[:4]):
                kept = send("don-vi", content, self.admin)
                self.assertEqual(kept.status, Status.FAULTY)
                self.assertEqual(len(messages(kept)), 1)

    def test_a_header_that_is_wrong_is_told_column_by_column(self):
        rows = [["Tên", "Tên", "Màu sắc", "Điện thoại"], ["x", "y", "z", "1"]]

        kept = send("don-vi", rows, self.admin)

        self.assertEqual(len(kept.report["faults"]), 2)
        self.assertEqual(kept.report["unknown"], ["Màu sắc"])
        self.assertEqual(kept.report["rows"], [])

    def test_rows_say_where_they_are_wrong(self):
        rows = [
            [*HEAD, "Loại", "Tồn tại từ", "Thư điện tử"],
            ["SYT", "x" * 300, "", "", ""],
            ["STC", "Sở Tài chính", "siêu thị", "31/02/2026", "không phải thư"],
            ["stc", "Sở Tài chính", "", "", ""],
            ["SXD", "", "", "", ""],
        ]

        kept = send("don-vi", rows, self.admin)

        self.assertEqual(kinds(kept), ["faulty"] * 4)
        titles = [[error["title"] for error in row["errors"]] for row in kept.report["rows"]]
        self.assertEqual(
            [sorted(each) for each in titles],
            [["Loại", "Tên"], ["Loại", "Thư điện tử", "Tồn tại từ"], [""], ["Tên"]],
        )
        self.assertEqual([row["line"] for row in kept.report["rows"]], [2, 3, 4, 5])

    def test_a_row_with_too_few_cells_is_no_row(self):
        kept = send("don-vi", b"code,title,phone\nSYT,x\n", self.admin)

        self.assertEqual(kinds(kept), ["faulty"])

    def test_too_many_rows_are_refused_with_a_sentence(self):
        rows = [HEAD, *([f"D{number}", "Đơn vị"] for number in range(2001))]
        with self.captureOnCommitCallbacks(execute=False):
            kept = send("don-vi", rows, self.admin)

        self.assertEqual((kept.status, len(messages(kept))), (Status.FAULTY, 1))

    def test_the_number_of_queries_does_not_grow_with_unchanged_rows(self):
        def queries(count):
            make = [make_unit(f"Đơn vị {n}", code=f"Q{count}-{n}") for n in range(count)]
            rows = [HEAD, *([each.code, each.title] for each in make)]
            with CaptureQueriesContext(connection) as captured:
                send("don-vi", rows, self.admin)
            return len(captured)

        queries(1)
        self.assertEqual(queries(2), queries(12))


@override_settings(SECURE_SSL_REDIRECT=False)
class ScreenTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        grant_page_rights(make_home())
        cls.admin = make_user(Role.ADMINISTRATOR)
        cls.unit = make_unit("Sở Y tế", code="SYT")

    def setUp(self):
        self.client.force_login(self.admin)

    def post(self, kept, key):
        return self.client.post(reverse("tables:step", args=[kept.pk, key]))

    def test_a_file_goes_from_upload_to_undo(self):
        file = SimpleUploadedFile("a.csv", csv_bytes([HEAD, ROW]))
        answer = self.client.post(reverse("tables:table", args=["don-vi"]), {"file": file})
        kept = TableImport.objects.get()
        self.assertRedirects(answer, reverse("tables:import", args=[kept.pk]))
        self.assertContains(self.client.get(answer.url), "<del>Sở Y tế</del>")

        self.post(kept, "ghi")
        self.assertRedirects(self.post(kept, "ghi"), reverse("tables:import", args=[kept.pk]))
        self.assertEqual(UnitPage.objects.get(code="SYT").title, ROW[1])
        self.assertEqual(UnitPage.objects.get(code="SYT").revisions.count(), 1)

        self.post(kept, "hoan-tac")
        self.assertEqual(UnitPage.objects.get(code="SYT").title, "Sở Y tế")

    def test_unknown_columns_are_left_out_on_purpose_only(self):
        kept = send("don-vi", [[*HEAD, "Màu"], [*ROW, "đỏ"]], self.admin)
        self.assertEqual(kept.status, Status.FAULTY)

        self.post(kept, "bo-cot")

        kept.refresh_from_db()
        self.assertEqual((kept.status, kinds(kept)), (Status.READY, ["changed"]))

    def test_a_refused_undo_says_why(self):
        kept = take_in("don-vi", [HEAD, ROW], self.admin)
        page = UnitPage.objects.get(code="SYT")
        page.save_revision(user=self.admin).publish(user=self.admin)

        answer = self.post(kept, "hoan-tac")

        self.assertEqual(answer.status_code, 409)
        self.assertContains(answer, "SYT – ", status_code=409)

    def test_others_know_nothing_of_an_import(self):
        kept = send("don-vi", [HEAD, ROW], self.admin)
        self.client.force_login(make_user(Role.UNIT_HEAD, unit=self.unit))

        for name in ("import", "original", "mistakes", "progress"):
            address = reverse(f"tables:{name}", args=[kept.pk])
            self.assertEqual(self.client.get(address).status_code, 404)

    def test_a_big_file_is_checked_by_the_worker(self):
        rows = [HEAD, *([f"D{number}", f"Đơn vị {'x' * 100}"] for number in range(1900))]

        with self.captureOnCommitCallbacks() as callbacks:
            kept = send("don-vi", rows, self.admin)

        self.assertEqual((kept.status, len(callbacks)), (Status.WAITING, 1))
        self.assertEqual(self.client.get(reverse("tables:import", args=[kept.pk])).status_code, 200)
