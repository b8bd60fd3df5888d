"""Rules between columns, applied to the rows of a file."""

from decimal import Decimal

from portal.datasets.imports.between import parse_rule
from portal.datasets.imports.column import Column
from tests.datasets.table_files import TableTestCase, schema_of

COLUMNS = (
    Column("tu", type="date"), Column("den", type="date"), Column("tong", type="decimal"),
    Column("nam", type="decimal"), Column("nu", type="decimal"), Column("ma"), Column("cu"),
)  # fmt: skip


class BetweenRowsTests(TableTestCase):
    def broken(self, expression, *rows, severity="error", columns=COLUMNS):
        """Return the rows, counted from 1, that break ``expression``."""
        rule = parse_rule(expression, columns, severity=severity)
        names = [column.name for column in columns]
        lines = [";".join(names), *(";".join(row.get(name, "") for name in names) for row in rows)]
        self.report = self.check("\n".join(lines) + "\n", schema_of(*columns, rules=(rule,)))
        return [each.row - 1 for each in self.report.issues if each.code == "rule_broken"]

    def test_dates_in_order(self):
        found = self.broken(
            "den >= tu",
            {"tu": "05/01/2026", "den": "05/01/2026"},
            {"tu": "05/01/2026", "den": "4/1/2026"},
            {"tu": "05/01/2026"},
            {"tu": "05/01/2026", "den": "31/02/2026"},
        )

        self.assertEqual(found, [2])
        [issue] = [each for each in self.report.issues if each.code == "rule_broken"]
        self.assertEqual((issue.column, issue.value), ("den", "4/1/2026"))
        self.assertIn("den = 04/01/2026; tu = 05/01/2026", issue.message)

    def test_days_between_dates(self):
        rows = ({"tu": "1/1/2026", "den": "31/1/2026"}, {"tu": "1/1/2026", "den": "1/2/2026"})

        self.assertEqual(self.broken("den - tu <= 30", *rows), [2])
        self.assertEqual(self.broken("den <= tu + 30", *rows), [2])

    def test_totals(self):
        found = self.broken(
            "tong = nam + nu",
            {"tong": "12", "nam": "5", "nu": "7"},
            {"tong": "12", "nam": "5", "nu": "6"},
            {"tong": "0,3", "nam": "0,1", "nu": "0,2"},
            {"tong": "5", "nam": "5"},
            {"tong": "x", "nam": "5", "nu": "6"},
        )

        self.assertEqual(found, [2])
        self.assertEqual(self.report.rejected, 2)

    def test_sum_takes_empty_cells_for_nothing(self):
        found = self.broken(
            "tong = sum(nam, nu)",
            {"tong": "5", "nam": "5"},
            {"tong": "5", "nu": "6"},
            {"tong": "5"},
        )

        self.assertEqual(found, [2])

    def test_a_quotient_counts_as_far_as_the_other_side_is_written(self):
        columns = (*COLUMNS[:2], Column("tong", type="percent", scale=2), *COLUMNS[3:])
        found = self.broken(
            "tong = nam / nu * 100",
            {"tong": "33,33", "nam": "1", "nu": "3"},
            {"tong": "33,34", "nam": "1", "nu": "3"},
            {"tong": "66,67", "nam": "-2", "nu": "-3"},
            {"tong": "1", "nam": "1", "nu": "0"},
            columns=columns,
        )

        self.assertEqual(found, [2])

    def test_a_negative_divisor_turns_nothing_round(self):
        found = self.broken("nam / nu < 1", {"nam": "3", "nu": "-1"}, {"nam": "-3", "nu": "-1"})

        self.assertEqual(found, [2])

    def test_numbers_beyond_the_engine_stay_exact(self):
        big = "9" * 30
        found = self.broken(
            "tong * nam = nu * nam",
            {"tong": big, "nam": big, "nu": big},
            {"tong": big, "nam": big, "nu": big[:-1] + "8"},
            {"tong": big + ",5", "nam": "2", "nu": big + ",5"},
        )

        self.assertEqual(found, [2])

    def test_texts_are_equal_or_not(self):
        rows = ({"ma": "01", "cu": "01"}, {"ma": "01", "cu": "1"}, {"ma": "01"})

        self.assertEqual(self.broken("ma = cu", *rows), [2])
        self.assertEqual(self.broken("ma <> cu", *rows), [1])

    def test_a_warning_refuses_nothing(self):
        self.assertEqual(
            self.broken("tong = nam", {"tong": "1", "nam": "2"}, severity="warning"), [1]
        )

        self.assertEqual((self.report.outcome, self.report.accepted), ("accepted", 1))

    def test_the_sentence_that_people_wrote_stands_for_the_rule(self):
        rule = parse_rule("tong >= nam", COLUMNS, title="Tổng không nhỏ hơn nam")
        check = self.check(
            "tong;nam\n1;2\n", schema_of("tong:decimal", "nam:decimal", rules=(rule,))
        )

        self.assertIn("Tổng không nhỏ hơn nam (tong = 1; nam = 2)", check.issues[0].message)

    def test_spreadsheet_numbers_are_compared_as_decimals(self):
        rule = parse_rule("tong = nam * 1.1", COLUMNS)
        check = self.check("tong;nam\n1,21;1,1\n", schema_of(*COLUMNS[2:4], rules=(rule,)))

        self.assertEqual(check.outcome, "accepted", check.issues)
        self.assertEqual(Decimal(self.rows(check)[0]["tong"]), Decimal("1.21"))
