"""Whatever is asked, the answer is that of plain SQL on the same Parquet file."""

from unittest import mock

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.text import fold
from portal.datasets.rows import answers
from portal.datasets.rows.answers import facets_of, groups_of, rows_counted, rows_page
from portal.datasets.rows.formats import plain
from portal.datasets.rows.operators import OPERATORS_OF, kind_of
from portal.datasets.rows.whole_answers import each_batch
from tests.datasets.rows_tables import NAMES, RowsTable

COLUMNS = ("ma", "ten", "so", "tien", "ngay", "luc", "dung", "ky")
SAMPLES = {
    "text": ["00001", "00100", "2023-05", "2024", "dong", "PHƯỜNG", "an", *NAMES],
    "number": ["0", "-1", "3", "2.25", "2.255", "-0.001", str(2**62), "9" * 28, "-" + "9" * 20],
    "day": ["2024-01-01", "31/12/2023", "2024-02-29"],
    "moment": ["2024-01-01", "2024-03-05T10:30:00", "28/12/2023"],
    "truth": ["true", "0", "có"],
}
PLAIN = {"exact": "=", "not": "<>", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
SETTINGS = settings(max_examples=50, deadline=None)


def filter_text(draw, types):
    name = draw(st.sampled_from(COLUMNS))
    kind = kind_of(types[name])
    operator = draw(st.sampled_from(OPERATORS_OF[kind]))
    if operator in ("isnull", "notnull", "isblank", "notblank"):
        value = draw(st.sampled_from(["", "1", "true"]))
    elif operator in ("year", "quarter", "month", "day"):
        value = str(draw(st.sampled_from([1, 2, 4] if operator != "year" else [2023, 2024])))
    elif operator in ("in", "notin"):
        values = draw(st.lists(st.sampled_from(SAMPLES[kind]), min_size=1, max_size=4))
        value = ",".join(each for each in values if "," not in each and each[:1] != "[")
        value = value or SAMPLES[kind][0]
    else:
        value = draw(st.sampled_from(SAMPLES["day" if operator == "date" else kind]))
    return f"{name}__{operator}:{value}"


@st.composite
def questions(draw, asker):
    filters = [filter_text(draw, asker.types) for _each in range(draw(st.integers(0, 3)))]
    names = draw(st.lists(st.sampled_from(COLUMNS), max_size=3, unique=True))
    sort = ",".join(draw(st.sampled_from(["", "-"])) + name for name in names)
    search = draw(st.sampled_from(["", "", "dong an", "Bình", "phuong 1", "%", "m2", "2024"]))
    return asker.question(filters=filters, sort=sort, search=search)


class Plain:
    """The same questions in SQL written out here, on the Parquet file, texts folded in Python."""

    def __init__(self, path):
        self.database = duckdb.connect()
        self.database.execute(f"CREATE VIEW t AS FROM read_parquet('{path}')")

        self.database.execute("CREATE TABLE folds (raw VARCHAR, folded VARCHAR)")
        texts = self.database.execute(
            "SELECT ma FROM t UNION SELECT ten FROM t UNION SELECT ky FROM t"
        ).fetchall()
        pairs = [[text, fold(text)] for (text,) in texts if text is not None]
        self.database.executemany("INSERT INTO folds VALUES (?, ?)", pairs)
        self.database.execute(
            "CREATE MACRO plain_fold(text) AS (SELECT folded FROM folds WHERE raw = text)"
        )

    def where(self, question):
        parts, values = ["TRUE"], []
        for each in question.filters:
            sql, bound = self.condition(each)
            parts.append(sql)
            values += bound
        for word in fold(question.search).split():
            folds = [f"coalesce(plain_fold({name}), '')" for name in ("ma", "ten", "ky")]
            parts.append(f"contains(concat({', chr(1), '.join(folds)}), ?)")
            values.append(word)
        return " AND ".join(parts), values

    def condition(self, asked):
        column, operator, values = asked.column, asked.operator, list(asked.values)
        exact = [
            f"{value:f}::DECIMAL(38, 4)" if column in ("so", "tien") else "?" for value in values
        ]
        bound = [] if column in ("so", "tien") else values
        wide = f"{column}::DECIMAL(38, 4)" if column in ("so", "tien") else column
        simple = {
            "isnull": f"{column} IS NULL",
            "notnull": f"{column} IS NOT NULL",
            "isblank": f"{column} IS NULL OR trim({column}::VARCHAR) = ''",
            "notblank": f"{column} IS NOT NULL AND trim({column}::VARCHAR) <> ''",
        }
        if operator in simple:
            return f"({simple[operator]})", []
        if operator in PLAIN:
            return f"({wide} {PLAIN[operator]} {exact[0]})", bound
        if operator in ("in", "notin"):
            word = "IN" if operator == "in" else "NOT IN"
            return f"({wide} {word} ({', '.join(exact)}))", bound
        if operator == "date":
            return f"(date_trunc('day', {column}) = ?)", values
        if operator == "year" and column in ("ma", "ten", "ky"):
            return f"({column}[1:4] = ?)", [str(values[0])]
        if operator in ("year", "quarter", "month", "day"):
            return f"(date_part('{operator}', {column}) = ?)", values
        folded = f"plain_fold({column})"
        sql = {
            "contains": f"instr({folded}, ?) > 0",
            "notcontains": f"instr({folded}, ?) = 0",
            "startswith": f"{folded}[1:len(?)] = ?",
            "endswith": f"right({folded}, len(?)) = ?",
        }[operator]
        return f"({sql})", [fold(values[0])] * sql.count("?")

    def order(self, question):
        parts = [
            f"{name}{' COLLATE vi' if name in ('ma', 'ten', 'ky') else ''} "
            f"{'DESC' if down else 'ASC'} NULLS LAST"
            for name, down in question.sort
        ]
        return ", ".join([*parts, "_row"])

    def rows(self, question):
        where, values = self.where(question)
        return self.database.execute(
            f"SELECT {', '.join(question.columns)} FROM t WHERE {where} "
            f"ORDER BY {self.order(question)}",
            values,
        ).fetchall()


class SameAsPlainSqlTests(RowsTable):
    def setUp(self):
        self.plain = Plain(self.path)
        self.addCleanup(self.plain.database.close)

    @SETTINGS
    @given(st.data(), st.integers(1, 80))
    def test_pages_put_together_are_all_rows_in_order(self, data, size):
        question = data.draw(questions(self.asker))

        found, place = [], None
        while True:
            page = rows_page(self.version, question, place=place, limit=size)
            found += page.rows
            place = page.place
            if place is None:
                break

        expected = self.plain.rows(question)
        self.assertEqual(found, expected)
        self.assertEqual(page.total, len(expected))

    @SETTINGS
    @given(st.data())
    def test_all_rows_in_batches_and_a_page_by_its_number(self, data):
        question = data.draw(questions(self.asker))
        expected = self.plain.rows(question)

        batches = list(each_batch(self.version, question, size=37))
        second = rows_page(self.version, question, offset=50, limit=50)

        self.assertEqual([row for batch in batches for row in batch], expected)
        self.assertEqual(list(second.rows), expected[50:100])
        told = rows_page(self.version, question, offset=50, limit=50, as_told=True)
        self.assertEqual(told.rows, [tuple(map(plain, row)) for row in expected[50:100]])
        self.assertEqual(rows_counted(self.version, question), len(expected))

    @SETTINGS
    @given(st.data())
    def test_groups(self, data):
        question = data.draw(questions(self.asker))
        question = self.asker.question(filters=(), search=question.search)
        name = data.draw(st.sampled_from(("ma", "ten", "dung", "ky", "ngay", "so")))
        grouping = self.asker.grouping(
            name, "count,count:tien,sum:so,sum:tien,avg:tien,min:ten,max:ngay"
        )

        found, more = groups_of(self.version, question, grouping)

        where, values = self.plain.where(question)
        collated = " COLLATE vi" if name in ("ma", "ten", "ky") else ""
        expected = self.plain.database.execute(
            f"SELECT {name}, count(*), count(tien), sum(so), sum(tien), round(avg(tien), 6), "
            f"min(ten COLLATE vi), max(ngay) FROM t WHERE {where} GROUP BY {name} "
            f"ORDER BY {name}{collated} NULLS LAST, {name}",
            values,
        ).fetchall()
        self.assertIs(more, False)
        self.assertEqual([row[:5] for row in found], [row[:5] for row in expected])
        self.assertEqual([row[7] for row in found], [row[7] for row in expected])
        for ours, theirs in zip(found, expected, strict=True):
            self.assertAlmostEqual(float(ours[5] or 0), theirs[5] or 0, places=5)

    @SETTINGS
    @given(st.data())
    def test_facets(self, data):
        question = data.draw(questions(self.asker))
        name = data.draw(st.sampled_from(("ten", "dung", "ky", "so", "tien", "ngay")))

        found = facets_of(self.version, question, [name])
        with mock.patch.object(answers, "is_counted_by_keys", lambda keys, name: False):
            by_the_engine = facets_of(self.version, question, [name])
        if not (found.cut_off or by_the_engine.cut_off):
            self.assertEqual(found.counted, by_the_engine.counted)

        where, values = self.plain.where(question)
        expected = self.plain.database.execute(
            f"SELECT {name}, count(*) FROM t WHERE {where} GROUP BY {name}", values
        ).fetchall()
        if not found.cut_off:
            counted = dict(found.counted[name])
            counts = sorted((count for _value, count in expected), reverse=True)
            self.assertEqual([count for _value, count in found.counted[name]], counts[:21])
            self.assertLessEqual(counted.items(), dict(expected).items())
