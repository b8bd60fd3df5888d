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
        return comparison.by_key() if comparison.keys else comparison.by_row()


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
        yield _Comparison(database, schema)


class _Comparison:
    """Two views, ``before`` and ``fresh``, with the columns of a schema."""

    def __init__(self, database, schema):
        self.database = database
        fresh, before = column_types(database, "fresh"), column_types(database, "before")
        self.columns = [column.name for column in schema.columns if column.name in fresh]
        self.kinds = {column.name: column.type for column in schema.columns}
        keys = [column.name for column in schema.keys]
        self.keys = keys if all(key in before and key in fresh for key in keys) else []
        self.others = [column for column in self.columns if column not in self.keys]
        for view in ("before", "fresh"):
            self._normalise(view, column_types(database, view), fresh)

    def _normalise(self, view, present, types):
        before = column_types(self.database, "before")
        shown = ", ".join(
            _compared(quoted(column), present.get(column), types[column], before.get(column))
            for column in self.columns
        )
        self.database.execute(
            f"CREATE TEMP VIEW {view}_rows AS SELECT TRUE AS here, {quoted(ROW)} AS place, {shown} "
            f"FROM {view}"
        )

    def by_key(self):
        joined, differs = self._joined(), self._differing()
        any_differs = " OR ".join(differs.values()) or "FALSE"
        both = "b.here AND f.here"
        counts = ", ".join(
            f"count(*) FILTER ({both} AND {condition})" for condition in differs.values()
        )
        found = self.database.execute(
            f"SELECT count(*) FILTER (b.here IS NULL), count(*) FILTER (f.here IS NULL), "
            f"count(*) FILTER ({both} AND ({any_differs})), "
            f"count(*) FILTER ({both} AND NOT ({any_differs})){', ' if counts else ''}{counts} "
            f"{joined}"
        ).fetchone()
        diff = TableDiff(*found[:4])
        changes = zip(self.others, found[4:], strict=True)
        diff.columns = {column: count for column, count in changes if count}
        diff.samples = [
            sample
            for kind in ("changed", "added", "removed")
            for sample in self.page(kind, 0, SAMPLES)
        ]
        return diff

    def _joined(self):
        on = " AND ".join(f"b.{quoted(k)} IS NOT DISTINCT FROM f.{quoted(k)}" for k in self.keys)
        return f"FROM before_rows b FULL JOIN fresh_rows f ON {on}"

    def _differing(self):
        return {c: f"b.{quoted(c)} IS DISTINCT FROM f.{quoted(c)}" for c in self.others}

    def page(self, kind, offset, limit):
        """Return rows of one kind in the order of the file."""
        if not self.keys:
            self._count_rows()
            return self._whole_rows(kind, offset, limit)
        any_differs = " OR ".join(self._differing().values()) or "FALSE"
        where = {
            "changed": f"b.here AND f.here AND ({any_differs})",
            "added": "b.here IS NULL",
            "removed": "f.here IS NULL",
        }[kind]
        sides = ", ".join(
            f"{side}.{quoted(column)}" for column in self.columns for side in ("b", "f")
        )
        rows = self.database.execute(
            f"SELECT {sides} {self._joined()} WHERE {where} "
            f"ORDER BY coalesce(f.place, b.place) LIMIT ? OFFSET ?",
            [limit, offset],
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
            if kind != "changed" or old != new
        ]
        return {
            "kind": kind,
            "key": {column: pairs[column][side] for column in self.keys},
            "cells": cells,
        }

    def _plain(self, column, value):
        return as_json(value, self.kinds[column])

    def by_row(self):
        self._count_rows()
        added, removed, unchanged = self.database.execute(
            "SELECT coalesce(sum(greatest(n_fresh - n_before, 0)), 0), "
            "coalesce(sum(greatest(n_before - n_fresh, 0)), 0), "
            "coalesce(sum(least(n_before, n_fresh)), 0) FROM counted"
        ).fetchone()
        diff = TableDiff(int(added), int(removed), 0, int(unchanged))
        for kind in ("added", "removed"):
            diff.samples += self._whole_rows(kind, 0, SAMPLES)
        return diff

    def _count_rows(self):
        names = ", ".join(map(quoted, self.columns))
        self.database.execute(
            f"CREATE TEMP VIEW counted AS SELECT {names}, count(*) FILTER (side = 'f') AS n_fresh, "
            f"count(*) FILTER (side = 'b') AS n_before, min(place) AS place FROM ("
            f"SELECT 'f' AS side, place, {names} FROM fresh_rows UNION ALL "
            f"SELECT 'b', place, {names} FROM before_rows) GROUP BY {names}"
        )

    def _whole_rows(self, kind, offset, limit):
        where = {"added": "n_fresh > n_before", "removed": "n_before > n_fresh"}.get(kind, "FALSE")
        rows = self.database.execute(
            f"SELECT {', '.join(map(quoted, self.columns))} FROM counted WHERE {where} "
            "ORDER BY place LIMIT ? OFFSET ?",
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


def _compared(column, own, fresh, before):
    """Return a column in the type in which it is compared; as text where its kind was changed."""
    kind = _comparable(fresh)
    if before is not None and _comparable(before) != kind and not _both_whole(before, fresh):
        value = f"{column}::{_comparable(own)}::VARCHAR"
        if _comparable(own).startswith("DECIMAL"):
            value = f"regexp_replace({value}, '\\.?0+$', '')"
        return f"{value} AS {column}"
    return f"{column if own else 'NULL'}::{kind} AS {column}"


def _both_whole(before, fresh):
    """Tell whether both hold numbers, whole or not."""
    return all(kind == "BIGINT" or kind.startswith("DECIMAL") for kind in (before, fresh))


def _comparable(kind):
    """Return the type in which values are compared: numbers as one wide decimal."""
    return "DECIMAL(38, 10)" if kind.startswith("DECIMAL") else kind


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
