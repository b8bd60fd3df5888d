"""What changes between two tables, and how a file's rows go into the published table."""

from contextlib import contextmanager
from dataclasses import dataclass, field

from django.utils.translation import ngettext

from portal.core.jobs import JobRefused
from portal.datasets.imports.workspace import name as quoted
from portal.datasets.imports.workspace import text as literal
from portal.datasets.imports.written import as_json
from portal.datasets.store import ROW, column_types, opened

SAMPLES = 20  #: rows of each kind that a difference shows
#: Which rows of the comparison by key are of a kind.
_PLACES = {
    "changed": "old IS NOT NULL AND new IS NOT NULL",
    "added": "old IS NULL",
    "removed": "new IS NULL",
}


@dataclass
class TableDiff:
    """How many rows came, went, changed and stayed; ``samples`` shows the first of each kind."""

    added: int = 0
    removed: int = 0
    changed: int = 0
    unchanged: int = 0
    columns: dict[str, int] = field(default_factory=dict)
    samples: list[dict] = field(default_factory=list)

    def as_dict(self):
        """Return plain data for JSON.

        A sample has ``kind`` (added, removed, changed), ``key`` ({column: value}) and ``cells``
        ([{column, old, new}]; of a changed row only what changed).
        """
        return {
            "added": self.added,
            "removed": self.removed,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "columns": self.columns,
            "samples": self.samples,
        }


def diff_tables(old, new, schema):
    """Compare the Parquet file ``new`` with ``old`` (None: nothing before), row by row by key.

    Without a key whole rows are compared, and a changed row counts as one gone and one come.
    """
    with _comparison(old, new, schema) as comparison:
        return comparison.counted()


def changed_rows(old, new, schema, kind, offset=0, limit=SAMPLES):
    """Return a page of the rows of one ``kind`` (added, changed, removed), as samples are."""
    with _comparison(old, new, schema) as comparison:
        return comparison.page(kind, offset, limit)


@contextmanager
def _comparison(old, new, schema):
    files = {"fresh": new} if old is None else {"fresh": new, "before": old}
    with opened(**files) as database:
        if old is None:
            columns = [column.name for column in schema.columns]
            shown = ", ".join(f"NULL::VARCHAR AS {quoted(column)}" for column in columns)
            database.execute(
                f"CREATE TEMP VIEW before AS SELECT 0 AS {quoted(ROW)}, {shown} WHERE FALSE"
            )
        yield _Comparison(database, schema, old is not None)


