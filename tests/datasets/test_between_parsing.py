"""Rules between columns: what people may write, and what they are told otherwise."""

from django.test import SimpleTestCase

from portal.datasets.imports.between import parse_rule, rule_of
from portal.datasets.imports.column import Column
from portal.datasets.imports.schema_error import SchemaError

COLUMNS = (
    Column("tu_ngay", title="Từ ngày", type="date"),
    Column("den_ngay", title="Đến ngày", type="date"),
    Column("tong", title="Tổng số", type="integer"),
    Column("nam", title="Nam", type="integer"),
    Column("nu", title="Nữ", type="integer"),
    Column("ty_le", title="Tỷ lệ (%)", type="percent"),
    Column("ma", title="Mã", type="code"),
    Column("ma_cu", title="Mã cũ", type="code"),
)


class RuleParsingTests(SimpleTestCase):
    def test_understands_what_people_write(self):
        for text, columns in {
            "den_ngay >= tu_ngay": ("den_ngay", "tu_ngay"),
            "den_ngay ≥ tu_ngay": ("den_ngay", "tu_ngay"),
            "den_ngay - tu_ngay <= 30": ("den_ngay", "tu_ngay"),
            "den_ngay <= tu_ngay + 30": ("den_ngay", "tu_ngay"),
            "tong = nam + nu": ("tong", "nam", "nu"),
            "tong=sum(nam,nu)": ("tong", "nam", "nu"),
            '"Tổng số" = “Nam” + "nữ"': ("tong", "nam", "nu"),
            "ty_le = nam / tong * 100": ("ty_le", "nam", "tong"),
            "TONG - (nam + nu) == 0": ("tong", "nam", "nu"),
            "-nam <= 1.5 × nu": ("nam", "nu"),
            "ma <> ma_cu": ("ma", "ma_cu"),
        }.items():
            with self.subTest(text):
                self.assertEqual(parse_rule(text, COLUMNS).columns, columns)

    def test_multiplication_comes_before_addition(self):
        rule = parse_rule("tong = nam + nu * 2", COLUMNS)

        self.assertEqual((rule.right.sign, rule.right.right.sign), ("+", "*"))

    def test_subtraction_is_read_from_the_left(self):
        rule = parse_rule("0 = tong - nam - nu", COLUMNS)

        self.assertEqual(rule.right.left.left.column, "tong")

    def test_refuses_with_one_sentence(self):
        for text in (
            "", "tong", "1 = 1", "tong = ", "tong = nam +", "tong = nam nu", "tong = (nam",
            "tong = nam; DROP TABLE x", "tong = __import__('os')", "tong = khong_co", "tong < ma",
            "ma < ma_cu", "ma = tu_ngay", "tu_ngay + den_ngay > tu_ngay", "ma + 1 = tong",
            "tong = sum(nam, 1)", "tong = sum()", "tong = sum(nam", "a <= tong <= nam",
            "tong = nam = nu", "tong = 1,5", "tong = 1e9", "tong = 1234567890123456789",
            "tong = " + "(" * 100 + "nam" + ")" * 100, "tong = " + "-" * 400 + "nam",
            "tong = nam" + " + nam" * 200,
        ):  # fmt: skip
            with self.subTest(text), self.assertRaises(SchemaError) as caught:
                parse_rule(text, COLUMNS)
            self.assertEqual(len(str(caught.exception).splitlines()), 1)

    def test_two_columns_of_one_printed_name_need_the_identifier(self):
        columns = (Column("a", title="Số", type="integer"), Column("b", title="Số", type="integer"))

        self.assertEqual(parse_rule("a = b", columns).columns, ("a", "b"))
        with self.assertRaises(SchemaError):
            parse_rule('"Số" = 1', columns)

    def test_a_table_schema_carries_text_or_parts(self):
        bare = rule_of("tong = nam + nu", COLUMNS)
        full = rule_of(
            {"name": "tong", "expression": "tong = nam + nu", "title": "Tổng bằng nam cộng nữ",
             "severity": "warning"}, COLUMNS,
        )  # fmt: skip

        self.assertEqual((bare.severity, bare.shown), ("error", "tong = nam + nu"))
        self.assertEqual((full.severity, full.shown), ("warning", "Tổng bằng nam cộng nữ"))
        self.assertEqual(rule_of(full.as_dict(), COLUMNS), full)
        for wrong in (None, {}, {"expression": 5}, {"expression": "tong = nam", "severity": "x"}):
            with self.subTest(wrong), self.assertRaises(SchemaError):
                rule_of(wrong, COLUMNS)
