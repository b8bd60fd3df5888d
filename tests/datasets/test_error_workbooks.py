"""The error workbook: coloured cells with their remarks, harmless, and good to be sent again."""

from io import BytesIO
from pathlib import Path

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.datasets import error_workbooks
from portal.datasets.actions.uploads import receive_file
from portal.datasets.error_workbooks import workbook_file
from portal.datasets.findings import groups_of
from portal.datasets.models import DatasetVersion
from tests.datasets.datasets_factory import DatasetTestCase

HEADER = "Mã,Tên,Số lượng,Ghi chú nội bộ\n"
TWO_WRONG = HEADER + "01,=1+1,mười,\n02,Phường B,20,\n03,Phường C,hai,\n"


class WorkbookTests(DatasetTestCase):
    def book(self, version):
        return openpyxl.load_workbook(workbook_file(version))

    def test_faulty_cells_are_coloured_and_remarked_and_nothing_is_a_formula(self):
        sheet = self.book(self.receive(TWO_WRONG)).worksheets[0]

        self.assertEqual(
            [cell.value for cell in sheet[1]], ["Mã", "Tên", "Số lượng", "Ghi chú nội bộ"]
        )
        self.assertEqual((sheet["B2"].value, sheet["B2"].data_type), ("=1+1", "s"))
        self.assertIn("mười", sheet["C2"].comment.text)
        self.assertEqual(sheet["C2"].fill.fgColor.rgb, "FFFAD4CF")
        self.assertIsNone(sheet["C3"].comment)

    def test_the_corrected_workbook_is_accepted_when_sent_again(self):
        book = self.book(self.receive(TWO_WRONG))
        book.worksheets[0]["C2"].value, book.worksheets[0]["C4"].value = "10", 2
        out = BytesIO()
        book.save(out)
        file = SimpleUploadedFile("sua.xlsx", out.getvalue())

        with self.captureOnCommitCallbacks(execute=True):
            version = receive_file(self.dataset, file, user=self.officer, period="2025")

        version.refresh_from_db()
        self.assertEqual((version.status, version.row_count), (DatasetVersion.Status.CHECKED, 3))

    def test_of_a_long_file_only_faulty_rows_come_and_the_workbook_says_so(self):
        whole, error_workbooks.WHOLE_FILE = error_workbooks.WHOLE_FILE, 2
        self.addCleanup(setattr, error_workbooks, "WHOLE_FILE", whole)

        version = self.receive(TWO_WRONG)

        book = self.book(version)
        rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=2)]
        self.assertEqual([row[0] for row in rows], [2, 4])
        self.assertFalse(version.report["workbook"]["whole"])
        self.assertIn("3", book.worksheets[2]["A2"].value)

    def test_broken_rows_are_shown_with_their_text(self):
        sheet = self.book(self.receive(HEADER + "01,a,1,,,thừa\n02,b,2,\n")).worksheets[0]

        self.assertIn("thừa", sheet["A2"].value)
        self.assertIsNotNone(sheet["A2"].comment)

    def test_it_is_given_to_the_unit_and_not_to_others(self):
        version = self.receive(TWO_WRONG)
        address = reverse("datasets:error_workbook", args=[version.pk])
        self.client.force_login(self.officer)
        self.assertEqual(
            b"".join(self.client.get(address).streaming_content),
            Path(workbook_file(version)).read_bytes(),
        )
        self.client.force_login(self.stranger)
        self.assertEqual(self.client.get(address).status_code, 404)


class GroupTests(DatasetTestCase):
    def test_many_mistakes_are_counted_by_kind_and_the_first_are_shown(self):
        rows = "".join(f"{n},x,sai,\n" for n in range(3000))

        version = self.receive(HEADER + rows)

        [group] = [each for each in groups_of(version) if each.code == "not_a_number"]
        self.assertEqual((group.total, len(group.first), group.more), (3000, 5, 2995))
        self.client.force_login(self.officer)
        page = self.client.get(reverse("datasets:version", args=[version.pk]))
        self.assertEqual(page.content.count(b'name="o-'), 5)
        listed = self.client.get(
            reverse("datasets:issue_list", args=[version.pk, "not_a_number"]), {"trang": "2"}
        )
        self.assertContains(listed, 'name="o-52-so_luong"')

    def test_a_warning_comes_after_the_mistakes(self):
        version = self.receive("Mã,Tên,Số lượng\n01,a,sai\n")

        self.assertEqual([group.is_error for group in groups_of(version)], [True, False])
