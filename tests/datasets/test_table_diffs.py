"""Differences between tables, with and without keys, and merging."""

from portal.datasets import store
from portal.datasets.diffs import RepeatedKeys, diff_tables, merge_tables
from portal.datasets.imports.columns import Column
from tests.datasets.table_files import TableTestCase, schema_of

KEYED = schema_of(Column("ma", type="code", is_key=True), "ten", "gia:decimal")
PLAIN = schema_of("ten", "gia:decimal")


class DiffTestCase(TableTestCase):
    def write(self, name, text, schema):
        check = self.check(text, schema)
        self.assertEqual(check.outcome, "accepted", check.issues)
        check.write_parquet(self.folder / name)
        return self.folder / name

    def diff(self, old, new, schema):
        header = ";".join(column.name for column in schema.columns)
        paths = [
            None if rows is None else self.write(name, f"{header}\n{rows}", schema)
            for name, rows in (("old", old), ("new", new))
        ]
        return diff_tables(*paths, schema)

    def counts(self, diff):
        return (diff.added, diff.removed, diff.changed, diff.unchanged)


class KeyedTests(DiffTestCase):
    def test_counts_and_shows_what_changed(self):
        diff = self.diff("01;A;1\n02;B;2\n03;C;3", "02;B;2,5\n01;A;1\n04;D;4", KEYED)

        self.assertEqual(self.counts(diff), (1, 1, 1, 1))
        self.assertEqual(diff.columns, {"gia": 1})
        self.assertEqual(
            diff.samples["changed"],
            [
                {
                    "key": {"ma": "02"},
                    "old": {"ma": "02", "ten": "B", "gia": "2"},
                    "new": {"ma": "02", "ten": "B", "gia": "2.5"},
                    "columns": ["gia"],
                }
            ],
        )
        self.assertEqual([each["key"] for each in diff.samples["added"]], [{"ma": "04"}])
        self.assertEqual([each["key"] for each in diff.samples["removed"]], [{"ma": "03"}])

    def test_other_scales_of_one_number_are_no_change(self):
        diff = self.diff("01;A;1\n02;B;2", "01;A;1,00\n02;B;2,50", KEYED)

        self.assertEqual(self.counts(diff), (0, 0, 1, 1))

    def test_empty_cells_are_compared(self):
        diff = self.diff("01;;1\n02;B;", "01;;1\n02;;", KEYED)

        self.assertEqual((self.counts(diff), diff.columns), ((0, 0, 1, 1), {"ten": 1}))

    def test_the_first_version_adds_everything(self):
        self.assertEqual(self.counts(self.diff(None, "01;A;1\n02;B;2", KEYED)), (2, 0, 0, 0))

    def test_the_same_table_has_no_difference(self):
        self.assertIs(self.diff("01;A;1", "01;A;1", KEYED).is_empty, True)

    def test_samples_are_capped(self):
        rows = "\n".join(f"{number};A;1" for number in range(100))

        self.assertEqual(len(self.diff(None, rows, KEYED).samples["added"]), 20)

    def test_a_column_that_is_new_was_empty_before(self):
        old = self.write("old", "ma;ten\n01;A", schema_of("ma:code", "ten"))
        new = self.write("new", "ma;ten;gia\n01;A;5", KEYED)

        diff = diff_tables(old, new, KEYED)

        self.assertEqual((diff.changed, diff.columns), (1, {"gia": 1}))


class WholeRowTests(DiffTestCase):
    def test_rows_count_as_often_as_they_stand_there(self):
        diff = self.diff("A;1\nA;1\nB;2\n;", "A;1\nC;3\nC;3\nB;", PLAIN)

        self.assertEqual(self.counts(diff), (3, 2, 0, 1))
        self.assertEqual(diff.samples["removed"][0]["old"], {"ten": "A", "gia": "1"})

    def test_order_does_not_count(self):
        self.assertIs(self.diff("A;1\nB;2", "B;2\nA;1", PLAIN).is_empty, True)


class MergeTests(DiffTestCase):
    def merge(self, mode, old, new, schema=KEYED):
        schema = schema_of(*schema.columns, mode=mode)
        header = ";".join(column.name for column in schema.columns)
        old, new = (
            self.write(name, f"{header}\n{rows}", schema) for name, rows in (("o", old), ("n", new))
        )
        merge_tables(old, new, schema, self.folder / "out")
        return [
            tuple(None if value is None else str(value) for value in row.values())
            for row in store.read_rows(self.folder / "out")
        ]

    def test_upsert_changes_in_place_and_appends(self):
        found = self.merge("upsert", "01;A;1\n02;B;2", "03;C;3\n01;;1,5")

        self.assertEqual(
            found, [("1", "01", None, "1.5"), ("2", "02", "B", "2.0"), ("3", "03", "C", "3.0")]
        )

    def test_append_keeps_both(self):
        found = self.merge("append", "A;1\nB;2", "A;1", PLAIN)

        self.assertEqual(found, [("1", "A", "1"), ("2", "B", "2"), ("3", "A", "1")])

    def test_append_refuses_a_key_that_stands_already(self):
        with self.assertRaises(RepeatedKeys) as caught:
            self.merge("append", "01;A;1", "02;B;2\n01;C;3")

        self.assertEqual((caught.exception.key, caught.exception.count), ("01", 1))

    def test_replace_keeps_the_new(self):
        self.assertEqual(self.merge("replace", "01;A;1", "02;B;2"), [("1", "02", "B", "2")])
