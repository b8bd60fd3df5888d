"""Reading written tables: rows, filters, exact sums, profiles, downloads."""

import csv
import io
from datetime import date
from decimal import Decimal

import python_calamine

from portal.datasets import store
from portal.datasets.imports.columns import Column
from tests.datasets.table_files import TableTestCase, schema_of

SCHEMA = schema_of(
    Column("ma", type="code", is_key=True),
    "ten",
    "so:integer",
    Column("gia", type="decimal", scale=2),
    "ngay:date",
    "co:boolean",
)
TEXT = """ma;ten;so;gia;ngay;co
03;Đông;30;0,10;05/01/2024;có
01;Ân;10;0,20;;không
02;An;;1.000,05;06/01/2024;
"""


class StoreTestCase(TableTestCase):
    def write(self, text=TEXT, schema=SCHEMA, name="t.parquet"):
        check = self.check(text, schema)
        self.assertEqual(check.outcome, "accepted", check.issues)
        check.write_parquet(self.folder / name)
        return self.folder / name

    def codes_of(self, **options):
        return [row["ma"] for row in store.read_rows(self.write(), **options)]


class RowTests(StoreTestCase):
    def test_rows_come_in_file_order_with_typed_values(self):
        first, *_others = store.read_rows(self.write())

        self.assertEqual(
            first,
            {
                "_row": 2,
                "ma": "03",
                "ten": "Đông",
                "so": 30,
                "gia": Decimal("0.10"),
                "ngay": date(2024, 1, 5),
                "co": True,
            },
        )

    def test_sorts_as_vietnamese_sorts_and_puts_empty_cells_last(self):
        self.assertEqual(self.codes_of(sort="ten"), ["02", "01", "03"])
        self.assertEqual(self.codes_of(sort=["-so"]), ["03", "01", "02"])

    def test_pages(self):
        self.assertEqual(self.codes_of(offset=1, limit=1), ["01"])

    def test_filters(self):
        for filters, expected in (
            ({"ma": "01"}, ["01"]),
            ({"so__gte": "10", "so__lt": 30}, ["01"]),
            ({"gia": "1000.05"}, ["02"]),
            ({"gia__gt": Decimal("0.1")}, ["01", "02"]),
            ({"ngay__lte": "2024-01-05"}, ["03"]),
            ({"ngay": None}, ["01"]),
            ({"so__isnull": False}, ["03", "01"]),
            ({"ten__contains": "dong"}, ["03"]),
            ({"ten__contains": "AN"}, ["01", "02"]),
            ({"ma__in": ["01", "02"]}, ["01", "02"]),
            ({"ma__in": []}, []),
            ({"co": "true"}, ["03"]),
        ):
            with self.subTest(filters=filters):
                self.assertEqual(self.codes_of(filters=filters), expected)
                self.assertEqual(store.filtered_count(self.write(), filters), len(expected))

    def test_refuses_columns_and_filters_that_are_not_there(self):
        path = self.write()

        for options in ({"columns": ["x"]}, {"sort": 'ma" DESC --'}, {"filters": {"x": 1}}):
            with self.subTest(options=options), self.assertRaises(store.UnknownColumn):
                store.read_rows(path, **options)
        for filters in ({"ma__like": "0"}, {"so": "x"}, {"ngay": "5/1/2024"}, {"co": "?"}):
            with self.subTest(filters=filters), self.assertRaises(store.UnknownFilter):
                store.read_rows(path, filters=filters)

    def test_opens_a_table_whose_name_has_signs_of_a_pattern(self):
        self.assertEqual(store.row_count(self.write(name="a[1]*'.parquet")), 3)


