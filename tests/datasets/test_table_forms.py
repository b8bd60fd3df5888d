"""Tables as offices fill them in: each is read exactly, asked about, or refused at its row."""

from itertools import product

from portal.core.table_files.reading import Reading
from portal.datasets.imports.column import Column
from tests.datasets.table_files import TableTestCase, schema_of

REPORT = schema_of(
    Column("ten", title="Tên đơn vị"), Column("so", title="Số hồ sơ", type="integer"),
    Column("kinh_phi", title="Kinh phí", type="decimal"), ignore_unknown=True,
)  # fmt: skip
CODED = schema_of(
    Column("ma", title="Mã", type="code", is_key=True), Column("ten", title="Tên"),
    Column("so", title="Số", type="integer"),
)  # fmt: skip
PAIR = schema_of(Column("ten", title="Tên"), Column("so", title="Số", type="decimal"))
HEAD = "STT;Tên đơn vị;Số hồ sơ;Kinh phí\n"
A, B, C = "1;Sở A;5;1,5\n", "2;Sở B;6;2,5\n", "1;Xã C;7;3,5\n"

#: Name → schema, text, rows that are asked about, records in all.
ASKED = {
    "sections in Roman numbers": (REPORT, f"{HEAD}I;Sở;;\n{A}{B}II;Xã;;\n{C}", [2, 5], 3),
    "sections with their sums": (REPORT, f"{HEAD}I;Sở;11;4\n{A}{B}II;Xã;7;3,5\n{C}", [2, 5], 3),
    "sections in letters": (REPORT, f"{HEAD}A;KHỐI SỞ;;\n{A}B.;KHỐI XÃ;;\n{C}", [2, 4], 2),
    "sections among codes": (CODED, "Mã;Tên;Số\nI;Sở;\n01;A;1\nII;Xã;\n02;B;2\n", [2, 4], 2),
    "a total in the running numbers": (REPORT, f"{HEAD}{A}{B}Tổng cộng;;12;5\n", [4], 2),
    "a total of a part, led": (REPORT, f"{HEAD}{A}Cộng;;5;1,5\n{B}", [3], 2),
    "totals within and below": (REPORT, f"{HEAD}{A};Cộng;5;1,5\n{B};TỔNG SỐ:;11;4\n", [3, 5], 2),
    "numbered columns in brackets": (PAIR, "Tên;Số\n(1);(2)\nA;1\n", [2], 1),
    "numbered columns": (CODED, "Mã;Tên;Số\n1;2;3\n01;A;5\n02;B;6\n", [2], 2),
    "a printed heading again": (PAIR, "Tên;Số\nA;1\nTên;Số\nB;2\n", [3], 2),
    "a second table of the kind": (PAIR, "Tên;Số\nA;1\n\n\nTên;Số\nB;2\n", [5], 2),
    "total without a fitting sum": (PAIR, "Tên;Số\nA;1\nB;2\nTổng cộng;4\n", [4], 2),
}
#: Name → schema, text, (code, row) of each mistake.
REFUSED = {
    "another table below": (PAIR, "Tên;Số\nA;1\n\nPhường;Dân số\nC;3\n", [("not_a_number", 4)]),
    "cells moved to the right": (PAIR, "Tên;Số\nA;1\n;B;2\n", [("wrong_number_of_cells", 3)]),
    "marks for nothing": (
        PAIR, "Tên;Số\nA;-\nB;x\nC;…\nD;#N/A\n",
        [("not_a_number", 2), ("not_a_number", 3), ("not_a_number", 4), ("error_cell", 5)],
    ),
    "a mark that is not doubled": (
        PAIR, 'Tên;Số\n"Cty "A" TNHH";1\nB;2\n', [("misplaced_quote", 2)],
    ),
    "a mark that is not closed": (PAIR, 'Tên;Số\n"A;1\nB;2\n', [("unterminated_quote", 2)]),
    "codes rounded by Excel": (CODED, "Mã;Tên;Số\n1.23E+11;A;1\n", [("imprecise_number", 2)]),
    "words around a number": (
        PAIR, "Tên;Số\nA;15 triệu\nB;10-20\n", [("not_a_number", 2), ("not_a_number", 3)],
    ),
    "both styles and a doubtful one": (
        PAIR, "Tên;Số\nA;1.234,5\nB;1,234.5\nC;2.000\n", [("ambiguous_number", 4)],
    ),
    "a decimal comma between commas": (
        PAIR, "Tên,Số\nA,1,5\nB,2\n", [("wrong_number_of_cells", 2)],
    ),
}  # fmt: skip
#: Name → schema, text, the first two columns of each record.
READ = {
    "titles above": (PAIR, "UBND TỈNH;\nSỞ Y TẾ;\n\nTên;Số\nA;1\n", [("A", "1")]),
    "a mark for inches": (PAIR, 'Tên,Số\nMàn hình 24",1\n', [('Màn hình 24"', "1")]),
    "delimiters at the ends": (PAIR, "Tên;Số;\nA;1;\nB;2;\n", [("A", "1"), ("B", "2")]),
    "odd spaces": (PAIR, "Tên\u00a0; Số\n\u00a0A\u00a0;1\u00a0234,5\n", [("A", "1234.5")]),
    "a mark of order within": (PAIR, "Tên;Số\nA;1\n\ufeffB;2\n", [("A", "1"), ("B", "2")]),
    "numbers only": (schema_of("a", "b", "c"), "a,b,c\n1,2,3\n4,5,6\n", [("1", "2"), ("4", "5")]),
    "brackets": (PAIR, "Tên;Số\nA;(1.234,5)\n", [("A", "-1234.5")]),
    "groups by spaces": (PAIR, "Tên;Số\nA;1 234 567\n", [("A", "1234567")]),
}


