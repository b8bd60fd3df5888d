"""Rows that a filter hides are sent with the sheet: they are read, and whoever sends is told."""

import struct
from pathlib import Path

import xlsxwriter

from portal.datasets.imports.column import Column
from tests.datasets.table_files import TableTestCase, schema_of
from tests.datasets.test_other_workbooks import SCHEMA as OLD_SCHEMA
from tests.datasets.test_other_workbooks import cell, ods, row, sheet

SCHEMA = schema_of(Column("ma", title="Mã", type="code"), Column("ten", title="Tên"))
ROW, HIDDEN = struct.pack("<HH", 0x0208, 16), 0x20  #: of old Excel's records


class HiddenRows(TableTestCase):
    def told(self, check):
        return [(issue.code, issue.severity, issue.value, issue.expected) for issue in check.issues]

    def workbook(self, *hidden):
        path = self.folder / "a.xlsx"
        with xlsxwriter.Workbook(path) as book:
            table = book.add_worksheet()
            table.write_row(1, 0, ["Mã", "Tên"])
            for number in range(2, 2000):
                table.write_row(number, 0, [f"{number:05}", "A"])
            for number in hidden:
                table.set_row(number, None, None, {"hidden": True})
        return self.check_path(path, SCHEMA)

    def test_they_are_read_and_counted(self):
        check = self.workbook(0, 1, 5, 7, 1998, 2500)

        self.assertEqual((check.outcome, check.accepted), ("accepted", 1998))
        self.assertEqual(self.told(check), [("hidden_rows", "warning", "3", "6")])
        self.assertIn("3 dòng đang ẩn", check.issues[0].message)
        self.assertIn("dòng 6", check.issues[0].message)

    def test_what_is_no_record_may_be_hidden(self):
        self.assertEqual(self.told(self.workbook(0, 1, 2500)), [])
        self.assertEqual(self.told(self.workbook()), [])

    def test_open_document(self):
        header = row(cell("Mã"), cell("Tên"))
        filtered = row(cell("02"), cell("B"), times=3).replace(
            "<table:table-row ", '<table:table-row table:visibility="filter" '
        )
        data = ods(sheet(header, row(cell("01"), cell("A")), filtered, row(cell("09"), cell("C"))))
        check = self.check(data, SCHEMA, filename="a.ods")

        self.assertEqual((check.outcome, check.accepted), ("accepted", 5))
        self.assertEqual(self.told(check), [("hidden_rows", "warning", "3", "3")])

    def test_old_excel(self):
        data = bytearray((Path(__file__).parent / "files" / "mau.xls").read_bytes())
        place, hidden = -1, 0
        while (place := data.find(ROW, place + 1)) >= 0:
            [number] = struct.unpack_from("<H", data, place + 4)
            if number in (3, 5):  # counted from 0: the first and the third record
                data[place + 16] |= HIDDEN
                hidden += 1
        self.assertEqual(hidden, 2)
        check = self.check(bytes(data), OLD_SCHEMA, filename="a.xls")

        self.assertEqual((check.outcome, check.accepted), ("accepted", 3))
        self.assertIn(("hidden_rows", "warning", "2", "4"), self.told(check))
