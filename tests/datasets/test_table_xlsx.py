"""Workbooks: sheets, headers below titles, what cells hold, and what only pretends to be one.

Longer than 300 lines because every way in which a workbook goes wrong has its own small file.
"""

import zipfile
from datetime import datetime

import xlsxwriter

from portal.core.table_files import workbook_parts
from portal.core.table_files.reading import Reading
from portal.datasets.imports.column import Column
from tests.datasets.table_files import TableTestCase, schema_of

PLACES = schema_of("ma:code", Column("ten", title="Tên xã"), "so_dan:integer")
HEADER = ["ma", "ten", "so_dan"]


class WorkbookTestCase(TableTestCase):
    def path(self, name="a.xlsx"):
        return self.folder / name

    def book(self, sheets, hidden=()):
        """Write a workbook of ``{sheet: rows}`` and return its path."""
        with xlsxwriter.Workbook(self.path()) as book:
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                for number, cells in enumerate(rows):
                    sheet.write_row(number, 0, cells)
                if name in hidden:
                    sheet.hide()
        return self.path()

    def rewrite(self, part, old, new):
        """Replace bytes in a part of the workbook, as other programs would have written it."""
        with zipfile.ZipFile(self.path()) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        with zipfile.ZipFile(self.path(), "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content.replace(old, new) if part in name else content)

    def check_rows(self, schema, *rows, **options):
        return self.check_path(self.book({"S": rows}), schema, **options)

    def check_cells(self, kind, write, **options):
        """Check a column ``x`` whose cells ``write(book, sheet)`` writes below the header."""
        with xlsxwriter.Workbook(self.path()) as book:
            sheet = book.add_worksheet()
            sheet.write(0, 0, "x")
            write(book, sheet)
        return self.check_path(self.path(), schema_of(Column("x", type=kind, **options)))

    def xs(self, check):
        return [row["x"] for row in self.rows(check)]


class SheetTests(WorkbookTestCase):
    def test_takes_the_sheet_that_fits(self):
        path = self.book({"Bìa": [["Báo cáo"]], "Số liệu": [HEADER, ["01", "A", 5]]})

        check = self.check_path(path, PLACES)

        self.assertEqual((check.outcome, check.reading.sheet), ("accepted", "Số liệu"))
        self.assertEqual(self.rows(check), [{"ma": "01", "ten": "A", "so_dan": 5}])

    def test_asks_when_two_sheets_fit(self):
        rows = [HEADER, ["01", "A", 5]]
        path = self.book({"Tháng 1": rows, "Tháng 2": rows})

        check = self.check_path(path, PLACES)

        self.assertEqual(check.outcome, "needs_confirmation")
        self.assertEqual(
            [each["value"] for each in check.report()["source"]["candidates"]],
            ["Tháng 1", "Tháng 2"],
        )
        chosen = self.check_path(path, PLACES, reading=Reading(sheet="Tháng 2"))
        self.assertEqual(chosen.outcome, "accepted")

    def test_does_not_look_into_hidden_sheets(self):
        rows = [HEADER, ["01", "A", 5]]

        check = self.check_path(self.book({"Một": rows, "Ẩn": rows}, hidden=["Ẩn"]), PLACES)

        self.assertEqual((check.outcome, check.reading.sheet), ("accepted", "Một"))

    def test_says_which_sheet_there_is_not(self):
        check = self.check_path(
            self.book({"S": [HEADER]}), PLACES, reading=Reading(sheet="Không có")
        )

        self.assertEqual(self.codes(check), [("no_such_sheet", None, None)])

    def test_finds_the_header_below_merged_titles(self):
        with xlsxwriter.Workbook(self.path()) as book:
            sheet = book.add_worksheet()
            sheet.merge_range(0, 0, 0, 4, "BÁO CÁO SỐ LIỆU DÂN SỐ")
            sheet.merge_range(1, 0, 1, 4, "Tháng 3/2026")
            sheet.write_row(3, 1, ["MÃ", "Tên Xã", "Số dân"])
            sheet.write_row(4, 1, ["01", "A", 5])

        check = self.check_path(self.path(), schema_of("ma:code", "ten_xa", "so_dan:integer"))

        self.assertEqual((check.outcome, check.reading.header_row), ("accepted", 4))
        self.assertEqual((check.records, check.accepted), (1, 1))

    def test_rows_are_counted_as_excel_shows_them(self):
        check = self.check_rows(PLACES, [], HEADER, ["01", "A", 5], [], ["02", "B", "x"])

        self.assertEqual(self.codes(check), [("not_a_number", 5, "so_dan")])
        self.assertEqual((check.records, check.accepted, check.blank), (3, 1, 1))

    def test_cells_beyond_the_header_are_not_lost(self):
        check = self.check_rows(PLACES, HEADER, ["01", "A", 5, "?"], ["02", "B", 6])

        self.assertEqual(self.codes(check), [("wrong_number_of_cells", 2, None)])

    def test_an_empty_sheet(self):
        self.assertEqual(self.codes(self.check_rows(PLACES)), [("empty_file", None, None)])
        self.assertEqual(self.codes(self.check_rows(PLACES, HEADER)), [("no_records", None, None)])


class CellTests(WorkbookTestCase):
    def test_numbers_are_what_excel_shows(self):
        check = self.check_rows(
            schema_of("x:decimal"), ["x"], [0.1 + 0.2], [1.234], [-5], [1e-7], [123456.789]
        )

        self.assertEqual(check.outcome, "accepted")
        self.assertEqual(self.xs(check), ["0.3", "1.234", "-5", "0.0000001", "123456.789"])

    def test_numbers_as_text_are_read_by_the_evidence_of_their_column(self):
        schema = schema_of("x:decimal")

        check = self.check_rows(schema, ["x"], ["1.234,5"], ["1.234"], [1.234])
        self.assertEqual(self.xs(check), ["1234.5", "1234", "1.234"])
        check = self.check_rows(schema, ["x"], ["1.234"], [1.5])
        self.assertEqual(check.outcome, "needs_confirmation")

    def test_digits_that_excel_cannot_keep_are_refused(self):
        check = self.check_rows(
            schema_of("n:integer", "c:code"),
            ["n", "c"],
            [9007199254740993, 9007199254740993],
            ["9007199254740993", "9007199254740993"],
        )

        self.assertEqual(
            self.codes(check), [("imprecise_number", 2, "n"), ("imprecise_number", 2, "c")]
        )
        self.assertEqual(self.rows(check), [{"n": 9007199254740993, "c": "9007199254740993"}])

    def test_days_as_days_texts_and_serials(self):
        def write(book, sheet):
            day = book.add_format({"num_format": "dd/mm/yyyy"})
            sheet.write_datetime(1, 0, datetime(2024, 1, 5), day)  # noqa: DTZ001
            sheet.write(2, 0, "6/1/2024")
            sheet.write(3, 0, 45298)

        check = self.check_cells("date", write)

        self.assertEqual(self.xs(check), ["2024-01-05", "2024-01-06", "2024-01-07"])
        self.assertEqual(self.codes(check), [("date_serial", 4, "x")])

    def test_days_counted_from_1904(self):
        with xlsxwriter.Workbook(self.path(), {"date_1904": True}) as book:
            sheet = book.add_worksheet()
            sheet.write_column(0, 0, ["x", 45292 - 1462])
            day = book.add_format({"num_format": "dd/mm/yyyy"})
            sheet.write_datetime(2, 0, datetime(2024, 1, 2), day)  # noqa: DTZ001

        check = self.check_path(self.path(), schema_of("x:date"))

        self.assertEqual(self.xs(check), ["2024-01-01", "2024-01-02"])

    def test_a_year_or_a_clock_time_is_no_day(self):
        def write(book, sheet):
            sheet.write(1, 0, 2024)
            sheet.write(2, 0, 45298.5)
            sheet.write(3, 0, 0.5, book.add_format({"num_format": "hh:mm"}))

        check = self.check_cells("date", write)

        self.assertEqual(self.codes(check), [("not_a_date", row, "x") for row in (2, 3, 4)])

    def test_a_period_that_excel_made_a_day_of(self):
        def write(book, sheet):
            month = book.add_format({"num_format": "mm/yyyy"})
            sheet.write_datetime(1, 0, datetime(2026, 3, 1), month)  # noqa: DTZ001
            sheet.write(2, 0, "Quý I/2026")
            sheet.write(3, 0, 2026)

        check = self.check_cells("period", write)

        self.assertEqual(self.xs(check), ["2026-03", "2026-Q1", "2026"])
        self.assertEqual(check.issues_by_code, {"day_as_month": 1})

    def test_error_values_are_faults_in_every_type(self):
        for kind in ("text", "code", "decimal", "date", "boolean", "period"):
            with self.subTest(kind=kind):

                def write(book, sheet):
                    sheet.write_formula(1, 0, "=1/0", None, "#DIV/0!")
                    sheet.write_formula(2, 0, "=NA()", None, "#N/A")

                check = self.check_cells(kind, write)

                self.assertEqual(
                    [(i.code, i.row, i.value) for i in check.issues],
                    [("error_cell", 2, "#DIV/0!"), ("error_cell", 3, "#N/A")],
                )

    def test_formulas_give_their_results_and_are_faults_without_one(self):
        with xlsxwriter.Workbook(self.path()) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["x", "y"])
            sheet.write_formula(1, 0, "=1+1", None, 987)
            sheet.write_row(1, 1, [1])
            sheet.write_row(2, 0, [3, 1])
        self.rewrite("sheet1.xml", b"<v>987</v>", b"<v></v>")

        check = self.check_path(self.path(), schema_of("x:integer", "y:integer"))
        self.assertEqual(self.codes(check), [("formula_without_value", 2, "x")])

        def write(_book, sheet):
            sheet.write_formula(1, 0, "=1+1", None, 2)
            sheet.write_formula(2, 0, '=IF(1,"a","")', None, "a")

        self.assertEqual(self.xs(self.check_cells("text", write)), ["2", "a"])

    def test_codes_filled_with_zeros_are_what_excel_shows(self):
        def write(book, sheet):
            sheet.write(1, 0, 7, book.add_format({"num_format": "00000"}))
            sheet.write(2, 0, "00008")
            sheet.write(3, 0, 9)

        check = self.check_cells("code", write)

        self.assertEqual(self.xs(check), ["00007", "00008", "9"])
        self.assertEqual(self.codes(check), [("number_as_code", 4, "x")])

    def test_per_cents_are_what_excel_shows(self):
        def write(book, sheet):
            sheet.write(1, 0, 0.125, book.add_format({"num_format": "0.0%"}))
            sheet.write(2, 0, 12.5)
            sheet.write(3, 0, "12,5%")

        self.assertEqual(self.xs(self.check_cells("percent", write)), ["12.5", "12.5", "12.5"])

    def test_yes_no_and_multiline_text(self):
        check = self.check_rows(
            schema_of("a:boolean", "b"), ["a", "b"], [True, " x\ny "], [0, "e\u0302\u0323"]
        )

        self.assertEqual(self.rows(check), [{"a": True, "b": "x\ny"}, {"a": False, "b": "ệ"}])

    def test_text_in_an_old_font_is_put_to_a_person(self):
        rows = [
            ["ten"],
            ["Céng hßa x· héi chñ nghÜa ViÖt Nam"],
            ["§éc lËp - Tù do - H¹nh phóc"],
        ]
        path = self.book({"S": rows})

        check = self.check_path(path, schema_of("ten"))
        self.assertEqual(check.outcome, "needs_confirmation")
        self.assertEqual(check.reading.candidates[0]["value"], "tcvn3")

        check = self.check_path(path, schema_of("ten"), reading=Reading(encoding="tcvn3"))
        self.assertEqual(self.rows(check)[0]["ten"], "Cộng hòa xã hội chủ nghĩa Việt Nam")