#: Hazards of a whole text, each harmless alone; every combination of them is read alike.
HAZARDS = (
    ("utf-8", "utf-8-sig", "utf-16", "utf-16-le"),
    (";", "\t", "|"),
    ("\n", "\r\n", "\r"),
    ((), ("UBND TỈNH", "Đơn vị tính: triệu đồng", "")),
    ((), ("", "Tổng cộng{}4,0", "Ghi chú: số liệu tạm tính")),
)


class CombinedHazardTests(TableTestCase):
    def test_hazards_together_change_nothing_but_the_numbers_of_rows(self):
        for encoding, sign, end, above, below in product(*HAZARDS):
            with self.subTest(encoding=encoding, sign=sign, end=end, above=above, below=below):
                body = [
                    sign.join(each) for each in (("Tên", "Số"), ("A, b", "1,5"), ("“B”", "2,5"))
                ]
                foot = [each.format(sign) if "{" in each else each + sign for each in below]
                lines = [*(each + sign for each in above), *body, *foot, ""]
                content = end.join(lines).encode(encoding)

                check = self.check(content, PAIR, reading=Reading(not_records="leave_out"))

                found = [(row["ten"], row["so"]) for row in self.rows(check)]
                first = len(above) + len(body) + 2
                self.assertEqual(
                    (check.outcome, found), ("accepted", [("A, b", "1.5"), ("“B”", "2.5")])
                )
                self.assertEqual(check.reading.header_row, len(above) + 1)
                self.assertEqual(check.reading.left_out, [[first, first + 1]] if below else [])
                self.assertEqual(check.blank, bool(below))


class FormTests(TableTestCase):
    def test_rows_that_are_no_records_are_asked_about(self):
        for name, (schema, text, rows, records) in ASKED.items():
            with self.subTest(name):
                asked = self.check(text, schema)
                read = self.check(text, schema, reading=Reading(not_records="leave_out"))

                codes = ("_row", "_header")
                apart = [each.row for each in asked.issues if each.code.endswith(codes)]
                self.assertEqual((asked.outcome, apart), ("needs_confirmation", rows))
                self.assertEqual((read.outcome, read.accepted), ("accepted", records))
                self.assertEqual(read.left_out, len(rows))

    def test_what_is_wrong_is_refused_at_its_row(self):
        for name, (schema, text, mistakes) in REFUSED.items():
            with self.subTest(name):
                check = self.check(text, schema)

                found = [(i.code, i.row) for i in check.issues if i.severity == "error"]
                self.assertEqual((check.outcome, found), ("rejected", mistakes))

    def test_what_is_right_is_read_exactly(self):
        for name, (schema, text, records) in READ.items():
            with self.subTest(name):
                check = self.check(text, schema)

                found = [tuple(row.values())[:2] for row in self.rows(check)]
                self.assertEqual((check.outcome, found), ("accepted", records))
