"""The keys of a reading copy, and rows put in order and compared by them."""

import random
import tempfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

import duckdb
import numpy
from django.test import SimpleTestCase

from portal.datasets.rows import keys as row_keys
from portal.datasets.rows import ordering
from portal.datasets.rows.keeping import rows_kept
from portal.datasets.rows.keys import ORDER, keys_at, same_keys, write_keys
from portal.datasets.rows.operators import filter_of
from portal.datasets.rows.ordering import rows_in_order
from portal.datasets.rows.questions import Question

TYPES = {
    "nho": "INTEGER",
    "lon": "BIGINT",
    "tien": "DECIMAL(18,2)",
    "dai": "DECIMAL(38,4)",
    "rat_lon": "HUGEINT",
    "ngay": "DATE",
    "luc": "TIMESTAMP",
    "dung": "BOOLEAN",
}
LOWEST, HIGHEST = -(2**63), 2**63 - 1
INSTANT = datetime(2024, 5, 1, 8)  # noqa: DTZ001 - as tables keep instants


class KeysCase(SimpleTestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "a.keys"
        self.database = duckdb.connect()
        self.addCleanup(self.database.close)

    def table(self, types, rows):
        """Make a table of ``rows``, write its keys, return them."""
        self.types = types
        columns = ", ".join(f'"{name}" {kind}' for name, kind in types.items())
        self.database.execute(f"CREATE OR REPLACE TABLE t ({columns})")
        if rows:
            marks = ", ".join("?" * len(types))
            self.database.executemany(f"INSERT INTO t VALUES ({marks})", rows)  # noqa: S608
        self.path.unlink(missing_ok=True)
        own = {name: kind for name, kind in types.items() if not name.endswith(ORDER)}
        write_keys(self.database, "t", own, self.path)
        return keys_at(self.path)


class KeyTests(KeysCase):
    def test_every_type_has_keys_in_the_order_of_its_values(self):
        columns = {
            "nho": (1, -(2**31) + 1, None, 2**31 - 1),
            "lon": (LOWEST + 1, HIGHEST, None, 0),
            "tien": (Decimal("-5.25"), Decimal("9999999999999999.99"), None, Decimal("0.01")),
            "dai": (Decimal("1.0001"), Decimal(10) ** 30, None, Decimal("-0.0001")),
            "rat_lon": (2**100, -5, None, 0),
            "ngay": (date(1969, 12, 31), date(1970, 1, 2), None, date(9999, 12, 31)),
            "luc": (INSTANT, INSTANT.replace(year=1960), None, INSTANT.replace(second=1)),
            "dung": (True, False, None, True),
        }
        rows = [*zip(*columns.values(), strict=True)]
        keys = self.table(TYPES, rows)

        for place, name in enumerate(TYPES):
            with self.subTest(column=name):
                filled = [number for number, row in enumerate(rows) if row[place] is not None]
                told = sorted(filled, key=lambda number: (rows[number][place], number))
                found = rows_in_order(keys, numpy.ones(4, bool), ((name, False),), 0, 9)
                self.assertEqual(found.tolist(), [*told, 2])
                self.assertEqual(keys.columns[name][2], keys.empty(name))
        self.assertEqual(keys.plain, {"nho", "lon", "tien", "ngay", "dung"})
        self.assertEqual(keys.columns["tien"][0], -525)
        self.assertEqual(keys.columns["ngay"].tolist()[:2], [-1, 1])

    def test_a_value_that_would_pass_for_empty_leaves_only_places_in_order(self):
        keys = self.table({"so": "BIGINT"}, [(5,), (LOWEST,), (None,)])

        self.assertEqual(keys.plain, frozenset())
        self.assertEqual(keys.columns["so"].tolist()[:2], [2, 1])

    def test_a_table_without_rows_has_keys_without_numbers(self):
        keys = self.table({"so": "BIGINT"}, [])

        self.assertEqual((keys.rows, len(keys.columns["so"])), (0, 0))
        nothing = rows_in_order(keys, numpy.ones(0, bool), (("so", True),), 0, 10)
        self.assertEqual(nothing.tolist(), [])

    def test_keys_are_written_piece_by_piece_and_found_changed(self):
        with patch.object(row_keys, "PIECE", 3):
            rows = [(chance, f"{chance % 3}.5") for chance in range(10)]
            keys = self.table({"so": "BIGINT", "tien": "DECIMAL(9,1)"}, rows)
            self.assertEqual(keys.columns["so"].tolist(), [*range(10)])
            self.assertIs(same_keys(self.database, "t", self.types, self.path), True)

            written = bytearray(self.path.read_bytes())
            written[-1] ^= 1
            self.path.write_bytes(written)

            self.assertIs(same_keys(self.database, "t", self.types, self.path), False)


class OrderTests(KeysCase):
    def setUp(self):
        super().setUp()
        chance = random.Random(11)
        self.rows = [
            tuple(
                None if chance.random() < 0.15 else chance.randrange(-span, span)
                for span in (2, 9, 10**6)
            )
            for _number in range(400)
        ]
        types = {"a": "BIGINT", "b": "BIGINT", "c": "BIGINT"}
        self.keys = self.table(types, self.rows)
        self.kept = numpy.array([chance.random() < 0.7 for _row in self.rows])

    def told(self, sort):
        """Return the kept rows in order as Python sorts them: the last key first."""
        rows = [number for number in range(400) if self.kept[number]]
        for name, down in reversed(sort):
            place = "abc".index(name)
            filled = [number for number in rows if self.rows[number][place] is not None]
            empty = [number for number in rows if self.rows[number][place] is None]
            sign = -1 if down else 1
            filled.sort(key=lambda number: sign * self.rows[number][place])
            rows = filled + empty
        return rows

    def test_any_stretch_of_any_order_is_what_sorting_all_gives(self):
        chance = random.Random(3)
        with patch.object(ordering, "PIECE", 64):
            for _turn in range(300):
                names = chance.sample("abc", chance.randrange(4))
                sort = tuple((name, chance.random() < 0.5) for name in names)
                begin = chance.choice([0, 0, 5, 100, 250, 390, 1000])
                end = begin + chance.choice([1, 7, 101, 1001])
                found = rows_in_order(self.keys, self.kept, sort, begin, end)
                self.assertEqual(found.tolist(), self.told(sort)[begin:end], (sort, begin, end))

    def test_after_a_row_come_those_that_follow_it(self):
        chance = random.Random(4)
        for _turn in range(100):
            names = chance.sample("abc", chance.randrange(1, 4))
            sort = tuple((name, chance.random() < 0.5) for name in names)
            told = self.told(sort)
            place = chance.randrange(len(told))
            found = rows_in_order(self.keys, self.kept, sort, 0, 20, after=told[place])
            self.assertEqual(found.tolist(), told[place + 1 : place + 21], (sort, place))


class ComparedTests(KeysCase):
    """What keys answer is what the engine answers to the same filter."""

    VALUES = (-25, -1, 0, 1, 24, 25, 26, -(2**31), 10**18, -(10**18), 10**27)

    def kept(self, keys, operator, text, name="so"):
        question = Question((), (filter_of(name, operator, text, self.types[name]),))
        with patch("portal.datasets.rows.keeping._by_the_engine") as engine:
            found = rows_kept("", keys, question, self.types)
        engine.assert_not_called()
        return found.tolist()

    def test_numbers(self):
        signs = {"exact": "=", "not": "<>", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
        for kind, scale in (("BIGINT", 1), ("DECIMAL(12,2)", 100), ("INTEGER", 1)):
            keys = self.table({"so": kind}, [(-25,), (0,), (25,), (None,), (1,)])
            for value in self.VALUES:
                for operator, sign in signs.items():
                    for text in {f"{value}", f"{Decimal(value) / 4 / scale:f}"}:
                        told = self.database.execute(
                            f"SELECT (so::DECIMAL(38,6) {sign} ?::DECIMAL(38,6)) IS TRUE "  # noqa: S608
                            "FROM t ORDER BY rowid",
                            [text],
                        ).fetchall()
                        found = self.kept(keys, operator, text)
                        self.assertEqual(found, [each for (each,) in told], (kind, operator, text))

    def test_lists_and_emptiness(self):
        keys = self.table({"so": "DECIMAL(12,2)"}, [("1.50",), (None,), ("2",), ("-3",)])

        self.assertEqual(self.kept(keys, "in", "1.5,2.00,1.505"), [True, False, True, False])
        self.assertEqual(self.kept(keys, "notin", "1.5,7.123"), [False, False, True, True])
        self.assertEqual(self.kept(keys, "isnull", "1"), [False, True, False, False])
        self.assertEqual(self.kept(keys, "notnull", ""), [True, False, True, True])

    def test_days_and_truths(self):
        rows = [(date(2024, 2, 29), True), (None, None), (date(1900, 1, 1), False)]
        keys = self.table({"ngay": "DATE", "dung": "BOOLEAN"}, rows)

        self.assertEqual(self.kept(keys, "lte", "29/02/2024", "ngay"), [True, False, True])
        self.assertEqual(self.kept(keys, "lt", "29/02/2024", "ngay"), [False, False, True])
        self.assertEqual(self.kept(keys, "exact", "co", "dung"), [True, False, False])
        self.assertEqual(self.kept(keys, "not", "co", "dung"), [False, False, True])

    def test_texts_are_compared_by_their_places_where_no_two_share_one(self):
        types = {"ten": "VARCHAR", "ten#order": "INTEGER"}
        keys = self.table(types, [("Ấp 1", 2), ("An", 1), (None, None), ("Ấp 1", 2)])
        self.assertEqual(keys.apart, {"ten"})
        places = {"Ấp 1": 2, "An": 1}
        looked_up = patch("portal.datasets.rows.keeping._place_of", lambda _p, _c, t: places.get(t))

        with looked_up:
            self.assertEqual(self.kept(keys, "exact", "Ấp 1", "ten"), [True, False, False, True])
            self.assertEqual(self.kept(keys, "not", "Ấp 1", "ten"), [False, True, False, False])
            self.assertEqual(self.kept(keys, "exact", "Không", "ten"), [False] * 4)
            self.assertEqual(self.kept(keys, "not", "Không", "ten"), [True, True, False, True])
            self.assertEqual(self.kept(keys, "in", "An,Không", "ten"), [False, True, False, False])

    def test_texts_that_share_a_place_are_left_to_the_engine(self):
        types = {"ten": "VARCHAR", "ten#order": "INTEGER"}
        keys = self.table(types, [("An", 1), ("An\u200b", 1)])

        self.assertEqual(keys.apart, frozenset())
        question = Question((), (filter_of("ten", "exact", "An", "VARCHAR"),))
        only = numpy.array([True, False])
        with patch("portal.datasets.rows.keeping._by_the_engine", return_value=only) as engine:
            self.assertEqual(rows_kept("", keys, question, types).tolist(), [True, False])
        engine.assert_called_once()
