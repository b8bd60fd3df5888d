"""Tables where they lie: read, filtered, added up, compared, merged."""

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.jobs import JobRefused
from portal.datasets import store
from portal.datasets.diffs import diff_tables, merge_tables
from portal.datasets.imports.column import Column
from portal.datasets.imports.columns import TableSchema

SCHEMA = TableSchema(
    [
        Column(name="ky", title="Kỳ", type="period", is_key=True),
        Column(name="noi", title="Địa bàn", type="text", is_key=True),
        Column(name="so", title="Số", type="integer"),
        Column(name="tien", title="Tiền", type="decimal"),
        Column(name="ngay", title="Ngày", type="date"),
    ],
    mode="upsert",
)
NO_KEY = TableSchema([Column(name="so", title="Số", type="integer")])
ROWS = [
    ("2026-01", "Đông An", 3, Decimal("1.50"), date(2026, 1, 5)),
    ("2026-01", "An Bình", 4, Decimal("2.25"), None),
    ("2026-02", "Đông An", None, Decimal("9007199254740993.01"), date(2026, 2, 5)),
]


class Tables(SimpleTestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def table(self, rows, name="a"):
        path = self.folder / f"{name}.parquet"
        with duckdb.connect() as database:
            database.execute(
                "CREATE TABLE t (_row BIGINT, ky VARCHAR, noi VARCHAR, so BIGINT, "
                "tien DECIMAL(20, 2), ngay DATE)"
            )
            for number, row in enumerate(rows, start=2):
                database.execute("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", [number, *row])
            database.execute(f"COPY t TO '{path}' (FORMAT parquet)")
        return path


class Reading(Tables):
    def test_rows_in_the_order_of_the_file_exactly(self):
        rows = store.read_rows(self.table(ROWS))
        self.assertEqual([tuple(row.values()) for row in rows], ROWS)

    def test_filter_sort_page(self):
        path = self.table(ROWS)
        self.assertEqual(store.row_count(path, [("ky", "=", "2026-01")]), 2)
        self.assertEqual(store.row_count(path, [("tien", ">=", "2,25")]), 0)
        self.assertEqual(store.row_count(path, [("tien", ">=", "2.25")]), 2)
        self.assertEqual(store.row_count(path, [("so", "=", "không phải số")]), 0)
        self.assertEqual(store.row_count(path, [("khong_co", "=", "1")]), 0)
        rows = store.read_rows(path, ["so"], sort="-so", limit=2)
        self.assertEqual([row["so"] for row in rows], [4, 3])

    def test_vietnamese_order(self):
        names = ["Đại An", "Dương", "Ân Thi", "An Bình", "Ăn"]
        path = self.table([("2026-01", name, 1, None, None) for name in names])
        found = [row["noi"] for row in store.read_rows(path, ["noi"], sort="noi")]
        self.assertEqual(found, ["An Bình", "Ăn", "Ân Thi", "Dương", "Đại An"])

    def test_a_hostile_name_is_only_a_name(self):
        rows = store.read_rows(self.table(ROWS), ['x"; DROP TABLE t; --'])
        self.assertEqual([list(row.values()) for row in rows], [[None]] * 3)

    def test_sums_are_exact_and_grouped(self):
        path = self.table(ROWS)
        by_period = store.aggregate(path, "tien", "sum", group_by=["ky"])
        self.assertEqual(
            by_period,
            [
                {"ky": "2026-01", "value": Decimal("3.75"), "is_total": False},
                {"ky": "2026-02", "value": Decimal("9007199254740993.01"), "is_total": False},
            ],
        )
        both = store.aggregate(path, "so", "sum", group_by=["ky", "noi"], total_over="noi")
        totals = {row["ky"]: row["value"] for row in both if row["is_total"]}
        self.assertEqual(totals, {"2026-01": 7, "2026-02": None})
        self.assertEqual(store.aggregate(path, None, "count")[0]["value"], 3)
        self.assertEqual(store.aggregate(path, "so", "avg")[0]["value"], Decimal("3.5"))
        third = store.aggregate(path, "tien", "avg")[0]["value"]
        self.assertEqual(third, Decimal("3002399751580332.25333333"))
        only = store.aggregate(path, "so", "sum", filter_column="noi", filter_value="An Bình")
        self.assertEqual(only[0]["value"], 4)


class Comparing(Tables):
    def test_against_nothing_everything_is_new(self):
        diff = diff_tables(None, self.table(ROWS), SCHEMA)
        self.assertEqual((diff.added, diff.removed, diff.changed, diff.unchanged), (3, 0, 0, 0))

    def test_by_key(self):
        old = self.table(ROWS)
        changed = ("2026-01", "Đông An", 5, Decimal("1.5"), date(2026, 1, 5))
        new = self.table([changed, ROWS[1], ("2026-03", "Mới", 1, None, None)], "b")
        diff = diff_tables(old, new, SCHEMA)
        self.assertEqual((diff.added, diff.removed, diff.changed, diff.unchanged), (1, 1, 1, 1))
        self.assertEqual(diff.columns, {"so": 1})
        sample = diff.samples[0]
        self.assertEqual(sample["key"], {"ky": "2026-01", "noi": "Đông An"})
        self.assertEqual(sample["cells"], [{"column": "so", "old": 3, "new": 5}])

    def test_without_key_rows_are_counted(self):
        old = self.table([("k", "n", 1, None, None)] * 2)
        new = self.table([("k", "n", 1, None, None), ("k", "n", 2, None, None)], "b")
        diff = diff_tables(old, new, NO_KEY)
        self.assertEqual((diff.added, diff.removed, diff.unchanged), (1, 1, 1))

    @settings(max_examples=25, deadline=None)
    @given(
        st.dictionaries(st.integers(0, 8), st.integers(0, 3), max_size=6),
        st.dictionaries(st.integers(0, 8), st.integers(0, 3), max_size=6),
    )
    def test_counts_follow_from_the_keys(self, before, after):
        old = self.table([("k", str(k), v, None, None) for k, v in before.items()])
        new = self.table([("k", str(k), v, None, None) for k, v in after.items()], "b")
        diff = diff_tables(old, new, SCHEMA)
        both = before.keys() & after.keys()
        changed = sum(before[key] != after[key] for key in both)
        expected = (len(after) - len(both), len(before) - len(both), changed, len(both) - changed)
        self.assertEqual((diff.added, diff.removed, diff.changed, diff.unchanged), expected)


class Merging(Tables):
    def merged(self, old, new, schema=SCHEMA):
        out = self.folder / "out.parquet"
        merge_tables(self.table(old), self.table(new, "b"), schema, out)
        return [tuple(row.values()) for row in store.read_rows(out)]

    def test_upsert_replaces_and_adds(self):
        changed = ("2026-01", "An Bình", 9, None, None)
        added = ("2026-03", "Mới", 1, None, None)
        self.assertEqual(self.merged(ROWS, [changed, added]), [ROWS[0], ROWS[2], changed, added])

    def test_append_refuses_a_known_key(self):
        schema = TableSchema(SCHEMA.columns, mode="append")
        added = ("2026-03", "Mới", 1, None, None)
        self.assertEqual(self.merged(ROWS, [added], schema), [*ROWS, added])
        with self.assertRaises(JobRefused):
            self.merged(ROWS, [ROWS[1]], schema)
