"""Delimited texts: layouts, quotation marks, broken rows, and the numbers of their lines."""

from portal.core.table_files.reading import Reading
from portal.datasets.imports.column import Column
from tests.datasets.table_files import TableTestCase, schema_of

PLACES = schema_of(
    Column("ma", title="Mã", type="code", is_key=True),
    Column("ten", title="Tên địa bàn", aliases=("Tên xã",), required=True),
    Column("so_dan", title="Số dân", type="integer", minimum=0),
)


class LayoutTests(TableTestCase):
    def test_reads_each_delimiter(self):
        for delimiter in ",;\t|":
            with self.subTest(delimiter=delimiter):
                text = "ma,ten,so_dan\n01,Bắc Giang,12\n".replace(",", delimiter)

                check = self.check(text, PLACES)

                self.assertEqual(check.outcome, "accepted")
                self.assertEqual(check.reading.delimiter, delimiter)
                self.assertEqual(self.rows(check), [{"ma": "01", "ten": "Bắc Giang", "so_dan": 12}])

    def test_finds_the_header_below_titles_and_blank_lines(self):
        text = "BÁO CÁO DÂN SỐ,,\n,,\n\nMÃ,ten xa,  SỐ   DÂN \n01,A,1\n"

        check = self.check(text, PLACES)

        self.assertEqual(check.reading.header_row, 4)
        self.assertEqual((check.records, check.accepted), (1, 1))

    def test_reads_a_header_of_two_rows(self):
        text = "TT,Đơn vị,Số lượng,\n,,Tháng 1,Tháng 2\n1,A,5,6\n"
        schema = schema_of("tt:integer", "don_vi", "thang_1:integer", "thang_2:integer")

        check = self.check(text, schema)

        self.assertEqual((check.outcome, check.reading.header_row), ("accepted", 2))
        self.assertEqual(self.check(text, schema, reading=check.reading).outcome, "accepted")

    def test_a_repeated_header_is_no_data(self):
        check = self.check("Mã,Tên xã\n01,A\nMã,Tên xã\n02,B\n", schema_of("ma", "ten_xa"))

        self.assertEqual(check.outcome, "needs_confirmation")
        self.assertIn(("repeated_header", 3, None), self.codes(check))
        self.assertEqual((check.records, check.accepted, check.rejected), (3, 2, 1))

    def test_reads_single_quotation_marks_and_spaces_before_marks(self):
        for text in ("'ma','ten'\n'01','A, B'\n", 'ma, ten\n01, "A, B"\n'):
            with self.subTest(text=text):
                check = self.check(text, schema_of("ma", "ten"))

                self.assertEqual(self.rows(check), [{"ma": "01", "ten": "A, B"}])

    def test_obeys_the_separator_line_of_excel(self):
        check = self.check("sep=;\nma;ten;so_dan\n01;A, B;1\n", PLACES)

        self.assertEqual((check.outcome, check.reading.header_row), ("accepted", 2))

    def test_asks_when_two_rows_could_be_the_header(self):
        check = self.check("ma,ten,so_dan\nMã,Tên địa bàn,Số dân\n01,A,1\n", PLACES)

        self.assertEqual(check.outcome, "needs_confirmation")
        self.assertEqual([each["value"] for each in check.reading.candidates], [1, 2])

    def test_takes_the_header_row_that_a_person_chose(self):
        text = "ma,ten,so_dan\nMã,Tên địa bàn,Số dân\n01,A,1\n"

        check = self.check(text, PLACES, reading=Reading(header_row=2))

        self.assertEqual((check.outcome, check.records), ("accepted", 1))

    def test_counts_blank_lines_among_the_records(self):
        check = self.check("ma,ten,so_dan\r\n01,A,1\r\n\r\n , ,\r\n02,B,2\r\n\r\n", PLACES)

        self.assertEqual((check.records, check.accepted, check.blank), (5, 2, 3))


