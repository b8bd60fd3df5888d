"""Texts without quotation marks are read as columns, and mean what they mean line by line."""

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.datasets.imports.columns import TableSchema
from tests.datasets.table_files import TableTestCase, schema_of

ABC = schema_of("a", "b", "c")
CELLS = st.sampled_from(["", "", " ", "x", "y z", " x", "x ", "\u00a0", "ế", "5", "'", "\u200b"])
LINES = st.lists(st.lists(CELLS, max_size=5) | st.lists(CELLS, min_size=3, max_size=3), max_size=8)


class PlainColumnTests(TableTestCase):
    def read(self, content, schema=ABC):
        """Return the cells and the odd rows of a text."""
        check = self.check(content, schema)
        cells = check.workspace.run("SELECT row, c0, c1, c2 FROM cells ORDER BY row")
        return cells, check.workspace.run("SELECT row, fault FROM odd ORDER BY row")

    def test_an_empty_cell_too_many_is_found(self):
        for end in ("\n", ""):
            with self.subTest(end=end):
                cells, odd = self.read("a;b;c\n1;2;3\n4;5;6;" + end)

                self.assertEqual(cells, [(2, "1", "2", "3")])
                self.assertEqual(odd, [(3, "wrong_number_of_cells")])

    def test_an_empty_cell_too_many_does_not_make_up_for_a_missing_one(self):
        _cells, odd = self.read("a;b;c\n1;2\n4;5;6;\n7;8;9\n")

        self.assertEqual(odd, [(2, "wrong_number_of_cells"), (3, "wrong_number_of_cells")])

    def test_blank_lines_keep_their_numbers(self):
        cells, odd = self.read("Báo cáo\n\na;b;c\n1;2;3\n\n;;\n \u00a0;;\n4;5;6\n\n")

        self.assertEqual([row for row, *_cells in cells], [4, 8])
        self.assertEqual(odd, [(row, "blank") for row in (5, 6, 7, 9)])

    def test_rows_of_blanks_keep_their_numbers(self):
        cells, odd = self.read("Báo cáo\n\na;b;c\n1;2;3\n;;\n \u00a0;;\n4;5;6")

        self.assertEqual([row for row, *_cells in cells], [4, 7])
        self.assertEqual(odd, [(row, "blank") for row in (5, 6)])

    def test_a_row_that_only_an_ignored_column_fills_is_not_blank(self):
        schema = TableSchema(ABC.columns, ignore_unknown=True)

        cells, odd = self.read("a;d;b;c\n4;x;2;7\n;x;;\n;;;\n", schema)

        self.assertEqual(cells, [(2, "4", "2", "7"), (3, None, None, None)])
        self.assertEqual(odd, [(4, "blank")])

    def test_a_text_of_many_columns_is_read_all_the_same(self):
        schema = TableSchema(ABC.columns, ignore_unknown=True)
        others = [f"x{n}" for n in range(300)]

        cells, odd = self.read(
            f"a;b;c;{';'.join(others)}\n1;2;3{';x' * 300}\n4;5;6{';' * 301}\n", schema
        )

        self.assertEqual(cells, [(2, "1", "2", "3")])
        self.assertEqual(odd, [(3, "wrong_number_of_cells")])

    def test_marks_and_ends_of_lines(self):
        for text in ("\ufeffa;b;c\n1;2;3\n", "a;b;c\r\n1;2;3\r\n", "a;b;c\r\n1;2;3"):
            with self.subTest(text=text):
                self.assertEqual(self.read(text), ([(2, "1", "2", "3")], []))

    @settings(max_examples=60, deadline=None)
    @given(LINES)
    def test_means_the_same_as_read_line_by_line(self, lines):
        text = "".join(
            ";".join(cells) + "\n" for cells in (["a", "b", "c"], ["4", "2", "7"], *lines)
        )

        plain = self.read(text)
        # One quoted cell, and no line is read as columns.
        cells, odd = self.read(text + '"8";9;"10"\n')

        self.assertEqual(cells.pop(), (len(lines) + 3, "8", "9", "10"))
        self.assertEqual(plain, (cells, odd))