class PretenderTests(WorkbookTestCase):
    def test_each_gets_a_sentence(self):
        for content, code in (
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged_file"),
            (b"<html><table><tr><td>ma</td></tr></table></html>", "web_page"),
            (b"\xef\xbb\xbf  <!DOCTYPE html><html>", "web_page"),
            (b"%PDF-1.7 ...", "not_a_table"),
            (b"PK\x03\x04 broken", "damaged_file"),
        ):
            with self.subTest(code=code):
                check = self.check(content, PLACES, filename="a.xlsx")

                self.assertEqual(check.outcome, "rejected")
                self.assertEqual(self.codes(check), [(code, None, None)])
                self.assertTrue(check.issues[0].message.endswith("."))

    def test_a_zip_without_a_workbook(self):
        with zipfile.ZipFile(self.path(), "w") as archive:
            archive.writestr("a.csv", "x")

        [issue] = self.check_path(self.path(), PLACES).issues

        self.assertEqual((issue.code, issue.expected), ("not_a_table", "ZIP"))

    def test_a_workbook_that_is_cut_off(self):
        content = self.book({"S": [HEADER] + [["01", "A", 5]] * 500}).read_bytes()

        check = self.check(content[: len(content) // 2], PLACES, filename="b.xlsx")

        self.assertEqual(self.codes(check), [("damaged_file", None, None)])

    def test_a_workbook_with_broken_xml(self):
        source = self.book({"S": [HEADER, ["01", "A", 5]]})
        broken = self.path("broken.xlsx")
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(broken, "w") as new:
            for part in old.namelist():
                content = old.read(part)
                new.writestr(part, content[:200] if "sheet1" in part else content)

        self.assertEqual(self.check_path(broken, PLACES).outcome, "rejected")

    def test_a_bomb_is_not_opened(self):
        path = self.path()
        limit = workbook_parts.MAX_UNPACKED
        self.addCleanup(setattr, workbook_parts, "MAX_UNPACKED", limit)
        workbook_parts.MAX_UNPACKED = 1_000_000
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", "<workbook/>")
            archive.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)

        self.assertEqual(
            self.codes(self.check_path(path, PLACES)), [("too_big_unpacked", None, None)]
        )

    def test_a_cell_far_outside_does_not_fill_the_memory(self):
        far = [(1_048_575, 16_383), (1_048_575, 60), (20_000, 16_383)]
        for place in far:
            with self.subTest(place=place):
                with xlsxwriter.Workbook(self.path()) as book:
                    sheet = book.add_worksheet()
                    sheet.write_column(0, 0, ["ten", "A"])
                    sheet.write(*place, "x")

                check = self.check_path(self.path(), schema_of("ten"))

                self.assertEqual(self.codes(check), [("too_large_sheet", None, None)])

    def test_a_format_far_outside_is_nothing(self):
        with xlsxwriter.Workbook(self.path()) as book:
            sheet = book.add_worksheet()
            sheet.write_column(0, 0, ["ten", "A"])
            sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))

        self.assertEqual(self.check_path(self.path(), schema_of("ten")).outcome, "accepted")

    def test_a_text_named_xlsx_is_read_as_text(self):
        check = self.check("ma,ten,so_dan\n01,A,5\n", PLACES, filename="a.xlsx")

        self.assertEqual((check.outcome, check.reading.format), ("accepted", "csv"))
