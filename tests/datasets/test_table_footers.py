"""What stands below a table is no record, and what only looks so is one."""

from portal.core.table_files.reading import Reading
from tests.datasets.table_files import TableTestCase, schema_of

TABLE = "ma;ten;so;gia\n01;A;10;1,5\n02;B;20;2,5\n"
SCHEMA = schema_of("ma:code", "ten", "so:integer", "gia:decimal")
CHILDREN = schema_of("ten", "so:integer")


class FooterTests(TableTestCase):
    def found(self, text, schema=SCHEMA):
        check = self.check(text, schema)
        found = [
            (issue.code, issue.row) for issue in check.issues if issue.code != "ambiguous_rows"
        ]
        return found, check.accepted

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
        found = self.found(TABLE + "Cộng;;31;4,0\n03;C;1;1,5\n")

        self.assertEqual(found, ([("total_row", 4)], 3))

    def test_a_total_without_a_gap_is_known_by_its_sums(self):
        schema = schema_of("ten", "so:integer")

        for last in ("Tổng cộng;30", "TỔNG SỐ:;30", "Total;30", ";30"):
            with self.subTest(last):
                found = self.found(f"ten;so\nA;10\nB;20\n{last}\n", schema)
                self.assertEqual(found, ([("total_row", 4)], 2))

    def test_records_that_only_look_so(self):
        schema = schema_of("ten", "so:integer")

        for last in ("Tổng công ty Điện lực;", "Cộng tác viên;30", "Ghi chép;5"):
            with self.subTest(last):
                self.assertEqual(self.found(f"ten;so\nA;10\nB;20\n{last}\n", schema), ([], 3))
        self.assertEqual(self.found(TABLE + "Xã ở xa;;;\n"), ([], 3))
        self.assertEqual(self.found("ten;so\nTổng số;10\n", schema), ([], 1))

    def test_a_foot_does_not_spoil_the_evidence_of_a_column(self):
        text = "ma;ten;so;gia\n01;A;10;1.205\n;;;\nTổng cộng;;10;1,5\n"

        check = self.check(text, SCHEMA, reading=Reading(number_styles={"gia": "group"}))

        self.assertEqual(
            [(issue.severity, issue.code) for issue in check.issues],
            [("error", "ambiguous_rows"), ("error", "total_row"), ("warning", "total_differs")],
        )


FOOT = ";;;\nTổng cộng;;30;4,0\nGhi chú: số liệu tạm tính;;;\n"
LEFT_OUT = {"not_records": "leave_out"}


class LeavingOutTests(TableTestCase):
    def said(self, text, schema=SCHEMA, **said):
        return self.check(text, schema, reading=Reading(**said))

    def test_nothing_is_left_out_until_a_person_says_so(self):
        check = self.said(TABLE + FOOT)

        self.assertEqual(check.outcome, "needs_confirmation")
        self.assertEqual((check.records, check.accepted, check.rejected, check.blank), (5, 2, 2, 1))
        first, second = check.reading.candidates
        self.assertEqual((first["field"], first["value"]), ("not_records", "leave_out"))
        self.assertEqual(first["rows"], [[5, 6]])
        self.assertEqual(first["sample"][0], ["5", "Tổng cộng", "", "30", "4,0"])
        self.assertEqual(second["value"], "check")

    def test_rows_left_out_are_no_records_and_each_is_named(self):
        check = self.said(TABLE + FOOT, **LEFT_OUT)
        report = check.report()

        self.assertEqual((check.outcome, check.records, check.accepted), ("accepted", 3, 2))
        self.assertEqual(
            [(each.severity, each.code, each.row) for each in check.issues],
            [("warning", "row_left_out", 5), ("warning", "row_left_out", 6)],
        )
        self.assertEqual((report["left_out"], report["source"]["left_out"]), (2, [[5, 6]]))

    def test_rows_that_a_person_calls_records_are_checked_as_such(self):
        check = self.said("ten;so\nA;10\nB;20\nTổng cộng;30\n", CHILDREN, not_records="check")

        self.assertEqual(
            (check.outcome, check.accepted, check.reading.left_out), ("accepted", 3, [])
        )

    def test_a_total_known_by_its_sums_only_is_left_out_like_others(self):
        for last in ("Tổng số;30", ";30"):
            with self.subTest(last):
                check = self.said(f"ten;so\nA;10\nB;20\n{last}\n", CHILDREN, **LEFT_OUT)

                self.assertEqual((check.outcome, check.records, check.left_out), ("accepted", 2, 1))

    def test_a_repeated_heading_is_left_out_but_never_checked_as_a_record(self):
        text = "ten;so\nA;10\nten;so\nB;20\n"

        left_out = self.said(text, CHILDREN, **LEFT_OUT)
        checked = self.said(text, schema_of("ten", "so"), not_records="check")

        self.assertEqual((left_out.outcome, left_out.accepted), ("accepted", 2))
        self.assertEqual(
            (checked.outcome, self.codes(checked)), ("rejected", [("repeated_header", 3, None)])
        )

    def test_another_mistake_refuses_the_file_and_the_question_stays(self):
        check = self.said(TABLE + "03;C;viết sai;1\n" + FOOT)

        self.assertEqual((check.outcome, check.accepted, check.rejected), ("rejected", 2, 3))
        self.assertEqual(
            [each["value"] for each in check.reading.candidates], ["leave_out", "check"]
        )

    def test_a_total_that_contradicts_its_column_is_told(self):
        cases = {"31;4,0": ["so"], "30;4": [], "30;5,0": ["gia"], "32;3,9": ["so", "gia"]}

        for sums, expected in cases.items():
            with self.subTest(sums):
                check = self.said(f"{TABLE}Tổng cộng;;{sums}\n", **LEFT_OUT)

                found = [each for each in check.issues if each.code == "total_differs"]
                self.assertEqual([each.column for each in found], expected)
                self.assertEqual(check.outcome, "accepted")

    def test_a_file_of_nothing_else_has_no_records(self):
        check = self.said("ten;so\nten;so\n", CHILDREN, **LEFT_OUT)

        self.assertEqual((check.outcome, check.records), ("rejected", 0))
        self.assertIn("no_records", [each.code for each in check.issues])
