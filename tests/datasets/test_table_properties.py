"""What holds for every file: no record is lost, and what is written reads back."""

import csv
import io
import unicodedata
from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.core.formats import format_number
from portal.core.table_files.records import read_records
from portal.datasets import store
from portal.datasets.imports.column import Column
from tests.datasets.table_files import TableTestCase, schema_of

SETTINGS = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
SCHEMA = schema_of(
    "ten", "so:integer", Column("gia", type="decimal", point_is="group"), "ngay:date"
)
#: Everything that is seen; what is not is cleaned away, which other tests look at.
_SEEN = st.characters(codec="utf-8", exclude_categories=["C", "Z"])
TEXTS = st.text(_SEEN | st.sampled_from(' ,;"\n'), max_size=12)
ROWS = st.lists(
    st.tuples(
        TEXTS,
        st.none() | st.integers(-(10**30), 10**30),
        st.none() | st.decimals(-(10**12), 10**12, places=3),
        st.none() | st.dates(date(1000, 1, 1), date(9999, 12, 31)),
    ),
    min_size=1,
    max_size=8,
)
NASTY = st.text(st.sampled_from(list('ab1,;|\t"\n\r \x00\ufeff\u00a0ộ\u0323#=')), max_size=60)


def written(value):
    """Return a value as a Vietnamese office writes it."""
    if isinstance(value, Decimal):
        return format_number(value)
    if isinstance(value, date):
        return f"{value.day}/{value.month}/{value.year:04}"
    return "" if value is None else str(value)


def expected_text(value):
    return unicodedata.normalize("NFC", value).strip(" \n\t") or None


class EveryFileTests(TableTestCase):
    @SETTINGS
    @given(rows=ROWS, delimiter=st.sampled_from(",;\t|"), quoting=st.sampled_from([0, 1]),
           line_end=st.sampled_from(["\n", "\r\n"]))  # fmt: skip
    def test_every_written_value_reads_back(self, rows, delimiter, quoting, line_end):
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=line_end)
        writer.writerow(["ten", "so", "gia", "ngay"])
        writer.writerows([written(value) for value in row] for row in rows)

        check = self.check(out.getvalue(), SCHEMA)

        kept = [row for row in rows if any(written(value).strip() for value in row)]
        self.assertEqual((check.records, check.blank), (len(rows), len(rows) - len(kept)))
        if not kept:
            self.assertEqual(check.issues_by_code, {"no_records": 1})
            return
        self.assertEqual(check.outcome, "accepted", check.issues)
        target = self.folder / "t.parquet"
        check.write_parquet(target)
        found = store.read_rows(target, ["ten", "so", "gia", "ngay"])
        self.assertEqual(
            [tuple(row.values()) for row in found],
            [(expected_text(row[0]), *row[1:]) for row in kept],
        )

    @SETTINGS
    @given(text=NASTY)
    def test_no_text_breaks_the_check(self, text):
        check = self.check("ten,so\n" + text, schema_of("ten", "so:integer"))

        self.assertIn(check.outcome, ("accepted", "rejected", "needs_confirmation"))
        check.report(rows=5)

    @SETTINGS
    @given(content=st.binary(max_size=60))
    def test_no_bytes_break_the_check(self, content):
        check = self.check(b"ten,so\n" + content, schema_of("ten", "so:integer"))

        check.report(rows=5)

    @SETTINGS
    @given(cells=st.lists(st.lists(st.text(st.sampled_from('ab,"\n'), max_size=5),
                                   min_size=2, max_size=2), max_size=5))  # fmt: skip
    def test_records_are_those_of_the_standard_library(self, cells):
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(cells)

        records = list(read_records(out.getvalue().split("\n")[:-1], ","))

        self.assertEqual([list(record.cells) for record in records], cells)
        self.assertEqual([record.fault for record in records], [""] * len(cells))


class NumberProperties(TableTestCase):
    @SETTINGS
    @given(numbers=st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=6))
    def test_both_styles_give_the_same_numbers(self, numbers):
        schema = schema_of("x:decimal")
        vietnamese = [f"{number:,.2f}".translate(str.maketrans(",.", ".,")) for number in numbers]
        english = [f"{number:,.2f}" for number in numbers]

        found = [
            self.rows(self.check("x\n" + "\n".join(f'"{cell}"' for cell in cells), schema))
            for cells in (vietnamese, english)
        ]

        for rows in found:
            self.assertEqual([Decimal(row["x"]) for row in rows], numbers)
