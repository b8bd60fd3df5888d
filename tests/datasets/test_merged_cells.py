"""A value that people see over several rows stands in the first only: said, never read as empty."""

from pathlib import Path

import xlsxwriter

from portal.datasets.imports.column import Column
from tests.datasets.table_files import TableTestCase, schema_of
from tests.datasets.test_other_workbooks import cell, ods, row, sheet

SCHEMA = schema_of(
    Column("ma", title="Mã", type="code"),
    Column("ten", title="Tên"),
    Column("so", title="Số lượng", type="integer"),
)
COVERED = "<table:covered-table-cell/>"


class MergedCells(TableTestCase):
    def workbook(self, fill):
        path = self.folder / "a.xlsx"
        with xlsxwriter.Workbook(path) as book:
            table = book.add_worksheet()
            table.merge_range(0, 0, 0, 2, "BÁO CÁO")
            table.write_row(1, 0, ["Mã", "Tên", "Số lượng"])
            fill(table)
        return self.check_path(path, SCHEMA)

    def test_cells_covered_by_one_above_are_refused_at_their_rows(self):
        def fill(table):
            table.merge_range(2, 1, 4, 1, "Phường A")
            for number in range(4):
                table.write_row(2 + number, 0, [f"0{number}"])
                table.write_row(2 + number, 2, [number])
            table.write(5, 1, "Phường B")

        check = self.workbook(fill)

        self.assertEqual(self.codes(check), [("merged_cell", 4, "ten"), ("merged_cell", 5, "ten")])
        self.assertEqual((check.outcome, check.accepted, check.rejected), ("rejected", 2, 2))
        self.assertIn("dòng 3", str(check.issues[0].message))

    def test_cells_covered_by_one_beside_are_refused(self):
        def fill(table):
            table.write_row(2, 0, ["01", "A", 5])
            table.merge_range(3, 0, 3, 1, "02")
            table.write(3, 2, 6)

        self.assertEqual(self.codes(self.workbook(fill)), [("merged_cell", 4, "ten")])

    def test_titles_totals_and_columns_that_do_not_count_may_be_merged(self):
        def fill(table):
            table.write_row(2, 0, ["01", "A", 5])
            table.write_row(3, 0, ["02", "B", 6])
            table.merge_range(4, 0, 4, 1, "Tổng cộng")
            table.write(4, 2, 11)

        check = self.workbook(fill)

        self.assertNotIn("merged_cell", [code for code, _row, _column in self.codes(check)])
        self.assertEqual(check.outcome, "needs_confirmation")

    def test_open_document(self):
        header = row(cell("Mã"), cell("Tên"), cell("Số lượng"))
        first = row(cell("01"), cell("A", number_rows_spanned=2), cell("5", "float", "5"))
        second = row(cell("02"), COVERED, cell("6", "float", "6"))
        check = self.check(ods(sheet(header, first, second)), SCHEMA, filename="a.ods")

        self.assertEqual(self.codes(check), [("merged_cell", 3, "ten")])

    def test_old_excel(self):
        check = self.check_path(Path(__file__).parent / "files" / "gop-o.xls", SCHEMA)

        self.assertEqual(self.codes(check), [("merged_cell", 4, "ten")])
