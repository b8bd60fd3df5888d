"""A unit of measure behind a name in the header, and columns that the definition lets be."""

from portal.datasets.imports.column import Column
from portal.datasets.imports.columns import TableSchema
from tests.datasets.table_files import TableTestCase

COST = Column("kinh_phi", title="Kinh phí", type="decimal", unit_of_measure="triệu đồng")
CODE = Column("ma", title="Mã", type="code")
SCHEMA = TableSchema((CODE, COST))


class HeaderUnits(TableTestCase):
    def test_the_unit_of_the_definition_may_stand_behind_the_name(self):
        for header in (
            "Kinh phí (triệu đồng)",
            "KINH PHÍ (Triệu đồng)",
            "Kinh phí [ĐVT: triệu đồng]",
            "Kinh phi (don vi tinh: trieu dong)",
        ):
            with self.subTest(header=header):
                check = self.check(f"Mã;{header}\n01;5\n", SCHEMA)
                self.assertEqual((check.outcome, check.issues_total), ("accepted", 0))
                self.assertEqual(self.rows(check)[0]["kinh_phi"], "5")

    def test_another_unit_is_refused_because_every_value_would_be_wrong(self):
        check = self.check("Mã;Kinh phí (nghìn đồng)\n01;5\n", SCHEMA)

        self.assertEqual(self.codes(check), [("other_unit", 1, "kinh_phi")])
        self.assertEqual(check.outcome, "rejected")

    def test_a_name_that_has_brackets_itself_is_found_as_it_is(self):
        title = Column("a", title="Nước (m3)", type="decimal", unit_of_measure="lít")

        check = self.check("Nước (m3)\n5\n", TableSchema((title,)))

        self.assertEqual((check.outcome, check.issues_total), ("accepted", 0))

    def test_without_a_unit_in_the_definition_brackets_make_another_name(self):
        bare = Column("kinh_phi", title="Kinh phí", type="decimal", required=True)

        check = self.check("Kinh phí (triệu đồng)\n5\n", TableSchema((bare,)))

        self.assertIn("unknown_column", [code for code, _row, _column in self.codes(check)])

    def test_columns_that_the_definition_lets_be_are_named(self):
        schema = TableSchema((CODE, COST), ignore_unknown=True)

        check = self.check("STT;Mã;Kinh phí;Ghi chú\n1;01;5;x\n2;02;6;\n", schema)

        self.assertEqual(check.outcome, "accepted")
        self.assertEqual(
            [(issue.code, issue.severity, issue.value) for issue in check.issues],
            [("ignored_column", "warning", "STT"), ("ignored_column", "warning", "Ghi chú")],
        )
