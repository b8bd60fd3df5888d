"""Sheets as other programs write them, and what stands in them beside values."""

import zipfile
from itertools import product

import xlsxwriter
from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from portal.core.table_files.spreadsheet_cells import cell_text, column_texts
from portal.datasets.imports.numbers import SHAPES, shape_of
from tests.datasets.table_files import schema_of
from tests.datasets.test_table_xlsx import WorkbookTestCase

TWO = schema_of("x", "y:integer")


class SheetXmlTests(WorkbookTestCase):
    def check_xml(self, rows, schema=TWO):
        """Check a sheet whose rows are the XML ``rows``."""
        with xlsxwriter.Workbook(self.path()) as book:
            book.add_worksheet("S")
        data = b"<sheetData>%s</sheetData>" % rows.encode()
        self.rewrite("sheet1.xml", b"<sheetData/>", data)
        return self.check_path(self.path(), schema)

    def header(self, row="<row>", more=""):
        named = "".join(f"<c t='inlineStr'><is><t>{name}</t></is></c>" for name in "xy")
        return f"{row}{named}{more}</row>"

    def test_cells_that_do_not_say_where_they_stand_are_counted(self):
        check = self.check_xml(
            self.header()
            + '<row><c><v>1</v></c><c t="e"><v>#N/A</v></c></row>'
            + '<row r="5"><c t="e"><v>#REF!</v></c><c><v>2</v></c></row>'
            + "<row><c><v>1</v></c><c><f>1+1</f></c></row>"
        )

        self.assertEqual(
            self.codes(check),
            [("error_cell", 2, "y"), ("error_cell", 5, "x"), ("formula_without_value", 6, "y")],
        )

    def test_apostrophes_around_attributes(self):
        check = self.check_xml(self.header() + "<row><c/><c r='B2' t='e'><v>#N/A</v></c></row>")

        self.assertEqual(self.codes(check), [("error_cell", 2, "y")])

    def test_a_prefix_before_every_name(self):
        check = self.check_xml(self.header() + '<row><c/><c r="B2" t="e"><v>#N/A</v></c></row>')
        self.assertEqual(self.codes(check), [("error_cell", 2, "y")])

        names = (b"row", b"c", b"v", b"f", b"is", b"t", b"sheetData", b"worksheet")
        for name in names:
            self.rewrite("sheet1.xml", b"<%s>" % name, b"<x:%s>" % name)
            self.rewrite("sheet1.xml", b"<%s " % name, b"<x:%s " % name)
            self.rewrite("sheet1.xml", b"</%s>" % name, b"</x:%s>" % name)
        self.rewrite("sheet1.xml", b"<x:worksheet xmlns=", b"<x:worksheet xmlns:x=")
        check = self.check_path(self.path(), TWO)
        self.assertEqual(self.codes(check), [("error_cell", 2, "y")])

    def test_rows_of_formulas_that_nobody_calculated_are_records(self):
        check = self.check_xml(
            self.header()
            + '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row>'
            + '<row r="3"><c r="A3"><f>A2</f></c><c r="B3"><f>B2</f></c></row>'
            + '<row r="4"><c r="B4"><f>B3</f><v></v></c></row>'
        )

        self.assertEqual((check.records, check.accepted), (3, 1))
        self.assertEqual(
            self.codes(check),
            [("formula_without_value", *at) for at in ((3, "x"), (3, "y"), (4, "y"))],
        )

    def test_a_font_family_is_no_formula(self):
        rich = "<is><r><rPr><family val='2'/></rPr><t>A</t></r></is>"

        check = self.check_xml(
            self.header() + f'<row><c t="inlineStr">{rich}</c><c><f>1+1</f><v>2</v></c></row>'
        )

        self.assertEqual(self.rows(check), [{"x": "A", "y": 2}])

    def test_numbers_without_an_end_are_errors(self):
        for number in ("NaN", "inf", "-inf"):
            with self.subTest(number=number):
                check = self.check_xml(
                    self.header() + f"<row><c><v>1</v></c><c><v>{number}</v></c></row>"
                )

                self.assertEqual(
                    [(i.code, i.row, i.value) for i in check.issues], [("error_cell", 2, "#NUM!")]
                )

    def test_rows_out_of_order_are_damage(self):
        cells = [f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(2, 9000)]
        error = '<row r="{0}"><c r="B{0}" t="e"><v>#N/A</v></c></row>'

        check = self.check_xml(
            self.header('<row r="1">') + "".join(cells) + error.format(9000) + error.format(5)
        )

        self.assertEqual(self.codes(check), [("damaged_file", None, None)])

    def test_two_parts_of_one_name_are_damage(self):
        path = self.book({"S": [["x", "y"], ["a", 1]]})
        with self.assertWarns(UserWarning), zipfile.ZipFile(path, "a") as archive:
            archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")

        self.assertEqual(self.codes(self.check_path(path, TWO)), [("damaged_file", None, None)])

    def test_a_sheet_whose_bytes_were_changed_is_damaged(self):
        path = self.book({"S": [["x", "y"], *([f"a{n}", n] for n in range(2000))]})
        content = bytearray(path.read_bytes())
        with zipfile.ZipFile(path) as archive:
            start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
        content[start + 2000] ^= 0xFF
        path.write_bytes(content)

        self.assertEqual(self.codes(self.check_path(path, TWO)), [("damaged_file", None, None)])

    def test_many_rows_are_counted_and_read_as_few(self):
        rows = [[f"a{n}", n] for n in range(2, 6001)]
        rows[700] = ["", " "]
        rows[2900] = ["b", 1, "?"]
        rows[4300] = ["", 5]
        rows[4999] = ["c\nd ", 0.1 + 0.2]

        check = self.check_rows(schema_of("x", "y:decimal"), ["x", "y"], *rows)

        self.assertEqual(self.codes(check), [("wrong_number_of_cells", 2902, None)])
        self.assertEqual((check.records, check.accepted, check.blank), (5999, 5997, 1))
        read = check.workspace.run(
            "SELECT row, c0, ltrim(c1, chr(29)) FROM cells "
            "WHERE c0 IS DISTINCT FROM 'a' || row OR row = 6000"
        )
        self.assertEqual(
            sorted(read), [(4302, None, "5"), (5001, "c\nd", "0.3"), (6000, "a6000", "6000")]
        )


CELLS = (
    st.text(st.characters(codec="utf-8"), max_size=6)
    | st.floats(allow_nan=True)
    | st.integers(-(10**16), 10**16).map(float)
    | st.booleans()
    | st.dates()
    | st.times()
    | st.datetimes()
)


class ColumnTextTests(SimpleTestCase):
    @given(st.lists(CELLS) | st.lists(st.floats()) | st.lists(st.text()))
    def test_a_column_is_read_as_its_cells(self, values):
        self.assertEqual(column_texts(values), [cell_text(value) for value in values])


class ShapeTests(SimpleTestCase):
    def test_no_text_has_two_shapes(self):
        for length in range(1, 7):
            for signs in product("01.,-", repeat=length):
                shape, text = shape_of("".join(signs)), "".join(signs)
                found = [each for each in SHAPES if shape_of(text, (each,))]
                self.assertEqual(found, [shape] if shape else [], text)
