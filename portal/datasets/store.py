"""Reading the tables of versions: Parquet files, queried where they lie.

Every function opens the file by itself and closes it again; memory does not grow with the file,
which is never changed once written.
Numbers come back as ``int`` and ``Decimal``, days as ``date``, never as floating point.
"""

import os
from contextlib import contextmanager
from decimal import Decimal, localcontext
from functools import lru_cache

import duckdb

from portal.core.formats import plain_decimal
from portal.datasets.imports.workspace import name as quoted
from portal.datasets.imports.workspace import text as literal

MEMORY_LIMIT = "400MB"
EIGHT_DECIMALS = Decimal("1e-8")
ROW = "_row"
OPERATORS = frozenset({"=", ">=", "<="})
AGGREGATES = {
    "sum": "sum({column})",
    "avg": "sum({column})",  # divided here: the engine's own average is a floating-point number
    "min": "min({column})",
    "max": "max({column})",
    "count": "count(*)",
}


@lru_cache(maxsize=1)
def _engine(process):
    """Return the engine of this process; starting one takes longer than most queries."""
    return duckdb.connect(
        config={
            "memory_limit": MEMORY_LIMIT,
            "threads": 2,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )


@contextmanager
def opened(**files):
    """Give a connection to the engine in which each of ``files`` (name=path) is a view."""
    with _engine(os.getpid()).cursor() as database:
        for view, path in files.items():
            database.execute(f"CREATE TEMP VIEW {view} AS FROM read_parquet({literal(path)})")
        yield database


def column_types(database, view):
    """Return ``{column: type}`` of a view, the row number left out."""
    described = database.execute(f"DESCRIBE {view}").fetchall()
    return {column: kind for column, kind, *_rest in described if column != ROW}


def read_rows(path, columns=None, filters=None, sort="", offset=0, limit=100):
    """Return a page of rows as dictionaries, in the order of the file unless ``sort`` is given.

    ``filters`` are (column, operator, text) with = >= <=; ``sort`` is ``column`` or ``-column``,
    empty cells last. A column that the table does not have is read as empty.
    """
    with opened(stored=path) as database:
        types = column_types(database, "stored")
        wanted = list(types) if columns is None else list(columns)
        shown = ", ".join(quoted(c) if c in types else f"NULL AS {quoted(c)}" for c in wanted)
        where, values = _conditions(filters, types)
        found = database.execute(
            f"SELECT {shown or 'NULL'} FROM stored WHERE {where} ORDER BY {_order(sort, types)} "
            "LIMIT ? OFFSET ?",
            [*values, limit, offset],
        ).fetchall()
    return [dict(zip(wanted, row, strict=False)) for row in found]


def distinct_values(path, column, limit):
    """Return up to ``limit`` different values of ``column``, in their order; none of what is empty.

    A column that the table does not have gives none.
    """
    with opened(stored=path) as database:
        if column not in column_types(database, "stored"):
            return []
        found = database.execute(
            f"SELECT DISTINCT {quoted(column)} FROM stored "
            f"WHERE {quoted(column)} IS NOT NULL ORDER BY 1 LIMIT ?",
            [limit],
        ).fetchall()
    return [value for (value,) in found]


def row_count(path, filters=None):
    """Return how many rows there are, of those that ``filters`` keep."""
    with opened(stored=path) as database:
        where, values = _conditions(filters, column_types(database, "stored"))
        counted = database.execute(f"SELECT count(*) FROM stored WHERE {where}", values)
        return counted.fetchone()[0]


def _conditions(filters, types):
    parts, values = ["TRUE"], []
    for column, operator, value in filters or ():
        if operator not in OPERATORS:
            raise ValueError(f"unknown operator {operator}")
        if column not in types:
            parts.append("FALSE")
            continue
        parts.append(f"{quoted(column)} {operator} TRY_CAST(? AS {types[column]})")
        values.append(value)
    return " AND ".join(parts), values


def _order(sort, types):
    column, direction = sort.removeprefix("-"), "DESC" if sort.startswith("-") else "ASC"
    by_row = quoted(ROW)
    if column not in types:
        return by_row
    collate = " COLLATE vi" if types[column] == "VARCHAR" else ""
    return f"{quoted(column)}{collate} {direction} NULLS LAST, {by_row}"


def aggregate(
    path,
    value_column,
    aggregate,
    *,
    group_by=(),
    total_over=None,
    filter_column=None,
    filter_value=None,
):
    """Return one dictionary per group: its columns, ``value`` (a Decimal or None), ``is_total``.

    ``aggregate`` is sum, avg, min, max or count; an average has eight decimals. ``total_over``
    names one of the group's columns: rows over all of its values come as well, and only they
    have ``is_total``. Groups come in the order of their columns.
    """
    groups = list(map(quoted, group_by))
    columns = "".join(f"{group}, " for group in groups)
    is_total, grouping = "FALSE", ""
    if total_over:
        rest = ", ".join(group for group in groups if group != quoted(total_over))
        is_total = f"grouping({quoted(total_over)}) = 1"
        grouping = f" GROUP BY GROUPING SETS (({', '.join(groups)}), ({rest}))"
    elif groups:
        grouping = f" GROUP BY {', '.join(groups)}"
    column = quoted(value_column or ROW)
    counted = AGGREGATES[aggregate].format(column=column)
    with opened(stored=path) as database:
        filters = [(filter_column, "=", filter_value)] if filter_column else []
        where, values = _conditions(filters, column_types(database, "stored"))
        rows = database.execute(
            f"SELECT {columns}count({column}), ({counted})::DECIMAL(38, 10), {is_total} "
            f"FROM stored WHERE {where}{grouping} ORDER BY ALL",
            values,
        ).fetchall()
    return [
        {
            **dict(zip(group_by, row, strict=False)),
            "value": _averaged(row[-2], row[-3]) if aggregate == "avg" else _trimmed(row[-2]),
            "is_total": row[-1],
        }
        for row in rows
    ]


def _averaged(total, count):
    if not count:
        return None
    with localcontext(prec=60):
        return _trimmed((total / count).quantize(EIGHT_DECIMALS))


def _trimmed(value):
    """Drop the zeros that the common scale of ten decimals adds."""
    return None if value is None else Decimal(plain_decimal(value))
