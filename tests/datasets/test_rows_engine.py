"""The readers' engine: closed, stopped in time, shared by threads; its copies made whole."""

from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import duckdb
from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.text import fold
from portal.datasets.rows.answers import profiles_of, rows_page
from portal.datasets.rows.copies import (
    copies_folder,
    copy_path,
    lines_path,
    make_copy,
    reading_copy,
)
from portal.datasets.rows.engine import QuestionTooHeavy, opened_copy, shelf, within
from portal.datasets.rows.folding import folded, is_known
from portal.datasets.rows.whole_answers import each_batch
from portal.datasets.schemas import columns_of_version
from tests.datasets.rows_tables import RowsTable

ESCAPES = (
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM '/etc/passwd.parquet'",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM read_csv('http://127.0.0.1:1/x.csv')",
    "COPY (SELECT 1) TO '/tmp/rows-escaped.csv'",
    "EXPORT DATABASE '/tmp/rows-escaped'",
    "ATTACH '/tmp/rows-escaped.duckdb' AS escaped",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET allowed_directories = ['/']",
    "SET threads = 64",
    "RESET lock_configuration",
    "SET memory_limit = '64GB'",
)


class ClosedTests(RowsTable):
    def test_no_statement_reaches_files_network_or_settings(self):
        with opened_copy(self.version) as copy:
            for sql in (*ESCAPES, f"SELECT * FROM read_parquet('{self.path}')"):
                with self.subTest(sql), self.assertRaises(duckdb.Error):
                    copy.all(sql)

    def test_a_copy_cannot_be_written(self):
        with opened_copy(self.version) as copy, self.assertRaises(duckdb.Error):
            copy.all(f"DELETE FROM {copy.table}")

    def test_every_value_of_a_reader_stays_a_value(self):
        hostile = "x' OR 1=1 UNION SELECT content FROM read_text('/etc/passwd') --"
        for filters in ([f"ten:{hostile}"], [f"ten__contains:{hostile}"], [f"ten__in:{hostile}"]):
            question = self.asker.question(filters=filters)
            self.assertEqual(rows_page(self.version, question).total, 0)
        self.assertEqual(rows_page(self.version, self.asker.question(search=hostile)).total, 0)


class StoppedTests(RowsTable):
    def test_what_takes_too_long_is_stopped_and_the_next_question_answered(self):
        forever = "SELECT count(*) FROM range(10000000) a, range(10000000) b"
        with opened_copy(self.version) as copy:
            with self.assertRaises(QuestionTooHeavy), within(copy.cursor, 0.05):
                copy.all(forever)
            self.assertEqual(copy.all("SELECT 1"), [(1,)])

    def test_what_takes_too_much_memory_is_refused_as_well(self):
        with (
            opened_copy(self.version) as copy,
            self.assertRaises(QuestionTooHeavy),
            within(copy.cursor, 60),
        ):
            copy.all("SELECT list(a.range) FROM range(200000000) a")


class SharedTests(RowsTable):
    def test_threads_ask_side_by_side_and_get_their_own_answers(self):
        def ask(number):
            question = self.asker.question(filters=[f"so__gte:{number}"], sort="ten,-so")
            return [row[2] for row in rows_page(self.version, question, limit=600).rows]

        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(ask, range(-40, 40)))

        expected = [
            sorted(row[3] for row in self.rows if row[3] is not None and row[3] >= number)
            for number in range(-40, 40)
        ]
        self.assertEqual([sorted(each) for each in found], expected)

    def test_a_copy_in_use_is_never_laid_aside(self):
        rows = each_batch(self.version, self.asker.question(), size=10)
        first = next(rows)

        with patch("portal.datasets.rows.engine.OPENED_COPIES", 1), shelf().opened(self.other):
            pass

        self.assertEqual(len(first) + sum(map(len, rows)), 600)
        self.assertIn(str(reading_copy(self.version)), shelf()._opened)

    @property
    def other(self):
        """Return a second copy, of the same table."""
        path = copies_folder() / "other.duckdb"
        make_copy(self.path, path)
        return str(path)


class CopyTests(RowsTable):
    def test_a_lost_copy_is_made_again(self):
        before = rows_page(self.version, self.asker.question(sort="ten")).rows
        path = reading_copy(self.version)

        self.assertEqual(path, copy_path(self.version))
        self.assertIs(lines_path(path).exists(), True)
        self.assertEqual([each for each in copies_folder().iterdir() if "draft" in each.name], [])
        self.assertEqual(len(before), 100)

    def test_the_profile_counts_what_is_there(self):
        told = profiles_of(self.version, columns_of_version(self.version))

        names = [row[2] for row in self.rows]
        self.assertEqual(told["ten"]["empty"], names.count(None))
        self.assertEqual(told["ten"]["distinct"], len(set(names) - {None}))
        numbers = [row[3] for row in self.rows if row[3] is not None]
        self.assertEqual(
            (told["so"]["minimum"], told["so"]["maximum"]), (min(numbers), max(numbers))
        )
        self.assertEqual(
            sum(count for *_edges, count in told["tien"]["bins"]), 600 - told["tien"]["empty"]
        )
        top = told["ten"]["frequent"][0]
        self.assertEqual(top[1], names.count(top[0]))


class FoldTests(SimpleTestCase):
    """Where the engine folds by itself, it folds as the search does."""

    def both(self, text):
        with duckdb.connect() as database:
            return database.execute(
                f"SELECT {is_known('t')}, {folded('t')} FROM (SELECT ? AS t)",
                [text],
            ).fetchone()

    @settings(max_examples=200, deadline=None)
    @given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=12))
    def test_any_text(self, text):
        known, found = self.both(text)

        if known:
            self.assertEqual(found, fold(text))

    def test_vietnamese_is_known(self):
        text = "Đường Nguyễn  Huệ, ẤP 3 – “Ỷ”, o\u031b\u0323"

        self.assertEqual(self.both(text), (True, fold(text)))