class _Comparison:
    """Two views, ``before`` and ``fresh``, with the columns of a schema."""

    def __init__(self, database, schema, has_before):
        self.database, self.has_before = database, has_before
        fresh, before = column_types(database, "fresh"), column_types(database, "before")
        self.columns = [column.name for column in schema.columns if column.name in fresh]
        self.kinds = {column.name: column.type for column in schema.columns}
        keys = [column.name for column in schema.keys]
        self.keys = keys if all(key in before and key in fresh for key in keys) else []
        self.others = [column for column in self.columns if column not in self.keys]
        types = _common_types(before if self.has_before else {}, fresh)
        for view in ("before", "fresh"):
            self._normalise(view, column_types(database, view), types)

    def _normalise(self, view, present, types):
        shown = ", ".join(
            _compared(quoted(column), present.get(column), types[column]) for column in self.columns
        )
        self.database.execute(
            f"CREATE TEMP VIEW {view}_rows AS SELECT TRUE AS here, {quoted(ROW)} AS place, {shown} "
            f"FROM {view}"
        )

    def counted(self):
        """Return how many rows of each kind there are, with the first of each."""
        self._find()
        diff = self._counts_by_key() if self.keys else self._counts_by_row()
        for kind in ("changed", "added", "removed"):
            if getattr(diff, kind):
                diff.samples += self._page(kind, 0, SAMPLES)
        return diff

    def page(self, kind, offset, limit):
        """Return rows of one kind in the order of the file."""
        self._find()
        return self._page(kind, offset, limit)

    def _find(self):
        """Compare once and keep only what differs; all else is asked of that."""
        self._find_by_key() if self.keys else self._find_by_row()

    def _page(self, kind, offset, limit):
        rows_of = self._page_by_key if self.keys else self._page_by_row
        return rows_of(kind, offset, limit)

    def _find_by_key(self):
        on = " AND ".join(f"b.{quoted(k)} IS NOT DISTINCT FROM f.{quoted(k)}" for k in self.keys)
        differs = [f"b.{quoted(c)} IS DISTINCT FROM f.{quoted(c)}" for c in self.others]
        flags = "".join(f", {condition} AS d{n}" for n, condition in enumerate(differs))
        self.database.execute(
            f"CREATE TEMP TABLE differing AS SELECT b.place AS old, f.place AS new{flags} "
            f"FROM before_rows b FULL JOIN fresh_rows f ON {on} "
            f"WHERE b.here IS NULL OR f.here IS NULL OR {' OR '.join(differs) or 'FALSE'}"
        )

    def _counts_by_key(self):
        both = _PLACES["changed"]
        counts = "".join(
            f", count(*) FILTER ({both} AND d{n})" for n, _column in enumerate(self.others)
        )
        found = self.database.execute(
            f"SELECT count(*) FILTER (old IS NULL), count(*) FILTER (new IS NULL), "
            f"count(*) FILTER ({both}), (SELECT count(*) FROM fresh_rows){counts} FROM differing"
        ).fetchone()
        added, removed, changed, rows = found[:4]
        counts = zip(self.others, found[4:], strict=True)
        columns = {column: count for column, count in counts if count}
        return TableDiff(added, removed, changed, rows - added - changed, columns)

    def _page_by_key(self, kind, offset, limit):
        sides = ", ".join(
            f"{side}.{quoted(column)}" for column in self.columns for side in ("b", "f")
        )
        self.database.execute(
            f"CREATE OR REPLACE TEMP TABLE shown AS SELECT old, new FROM differing "
            f"WHERE {_PLACES[kind]} ORDER BY coalesce(new, old) LIMIT ? OFFSET ?",
            [limit, offset],
        )
        rows = self.database.execute(
            f"SELECT {sides} FROM shown o "
            f"LEFT JOIN (FROM before_rows WHERE place IN (SELECT old FROM shown)) b "
            f"ON b.place = o.old "
            f"LEFT JOIN (FROM fresh_rows WHERE place IN (SELECT new FROM shown)) f "
            f"ON f.place = o.new ORDER BY coalesce(o.new, o.old)"
        ).fetchall()
        return [self._sample(kind, row) for row in rows]

    def _sample(self, kind, row):
        pairs = {
            column: (self._plain(column, row[2 * n]), self._plain(column, row[2 * n + 1]))
            for n, column in enumerate(self.columns)
        }
        side = 0 if kind == "removed" else 1
        cells = [
            {"column": column, "old": old, "new": new}
            for column, (old, new) in pairs.items()
            if column not in self.keys and (old != new or kind != "changed")
        ]
        return {
            "kind": kind,
            "key": {column: pairs[column][side] for column in self.keys},
            "cells": cells,
        }

    def _plain(self, column, value):
        return as_json(value, self.kinds[column])

    def _find_by_row(self):
        names = ", ".join(map(quoted, self.columns))
        self.database.execute(
            f"CREATE TEMP VIEW counted AS SELECT {names}, count(*) FILTER (side = 'f') AS n_fresh, "
            f"count(*) FILTER (side = 'b') AS n_before, min(place) AS place FROM ("
            f"SELECT 'f' AS side, place, {names} FROM fresh_rows UNION ALL "
            f"SELECT 'b', place, {names} FROM before_rows) GROUP BY {names}"
        )

    def _counts_by_row(self):
        added, removed, unchanged = self.database.execute(
            "SELECT coalesce(sum(greatest(n_fresh - n_before, 0)), 0), "
            "coalesce(sum(greatest(n_before - n_fresh, 0)), 0), "
            "coalesce(sum(least(n_before, n_fresh)), 0) FROM counted"
        ).fetchone()
        return TableDiff(int(added), int(removed), 0, int(unchanged))

    def _page_by_row(self, kind, offset, limit):
        """Return whole rows; one that came or went several times comes as often."""
        times = {"added": "n_fresh - n_before", "removed": "n_before - n_fresh"}.get(kind, "0")
        names = ", ".join(map(quoted, self.columns))
        rows = self.database.execute(
            f"SELECT {names} FROM (SELECT *, unnest(range({times})) AS again FROM counted "
            f"WHERE {times} > 0) ORDER BY place, again LIMIT ? OFFSET ?",
            [limit, offset],
        ).fetchall()
        return [self._whole_row(kind, row) for row in rows]

    def _whole_row(self, kind, row):
        side = "new" if kind == "added" else "old"
        cells = [
            {"column": column, "old": None, "new": None, side: self._plain(column, value)}
            for column, value in zip(self.columns, row, strict=True)
        ]
        return {"kind": kind, "key": {}, "cells": cells}