class AggregateTests(StoreTestCase):
    def value(self, *arguments, **options):
        [row] = store.aggregate(self.write(), *arguments, **options)
        return row["value"]

    def test_sums_are_exact(self):
        self.assertEqual(self.value("gia", "sum"), Decimal("1000.35"))
        self.assertEqual(self.value("so", "sum"), 40)
        self.assertIsInstance(self.value("so", "sum"), Decimal)

    def test_averages_are_exact(self):
        self.assertEqual(self.value("gia", "avg") * 3, Decimal("1000.35"))
        self.assertEqual(self.value("so", "avg"), 20)

    def test_smallest_largest_and_count(self):
        self.assertEqual(self.value("gia", "max"), Decimal("1000.05"))
        self.assertEqual(self.value("so", "min"), 10)
        self.assertEqual(self.value("so", "count"), 2)
        self.assertEqual(self.value("", "count"), 3)

    def test_large_whole_numbers_do_not_overflow(self):
        schema = schema_of("x:integer")
        path = self.write("x\n999999999999999999\n999999999999999999\n", schema)

        [row] = store.aggregate(path, "x", "sum")

        self.assertEqual(row["value"], 2 * 999999999999999999)

    def test_groups_and_filters(self):
        path = self.write()

        self.assertEqual(
            store.aggregate(path, "so", "sum", group_by=["co"]),
            [{"co": False, "value": 10}, {"co": True, "value": 30}, {"co": None, "value": None}],
        )
        self.assertEqual(
            store.aggregate(path, "so", "sum", filter_column="ma", filter_value="01"),
            [{"value": 10}],
        )

    def test_refuses_what_cannot_be_summed(self):
        for column, aggregate in (("ten", "sum"), ("so", "median")):
            with self.assertRaises(store.UnknownFilter):
                store.aggregate(self.write(), column, aggregate)


class ProfileTests(StoreTestCase):
    def test_tells_what_a_column_holds(self):
        found = store.profile(self.write())

        self.assertNotIn("_row", found)
        self.assertEqual(
            found["so"],
            {"filled": 2, "empty": 1, "distinct": 2, "min": 10, "max": 30,
             "top": [(10, 1), (30, 1)]},
        )  # fmt: skip


class DownloadTests(StoreTestCase):
    def test_csv_opens_in_a_spreadsheet(self):
        out = io.BytesIO()

        store.write_csv(self.write(), out, {"ma": "Mã", "gia": "Giá", "co": "Có"})

        self.assertEqual(
            out.getvalue().decode("utf-8"),
            "\ufeffMã,Giá,Có\r\n03,0.1,true\r\n01,0.2,false\r\n02,1000.05,\r\n",
        )

    def test_csv_runs_no_formula(self):
        texts = ["=1+1", "+1", "-1", "@x", "bình thường"]
        path = self.write("ten\n" + "\n".join(texts), schema_of("ten"))
        out = io.BytesIO()

        store.write_csv(path, out)

        rows = list(csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"))))
        self.assertEqual([row[0] for row in rows], ["ten", "'=1+1", "'+1", "'-1", "'@x", texts[4]])

    def test_a_download_can_be_uploaded_again(self):
        out = io.BytesIO()
        store.write_csv(self.write(), out, ["ma", "ten", "so", "gia", "ngay", "co"])

        again = self.check(out.getvalue(), SCHEMA, filename="b.csv")

        self.assertEqual(again.outcome, "accepted", again.issues)
        self.assertEqual(self.rows(again), self.rows(self.check(TEXT, SCHEMA)))

    def test_workbook(self):
        schema = schema_of("ma:code", "so:integer", "gia:decimal", "ngay:date")
        text = "ma;so;gia;ngay\n=1;9007199254740993;1,5;05/01/2024\n"
        target = self.folder / "t.xlsx"

        with target.open("wb") as out:
            store.write_xlsx(self.write(text, schema), out)

        rows = python_calamine.CalamineWorkbook.from_path(str(target)).get_sheet_by_index(0)
        self.assertEqual(
            rows.to_python(),
            [["ma", "so", "gia", "ngay"], ["=1", "9007199254740993", 1.5, date(2024, 1, 5)]],
        )
