"""Values: numbers in both styles, days, periods, codes, missing values, limits."""

import json
from decimal import Decimal

import duckdb

from portal.core.table_files.reading import Reading
from portal.datasets.imports.check import NotAccepted
from portal.datasets.imports.column import Column
from tests.datasets.table_files import TableTestCase, schema_of


class ValueTestCase(TableTestCase):
    def column(self, kind, *cells, reading=None, **options):
        schema = schema_of(Column("x", type=kind, **options), "n:code")
        text = "x;n\n" + "".join(f"{cell};{number}\n" for number, cell in enumerate(cells))
        return self.check(text, schema, reading=reading)

    def values(self, kind, *cells, **options):
        check = self.column(kind, *cells, **options)
        self.assertEqual(check.outcome, "accepted", check.issues)
        return [row["x"] for row in self.rows(check)]

    def faults(self, kind, *cells, **options):
        return [(issue.code, issue.row) for issue in self.column(kind, *cells, **options).issues]


class NumberTests(ValueTestCase):
    def test_one_clear_value_tells_how_the_column_is_written(self):
        for cells, expected in (
            (("1.234.567,89", "1.234"), ["1234567.89", "1234"]),
            (("1,234,567.89", "1.234"), ["1234567.89", "1.234"]),
            (("0,5", "1.234"), ["0.5", "1234"]),
            (("12.5", "1.234", "1,234"), ["12.5", "1.234", "1234"]),
            (("1,5", "1,234"), ["1.5", "1.234"]),
            (("1 234 567,5", "2.500"), ["1234567.5", "2500"]),
            (("-1.234,50", "+7"), ["-1234.5", "7"]),
            (("−3,5", "007"), ["-3.5", "7"]),
        ):
            with self.subTest(cells=cells):
                self.assertEqual(self.values("decimal", *cells), expected)

    def test_asks_when_nothing_tells(self):
        for cells in (("1.234", "5"), ("1,234",), ("1.234", "5,678")):
            with self.subTest(cells=cells):
                check = self.column("decimal", *cells)

                self.assertEqual(check.outcome, "needs_confirmation")
                self.assertEqual(
                    {(each["column"], each["value"]) for each in check.reading.candidates},
                    {("x", "group"), ("x", "decimal")},
                )

    def test_takes_the_answer(self):
        for style, expected in (("group", "1234"), ("decimal", "1.234")):
            reading = Reading(number_styles={"x": style})

            self.assertEqual(self.values("decimal", "1.234", reading=reading), [expected])

    def test_refuses_the_doubtful_values_of_a_mixed_column(self):
        self.assertEqual(
            self.faults("decimal", "12.5", "12,5", "1.234"),
            [("mixed_number_styles", None), ("ambiguous_number", 4)],
        )

    def test_a_mark_in_whole_numbers_groups(self):
        self.assertEqual(self.values("integer", "1.234", "5,678", "9"), [1234, 5678, 9])

    def test_whole_numbers_may_have_decimals_of_zero_only(self):
        self.assertEqual(self.values("integer", "12.0", "7,00"), [12, 7])
        self.assertEqual(self.faults("integer", "12.5"), [("not_a_whole_number", 2)])

    def test_keeps_every_digit(self):
        big = "9007199254740993"
        huge = "12345678901234567890123456789012345678"

        self.assertEqual(self.values("integer", big), [int(big)])
        self.assertEqual(self.values("integer", huge, "-1"), [int(huge), -1])
        self.assertEqual(
            self.values("decimal", "123456789012345678,123456789", "0,1"),
            ["123456789012345678.123456789", "0.1"],
        )

    def test_refuses_more_digits_than_can_be_kept(self):
        self.assertEqual(self.faults("integer", "1" * 39), [("too_many_digits", 2)])
        self.assertEqual(self.faults("decimal", "0," + "1" * 39), [("too_many_digits", 2)])

    def test_points_at_what_is_no_number(self):
        for cell in ("abc", "1.2.3", "1,2,3", "12 345 6", "1_000", "0x1", "1.", "-", "12a", "1-2"):
            with self.subTest(cell=cell):
                self.assertEqual(self.faults("decimal", "1", cell), [("not_a_number", 3)])

    def test_reads_the_sign_of_its_kind_only(self):
        self.assertEqual(self.values("percent", "12,5%", "7 %", "3"), ["12.5", "7", "3"])
        self.assertEqual(self.values("money", "1.500.000 đồng", "2.000 ₫"), ["1500000", "2000"])
        self.assertEqual(self.faults("decimal", "12%"), [("not_a_number", 2)])

    def test_limits_hold_exactly(self):
        limits = {"minimum": Decimal("0"), "maximum": Decimal("100")}

        self.assertEqual(
            self.faults("decimal", "0", "100", "-0,1", "100,01", "99,999", **limits),
            [("below_minimum", 4), ("above_maximum", 5)],
        )

    def test_limits_finer_than_the_column(self):
        self.assertEqual(
            self.faults("integer", "2", "3", minimum=Decimal("2.5"), maximum=Decimal("1e29")),
            [("below_minimum", 2)],
        )

    def test_decimal_places_are_limited_but_zeros_do_not_count(self):
        self.assertEqual(
            self.faults("decimal", "1,50", "1,500", "1,505", scale=2), [("too_many_decimals", 4)]
        )

    def test_scientific_notation_is_read_with_a_warning(self):
        check = self.column("decimal", "1.5E+3")

        self.assertEqual(self.rows(check)[0]["x"], "1500")
        self.assertEqual(check.issues_by_code, {"scientific_notation": 1})

    def test_brackets_are_a_minus_of_book_keepers_and_are_told(self):
        check = self.column("money", "(1.234.567,8)", "(5 đ)", "(7)₫", "-3")

        self.assertEqual([row["x"] for row in self.rows(check)], ["-1234567.8", "-5", "-7", "-3"])
        self.assertEqual(check.issues_by_code, {"number_in_brackets": 3})

    def test_brackets_that_do_not_close_or_hold_a_sign_are_no_number(self):
        self.assertEqual(
            self.faults("integer", "(5", "5)", "(-5)", "((5))", "()"),
            [("not_a_number", row) for row in range(2, 7)],
        )

    def test_a_number_in_brackets_is_no_less_doubtful_than_without(self):
        self.assertEqual(self.column("decimal", "(1.205)").outcome, "needs_confirmation")