def _compared(column, own, kind):
    """Return a column in the type in which it is compared; as text where its kind was changed."""
    value = f"{column if own else 'NULL'}::{own or kind}"
    if own and own != kind and kind == "VARCHAR" and own.startswith("DECIMAL"):
        # Zeros at the end say nothing of a number.
        value = f"regexp_replace({value}::VARCHAR, '(\\.[0-9]*[1-9])0+$|\\.0+$', '\\1')"
    return f"{value}::{kind} AS {column}"


def _common_types(old, new):
    """Return the type in which each column of ``new`` is compared; decimals keep all digits."""
    return {column: _common(old.get(column, kind), kind) for column, kind in new.items()}


def _common(old, new):
    if old == new:
        return new
    if not (_is_decimal(old) and _is_decimal(new)):
        return "VARCHAR"
    return f"DECIMAL(38, {max(_scale(old), _scale(new))})"


def _is_decimal(kind):
    return kind.startswith("DECIMAL") or kind in ("BIGINT", "HUGEINT", "INTEGER")


def _scale(kind):
    return int(kind.partition(",")[2].rstrip(") ") or 0)


def merge_tables(old, new, schema, out):
    """Write to ``out`` the table that follows when the file ``new`` goes into ``old``.

    Mode upsert: a row with a known key takes the old one's place, others are added. Mode
    append: every row is added; raise ``JobRefused`` when a key stands in the table already.
    Rows are numbered anew, what stood before first.
    """
    keys = [column.name for column in schema.keys]
    with opened(before=old, fresh=new) as database:
        kept = "SELECT * FROM before"
        if schema.mode == "append":
            _refuse_known_keys(database, keys)
        elif keys:
            kept = f"SELECT b.* FROM before b ANTI JOIN fresh f ON {_same_key(keys)}"
        names = ", ".join(quoted(column.name) for column in schema.columns)
        order = quoted(ROW)
        database.execute(
            f"COPY (SELECT row_number() OVER (ORDER BY part, {order}) AS {order}, {names} FROM ("
            f"SELECT 1 AS part, * FROM ({kept}) UNION ALL BY NAME SELECT 2 AS part, * FROM fresh"
            f") ORDER BY part, {order}) TO {literal(out)} (FORMAT parquet, COMPRESSION zstd)"
        )


def _same_key(keys):
    return " AND ".join(f"b.{quoted(key)} IS NOT DISTINCT FROM f.{quoted(key)}" for key in keys)


def _refuse_known_keys(database, keys):
    if not keys:
        return
    names = ", ".join(f"f.{quoted(key)}::VARCHAR" for key in keys)
    known = database.execute(
        f"SELECT {names} FROM fresh f SEMI JOIN before b ON {_same_key(keys)} "
        f"ORDER BY f.{quoted(ROW)}"
    ).fetchall()
    if known:
        raise JobRefused(
            ngettext(
                "%(count)d row stands in the published table already: “%(key)s”.",
                "%(count)d rows stand in the published table already, the first: “%(key)s”.",
                len(known),
            )
            % {"count": len(known), "key": " / ".join(map(str, known[0]))}
        )