class HeaderTests(TableTestCase):
    def test_names_missing_unknown_and_doubled_columns(self):
        check = self.check("ma,Mã,ghi chú,so_dan\n01,01,x,1\n", PLACES)

        self.assertEqual(check.outcome, "rejected")
        self.assertEqual(
            sorted(issue.code for issue in check.issues),
            ["duplicate_column", "missing_column", "unknown_column"],
        )
        self.assertEqual((check.records, check.rejected), (1, 1))

    def test_ignores_unknown_columns_when_told(self):
        schema = schema_of("ten", ignore_unknown=True)

        check = self.check("ten,khac\nA,1\n", schema)

        self.assertEqual((check.outcome, self.rows(check)), ("accepted", [{"ten": "A"}]))

    def test_an_unnamed_column_may_be_empty_but_holds_no_values(self):
        schema = schema_of("ten")

        self.assertEqual(self.check("ten,\nA,\n", schema).outcome, "accepted")
        check = self.check("ten,\nA,\nB,lost\n", schema)
        self.assertEqual(self.codes(check), [("unnamed_column", 3, None)])

    def test_a_missing_optional_column_is_a_warning(self):
        check = self.check("ma,ten\n01,A\n", PLACES)

        self.assertEqual(check.outcome, "accepted")
        self.assertEqual(self.codes(check), [("missing_column", None, "so_dan")])
        self.assertEqual(self.rows(check), [{"ma": "01", "ten": "A", "so_dan": None}])


class EmptinessTests(TableTestCase):
    def test_refuses_a_file_without_rows(self):
        for content, code in (
            ("", "empty_file"),
            ("\ufeff", "empty_file"),
            ("\n\n \n", "empty_file"),
            (",,\n", "empty_file"),
            ("ma,ten,so_dan\n", "no_records"),
            ("ma,ten,so_dan\n\n,,\n", "no_records"),
        ):
            with self.subTest(content=content):
                check = self.check(content, PLACES)

                self.assertEqual(check.outcome, "rejected")
                self.assertEqual(self.codes(check), [(code, None, None)])


