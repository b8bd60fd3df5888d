"""The empty workbook helps to fill it in, and filled in it reads back through the engine."""

import io
import tempfile
from datetime import date
from pathlib import Path

import openpyxl

from portal.datasets.blank_files import template_bytes
from portal.datasets.imports.check import ACCEPTED, check_table
from portal.datasets.models import CodeList, CodeListItem
from portal.datasets.schemas import schema_of
from tests.datasets.datasets_factory import DatasetTestCase, make_dataset

COLUMNS = (
    ("ma", "Mã xã", "code", {"is_key": True, "min_length": 5, "max_length": 5}),
    ("loai", "Loại", "choice", {"required": True}),
    ("ngay", "Ngày báo cáo", "date", {"earliest": "2020-01-01"}),
    ("so", "Số hộ", "integer", {"minimum": 0, "maximum": 5000, "unit_of_measure": "hộ"}),
    ("ty_le", "Tỷ lệ", "percent", {"scale": 1}),
    ("dat", "Đạt chuẩn", "boolean", {"severity": "warning"}),
    ("ky", "Kỳ", "period", {}),
)


class BlankBookTests(DatasetTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.form = make_dataset(cls.unit, code="mau", columns=COLUMNS)
        code_list = CodeList.objects.create(code="loai", title="Loại")
        for code, label in (("1", "Phường"), ("2", "Xã")):
            CodeListItem.objects.create(code_list=code_list, code=code, label=label)
        cls.form.columns.filter(name="loai").update(code_list=code_list)

    def book(self):
        return openpyxl.load_workbook(io.BytesIO(template_bytes(self.form, "xlsx")))

    def test_headings_are_protected_noted_and_the_cells_below_open(self):
        sheet = self.book()["Dữ liệu"]

        self.assertEqual([cell.value for cell in sheet[1]][:3], ["Mã xã", "Loại", "Ngày báo cáo"])
        self.assertTrue(sheet.protection.sheet and not sheet.protection.insertRows)
        self.assertTrue(sheet["A1"].protection.locked)
        self.assertFalse(sheet.column_dimensions["A"].protection.locked)
        self.assertEqual(sheet.column_dimensions["A"].number_format, "@")
        self.assertIn("5", sheet["A1"].comment.text)
        self.assertIn("hộ", sheet["D1"].comment.text)

    def test_excel_checks_while_people_type(self):
        sheet = self.book()["Dữ liệu"]
        checks = {str(each.sqref)[0]: each for each in sheet.data_validations.dataValidation}

        self.assertEqual(
            {key: each.type for key, each in checks.items()},
            {
                "A": "textLength",
                "B": "list",
                "C": "date",
                "D": "whole",
                "E": "decimal",
                "F": "list",
            },
        )
        self.assertEqual((checks["D"].formula1, checks["D"].formula2), ("0", "5000"))
        self.assertEqual(checks["F"].errorStyle, "warning")
        self.assertIn("Danh mục", checks["B"].formula1)
        self.assertEqual([cell.value for cell in self.book()["Danh mục"]["A"]], ["Phường", "Xã"])

    def test_the_instructions_name_every_column(self):
        texts = [str(cell.value) for row in self.book()["Hướng dẫn"] for cell in row if cell.value]

        for number, (_name, title, *_rest) in enumerate(COLUMNS, start=1):
            self.assertIn(f"{number}. {title}", texts)

    def test_a_filled_in_workbook_is_read_back(self):
        book = self.book()
        sheet = book["Dữ liệu"]
        sheet.append(["00123", "Phường", date(2026, 3, 5), 1205, 87.5, "Có", "03/2026"])
        sheet.append(["00124", "Xã", date(2026, 3, 6), 7, 12, "Không", "Quý I/2026"])
        for cell in (sheet["A2"], sheet["A3"], sheet["G2"], sheet["G3"]):
            cell.number_format = "@"
        sheet["C2"].number_format = sheet["C3"].number_format = "dd/mm/yyyy"
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "mau.xlsx"
            book.save(path)
            with check_table(path, schema_of(self.form)) as check:
                report = check.report(rows=2)

        self.assertEqual(report["outcome"], ACCEPTED, report["issues"])
        self.assertEqual(
            report["rows"][0],
            {
                "ma": "00123", "loai": "1", "ngay": "2026-03-05", "so": 1205, "ty_le": "87.5",
                "dat": True, "ky": "2026-03",
            },
        )  # fmt: skip
