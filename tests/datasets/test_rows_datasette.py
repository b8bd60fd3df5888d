"""The same questions asked of Datasette, on the same rows: its operators are ours.

Left out is what is meant otherwise there: accents and case of texts, empty cells in an order, and
codes compared by size, which lose their leading zeros there. Unknown operators it passes over.
"""

import sqlite3
from contextlib import closing

import duckdb
from asgiref.sync import async_to_sync
from datasette.app import Datasette
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.datasets.rows.answers import facets_of, groups_of, rows_page
from portal.datasets.rows.formats import plain
from tests.datasets.rows_tables import RowsTable

LISTED = ("exact", "not", "in", "notin")
COMPARED = (*LISTED, "gt", "gte", "lt", "lte")
WITHIN = ("contains", "startswith", "endswith")
EMPTY = ("isnull", "notnull")
COLUMNS = {
    "ma": ((*LISTED, *WITHIN), ("00001", "00100", "00250", "01", "9")),
    "ky": ((*COMPARED, *WITHIN, *EMPTY), ("2023-05", "2024-01", "2022-12", "2023", "-1")),
    "so": ((*COMPARED, *EMPTY), ("0", "-1", "7", "49", str(2**62))),
    "tien": ((*COMPARED, *EMPTY), ("0", "2.25", "-31.5", "12.34", "-7")),
    "ngay": ((*COMPARED, *EMPTY), ("2024-01-01", "2023-12-31", "2024-02-29")),
}
SETTINGS = settings(max_examples=40, deadline=None)


@st.composite
def filters(draw):
    """Return (column, operator, value) up to three times, as both take them."""
    found = []
    for _each in range(draw(st.integers(0, 3))):
        column = draw(st.sampled_from(sorted(COLUMNS)))
        operators, samples = COLUMNS[column]
        operator = draw(st.sampled_from(operators))
        values = draw(st.lists(st.sampled_from(samples), min_size=1, max_size=3))
        value = ",".join(values) if operator in ("in", "notin") else values[0]
        value = "1" if operator in EMPTY else value
        found.append((column, operator, value))
    return found


class DatasetteTests(RowsTable):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        path = cls.path.with_name("t.db")
        with duckdb.connect() as database:
            rows = database.execute(
                "SELECT _row, ma, ten, so, tien::DOUBLE, ngay::VARCHAR, ky FROM read_parquet(?)",
                [str(cls.path)],
            ).fetchall()
        with closing(sqlite3.connect(path)) as kept:
            kept.execute(
                "CREATE TABLE t (hang INTEGER PRIMARY KEY, ma TEXT, ten TEXT, so INTEGER, "
                "tien REAL, ngay TEXT, ky TEXT)"
            )
            kept.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            kept.commit()
        cls.other = Datasette([str(path)], settings={"max_returned_rows": 1000})

    def ask(self, path="/t/t.json", **asked):
        answer = async_to_sync(self.other.client.get)(path, params=asked)
        self.assertEqual(answer.status_code, 200, answer.text)
        return answer.json()

    def asked_there(self, found, **more):
        """Return the parameters of Datasette; two filters alike are one parameter twice."""
        parameters = {"_shape": "objects", **more}
        for column, operator, value in found:
            parameters.setdefault(f"{column}__{operator}", []).append(value)
        return parameters

    def question(self, found, **more):
        return self.asker.question(
            filters=[f"{column}__{operator}:{value}" for column, operator, value in found], **more
        )

    @SETTINGS
    @given(filters(), st.sampled_from(sorted(COLUMNS)), st.booleans())
    def test_filters_and_sorts(self, found, by, down):
        found = [*found, (by, "notnull", "1")] if by != "ma" else found
        sort = {"_sort_desc" if down else "_sort": by}
        theirs = self.ask(**self.asked_there(found, _size="max", **sort))
        question = self.question(found, sort=f"{'-' if down else ''}{by}")
        ours = rows_page(self.version, question, limit=1000)

        self.assertEqual(ours.total, theirs["filtered_table_rows_count"])
        self.assertEqual(
            sorted(place + 1 for place in ours.numbers),
            sorted(row["hang"] for row in theirs["rows"]),
        )
        place = question.columns.index(by)
        keys = [as_there(row[place]) for row in ours.rows]
        self.assertEqual(keys, [row[by] for row in theirs["rows"]])

    @SETTINGS
    @given(filters(), st.sampled_from((17, 50, 99)))
    def test_paging(self, found, size):
        question, place, here = self.question(found, sort="ma"), None, []
        while True:
            page = rows_page(self.version, question, place=place, limit=size)
            here += page.numbers
            place = page.place
            if place is None:
                break
        there, following = [], {}
        while True:
            page = self.ask(**self.asked_there(found, _size=size, _sort="ma", **following))
            there += [row["hang"] for row in page["rows"]]
            if not page["next"]:
                break
            following = {"_next": page["next"]}

        self.assertEqual(len(here), len(set(here)))
        self.assertEqual(sorted(place + 1 for place in here), sorted(there))

    @SETTINGS
    @given(filters(), st.sampled_from(("ky", "so", "ngay")))
    def test_facets(self, found, name):
        theirs = self.ask(**self.asked_there(found, _facet=name, _facet_size="max", _size=1))
        results = theirs["facet_results"].get(name, {"results": []})["results"]
        counts = {each["value"]: each["count"] for each in results}
        ours = dict(facets_of(self.version, self.question(found), [name]).counted[name])
        ours.pop(None, None)

        self.assertLessEqual({as_there(v): n for v, n in ours.items()}.items(), counts.items())
        self.assertEqual(bool(ours), bool(counts))

    @SETTINGS
    @given(filters(), st.sampled_from(("ky", "ma")))
    def test_groups(self, found, by):
        question = self.question(found)
        grouping = self.asker.grouping(by, "count,min:so,max:so,sum:tien,max:ngay")
        ours, _more = groups_of(self.version, question, grouping)
        places = [place + 1 for place in rows_page(self.version, question, limit=1000).numbers]
        theirs = self.ask(
            "/t.json",
            _shape="arrays",
            sql=f"select {by}, count(*), min(so), max(so), round(sum(tien), 2), max(ngay) from t "  # noqa: S608
            f"where hang in ({','.join(map(str, places)) or 'null'}) group by {by} "
            f"order by {by} is null, {by}",
        )["rows"]

        self.assertEqual([[as_there(cell) for cell in row] for row in ours], theirs)


def as_there(value):
    """Return a value as JSON from SQLite has it: decimals as floating-point numbers."""
    return float(value) if hasattr(value, "as_tuple") else plain(value)