class RecordTests(TableTestCase):
    def test_names_the_line_of_a_ragged_row(self):
        check = self.check("ma,ten,so_dan\n01,A\n02,B,2\n03,C,3,4\n", PLACES)

        self.assertEqual(
            self.codes(check),
            [("wrong_number_of_cells", 2, None), ("wrong_number_of_cells", 4, None)],
        )
        self.assertEqual((check.accepted, check.rejected), (1, 2))
        self.assertEqual(check.issues[0].value, "01,A")

    def test_keeps_quoted_delimiters_marks_and_line_ends(self):
        text = 'ma,ten,so_dan\n01,"A, ""B""\nC",1\n"02","","2"\n03,x,\n'
        schema = schema_of("ma:code", "ten", "so_dan:integer")

        check = self.check(text, schema)

        self.assertEqual(check.outcome, "accepted")
        self.assertEqual([row["ten"] for row in self.rows(check)], ['A, "B"\nC', None, "x"])

    def test_gives_the_line_on_which_a_record_starts(self):
        text = 'ma,ten,so_dan\n01,"one\ntwo\nthree",1\n02,B,x\n'

        self.assertEqual(self.codes(self.check(text, PLACES)), [("not_a_number", 5, "so_dan")])

    def test_quoted_records_on_one_line_agree_with_the_slow_way(self):
        lines = ['"01","a,""b""",1', '"02",,"2"', '03,"""",3', '"04","x,,y",4', '05,"""a""",5']
        text = "ma,ten,so_dan\n" + "\n".join(lines)
        schema = schema_of("ma:code", "ten", "so_dan:integer")
        expected = ['a,"b"', None, '"', "x,,y", '"a"']

        quick, slow = self.check(text, schema), self.check(text + '\n06,"\n",6', schema)

        self.assertEqual([row["ten"] for row in self.rows(quick)], expected)
        self.assertEqual([row["ten"] for row in self.rows(slow)], [*expected, None])

    def test_an_open_quotation_mark_spoils_one_record_only(self):
        text = 'ma,ten,so_dan\n01,"A,1\n02,B,2\n03,C,3\n'

        check = self.check(text, PLACES)

        self.assertEqual(self.codes(check), [("unterminated_quote", 2, None)])
        self.assertEqual((check.records, check.accepted), (3, 2))

    def test_an_open_quotation_mark_does_not_swallow_the_rows_up_to_the_next_one(self):
        text = 'ma,ten,so_dan\n01,"A,1\n02,B,2\n03,C,3\n04,D",4\n'

        check = self.check(text, PLACES)

        self.assertEqual(check.outcome, "rejected")
        self.assertEqual(self.codes(check)[0], ("swallowed_lines", 2, None))
        self.assertEqual(check.records, 4)

    def test_a_quotation_mark_inside_a_cell_is_a_letter(self):
        check = self.check('ma,ten,so_dan\n01,ống 5" thép,1\n', PLACES)

        self.assertEqual(self.rows(check)[0]["ten"], 'ống 5" thép')

    def test_a_quoted_text_that_begins_within_a_cell_is_not_read_as_two_cells(self):
        lines = [
            '01,Bàn"Bàn tròn, gỗ sồi",1',
            '02,"Ghế"",1',
            '03,ống 5" thép dài 6",2',
            '04,dài 48",36"',
            '05,"có ""dấu"", phẩy",3',
        ]
        schema = schema_of("ma:code", "ten", "so_dan")
        for text in lines[1:2], [lines[0]]:
            with self.subTest(text=text):
                check = self.check("ma,ten,so_dan\n" + "\n".join(text), schema)
                self.assertEqual(check.outcome, "rejected")
        ran_together = '01,"x",Bàn"Bàn tròn, gỗ sồi"'
        check = self.check(f"ma,ten,so_dan,ghi_chu\n{ran_together}\n", schema_of(
            "ma:code", "ten", "so_dan", "ghi_chu"))  # fmt: skip
        self.assertEqual(self.codes(check), [("lost_delimiter", 2, None)])
        check = self.check("ma,ten,so_dan\n" + "\n".join(lines[2:]), schema)
        self.assertEqual(
            [row["ten"] for row in self.rows(check)],
            ['ống 5" thép dài 6"', 'dài 48"', 'có "dấu", phẩy'],
        )

    def test_reads_single_carriage_returns_and_mixed_line_ends(self):
        for text in ("ma,ten,so_dan\r01,A,1\r02,B,2", "ma,ten,so_dan\n01,A,1\r\n02,B,2\n"):
            with self.subTest(text=text):
                self.assertEqual(self.check(text, PLACES).accepted, 2)

    def test_points_at_zero_bytes_and_control_signs(self):
        check = self.check(b"ma,ten,so_dan\n01,A\x00B,1\n02,C\x07D,2\n03,E\x1fF,3\n", PLACES)

        self.assertEqual(
            self.codes(check), [("unreadable_character", row, "ten") for row in (2, 3, 4)]
        )

    def test_reads_cells_as_long_as_a_spreadsheet_has_them_and_no_longer(self):
        longest = "ấ" * 32_767
        check = self.check(f"ma,ten,so_dan\n01,{longest},1\n02,{longest}ấ,2\n", PLACES)

        self.assertEqual(self.rows(check)[0]["ten"], longest)
        self.assertEqual(self.codes(check), [("cell_too_long", 3, "ten")])

    def test_repeated_keys_name_both_rows(self):
        check = self.check("ma,ten,so_dan\n01,A,1\n02,B,2\n01,C,3\n", PLACES)

        [issue] = check.issues
        self.assertEqual((issue.code, issue.row, issue.expected), ("duplicate_key", 4, "2"))
        self.assertIn("2", issue.message)

    def test_a_row_of_totals_is_no_record(self):
        check = self.check("ma,ten,so_dan\n01,A,1\n,Tổng cộng,1\n", PLACES)

        self.assertEqual(check.outcome, "needs_confirmation")
        self.assertIn(("total_row", 3, None), self.codes(check))

    def test_lists_a_thousand_issues_and_counts_all(self):
        text = "ma,ten,so_dan\n" + "".join(f"{n},A,x\n" for n in range(1500))

        report = self.check(text, PLACES).report()

        self.assertEqual(len(report["issues"]), 1000)
        self.assertEqual(report["issues_total"], 1500)
        self.assertIs(report["issues_truncated"], True)
        self.assertEqual([each["row"] for each in report["issues"][:2]], [2, 3])