class DayTests(ValueTestCase):
    def test_the_day_comes_before_the_month(self):
        self.assertEqual(
            self.values("date", "5/1/2024", "2024-01-06", "07.01.2024", "08-1-2024",
                        "ngày 9 tháng 1 năm 2024", "2024-01-10 00:00:00"),
            [f"2024-01-{day:02}" for day in range(5, 11)],
        )  # fmt: skip

    def test_never_swaps_day_and_month(self):
        self.assertEqual(
            self.faults("date", "1/13/2024", "31/02/2026", "hôm qua", "2024", "45292"),
            [("no_such_day", 2), ("no_such_day", 3)] + [("not_a_date", row) for row in (4, 5, 6)],
        )

    def test_days_have_limits(self):
        from datetime import date  # noqa: PLC0415

        self.assertEqual(
            self.faults("date", "31/12/2019", "01/01/2020", minimum=date(2020, 1, 1)),
            [("below_minimum", 2)],
        )

    def test_periods_become_their_codes(self):
        self.assertEqual(
            self.values("period", "tháng 3/2026", "Quý I/2026", "2026", "2026-03", "3/2026",
                        "6 tháng đầu năm 2026"),
            ["2026-03", "2026-Q1", "2026", "2026-03", "2026-03", "2026-H1"],
        )  # fmt: skip
        self.assertEqual(self.faults("period", "13/2026"), [("not_a_period", 2)])


