"""What stands below a table is no record, and what only looks so is one."""

from portal.core.table_files.reading import Reading
from tests.datasets.table_files import TableTestCase, schema_of

TABLE = "ma;ten;so;gia\n01;A;10;1,5\n02;B;20;2,5\n"
SCHEMA = schema_of("ma:code", "ten", "so:integer", "gia:decimal")


class FooterTests(TableTestCase):
    def found(self, text, schema=SCHEMA):
        check = self.check(text, schema)
        return [(issue.code, issue.row) for issue in check.issues], check.accepted

    def test_totals_notes_and_signatures(self):
        foot = (
            ";;;\nTổng cộng;;30;4,0\nSố liệu tạm tính;;;\nGhi chú: chưa có xã C;;;\n"
            ";;Bắc Giang, ngày 5 tháng 1 năm 2026;\nNgười lập biểu;;;Thủ trưởng\n"
        )

        self.assertEqual(
            self.found(TABLE + foot),
            ([("total_row", 5), *(("note_row", row) for row in range(6, 10))], 2),
        )

    def test_totals_of_parts_within_the_table(self):
        found = self.found(TABLE + "Cộng;;30;4,0\n03;C;1;1,5\n")

        self.assertEqual(found, ([("total_row", 4)], 3))

    def test_a_total_without_a_gap_is_known_by_its_sums(self):
        schema = schema_of("ten", "so:integer")

        for last in ("Tổng cộng;30", "TỔNG SỐ:;30", "Total;30", ";30"):
            with self.subTest(last):
                found = self.found(f"ten;so\nA;10\nB;20\n{last}\n", schema)
                self.assertEqual(found, ([("total_row", 4)], 2))

    def test_records_that_only_look_so(self):
        schema = schema_of("ten", "so:integer")

        for last in ("Tổng số;31", "Tổng công ty Điện lực;", "Cộng tác viên;30", "Ghi chép;5"):
            with self.subTest(last):
                self.assertEqual(self.found(f"ten;so\nA;10\nB;20\n{last}\n", schema), ([], 3))
        self.assertEqual(self.found(TABLE + "Xã ở xa;;;\n"), ([], 3))
        self.assertEqual(self.found("ten;so\nTổng số;10\n", schema), ([], 1))

    def test_a_foot_does_not_spoil_the_evidence_of_a_column(self):
        text = "ma;ten;so;gia\n01;A;10;1.205\n;;;\nTổng cộng;;10;1,5\n"

        check = self.check(text, SCHEMA, reading=Reading(number_styles={"gia": "group"}))

        self.assertEqual([issue.code for issue in check.issues], ["total_row"])