class TextTests(ValueTestCase):
    def test_composes_and_trims(self):
        self.assertEqual(self.values("text", "  a\u0300o  ", "e\u0302\u0323"), ["ào", "ệ"])

    def test_removes_what_nobody_sees_and_says_so(self):
        check = self.column("text", "A\u200bB", "\u00a0C\u00a0D", "plain")

        self.assertEqual([row["x"] for row in self.rows(check)], ["AB", "C D", "plain"])
        self.assertEqual(
            [(i.severity, i.code, i.row) for i in check.issues],
            [("warning", "invisible_characters", 2), ("warning", "invisible_characters", 3)],
        )

    def test_codes_keep_their_zeros(self):
        self.assertEqual(self.values("code", "007", "0"), ["007", "0"])

    def test_errors_of_a_spreadsheet_are_no_text(self):
        for kind in ("text", "code", "date", "decimal"):
            with self.subTest(kind=kind):
                self.assertEqual(self.faults(kind, "#N/A"), [("error_cell", 2)])

    def test_length_and_pattern(self):
        self.assertEqual(
            self.faults(
                "text", "a", "ab", "abcđ", "ab1", min_length=2, max_length=3, pattern="[a-z]+"
            ),
            [("too_short", 2), ("too_long", 4), ("pattern_mismatch", 5)],
        )

    def test_choices_by_code_or_label(self):
        codes = {"A": "Đạt", "B": "Chưa đạt"}

        self.assertEqual(
            self.values("choice", "A", "chua dat", "ĐẠT", "b", codes=codes), ["A", "B", "A", "B"]
        )
        self.assertEqual(self.faults("choice", "C", codes=codes), [("unknown_code", 2)])

    def test_yes_and_no(self):
        self.assertEqual(
            self.values("boolean", "Có", "không", "TRUE", "0", "Đúng"),
            [True, False, True, False, True],
        )
        self.assertEqual(self.faults("boolean", "có lẽ"), [("not_a_boolean", 2)])

    def test_links(self):
        self.assertEqual(self.values("link", "https://a.vn/x?y=1"), ["https://a.vn/x?y=1"])
        self.assertEqual(
            self.faults("link", "javascript:alert(1)", "a.vn"),
            [("not_a_link", 2), ("not_a_link", 3)],
        )

    def test_empty_cells_are_missing_and_zero_is_not(self):
        self.assertEqual(self.values("integer", "0", "", "  "), [0, None, None])
        self.assertEqual(self.faults("text", "", required=True), [("missing_value", 2)])

    def test_a_warning_lets_the_row_pass(self):
        check = self.column("text", "long", max_length=2, severity="warning")

        self.assertEqual((check.outcome, check.issues[0].severity), ("accepted", "warning"))

    def test_unique_columns(self):
        self.assertEqual(
            self.faults("text", "a", "", "", "a", unique=True), [("duplicate_value", 5)]
        )


class WrittenTests(TableTestCase):
    def test_writes_what_it_read(self):
        schema = schema_of("ten", "so:integer", "gia:decimal", "ngay:date", "co:boolean")
        check = self.check("ten;so;gia;ngay;co\nA;1;1,50;5/1/2024;có\n;;;;\nB;2;;;\n", schema)

        check.write_parquet(self.folder / "t.parquet")

        found = duckdb.sql(f"FROM '{self.folder / 't.parquet'}'")
        self.assertEqual(found.columns, ["_row", "ten", "so", "gia", "ngay", "co"])
        self.assertEqual(
            [str(each) for each in found.types],
            ["BIGINT", "VARCHAR", "BIGINT", "DECIMAL(18,2)", "DATE", "BOOLEAN"],
        )
        self.assertEqual([row[0] for row in found.fetchall()], [2, 4])

    def test_writes_nothing_that_was_refused(self):
        check = self.check("so\nx\n", schema_of("so:integer"))

        with self.assertRaises(NotAccepted):
            check.write_parquet(self.folder / "t.parquet")

    def test_the_report_is_json(self):
        check = self.check("so\nx\n", schema_of("so:integer"))

        self.assertEqual(json.loads(json.dumps(check.report()))["outcome"], "rejected")
