"""Read tables that were written as Parquet: rows, counts, sums, profiles and downloads.

Every value stays exact: a DECIMAL is a Decimal, a sum of decimals is a decimal.
"""

from datetime import date
from decimal import Context, Decimal

from portal.datasets.exports import TooLongForSheet, write_csv, write_xlsx
from portal.datasets.imports.columns import ROW_COLUMN
from portal.datasets.imports.workspace import name
from portal.datasets.parquet import (
    UnknownColumn,
    UnknownFilter,
    checked,
    opened,
    order_sql,
    table_columns,
    where_sql,
)

__all__ = [
    "TooLongForSheet",
    "UnknownColumn",
    "UnknownFilter",
    "aggregate",
    "columns_of",
    "filtered_count",
    "profile",
    "read_rows",
    "row_count",
    "write_csv",
    "write_xlsx",
]

AGGREGATES = ("sum", "avg", "min", "max", "count")
_SUMMABLE = ("DECIMAL", "BIGINT")
_EXACT = Context(prec=60)


def columns_of(path):
    """Return ``{name: SQL type}`` of the table's columns, in their order."""
    with opened(path) as database:
        return table_columns(database)


def row_count(path):
    """Return the number of rows."""
    with opened(path) as database:
        return database.execute("SELECT count(*) FROM t").fetchone()[0]


def read_rows(path, columns=None, filters=None, sort=None, offset=0, limit=100):
    """Return rows as dictionaries, in file order unless ``sort`` says otherwise.

    ``filters`` maps a column, or ``column__lookup``, to a value; the lookups are ``exact``,
    ``in``, ``gt``, ``gte``, ``lt``, ``lte``, ``isnull`` and ``contains`` (accents and case do
    not count). ``sort`` is a column or a list of them, ``-column`` for falling values.
    """
    with opened(path) as database:
        known = table_columns(database)
        shown = [checked(each, known) for each in columns or known]
        where, parameters = where_sql(filters, known)
        database.execute(
            f"SELECT {', '.join(map(name, shown))} FROM t WHERE {where} "
            f"ORDER BY {order_sql(sort, known)} LIMIT ? OFFSET ?",
            [*parameters, limit, offset],
        )
        return [dict(zip(shown, row, strict=True)) for row in database.fetchall()]


def filtered_count(path, filters=None):
    """Return the number of rows that ``filters`` lets through."""
    with opened(path) as database:
        where, parameters = where_sql(filters, table_columns(database))
        return database.execute(f"SELECT count(*) FROM t WHERE {where}", parameters).fetchone()[0]


def aggregate(path, value_column, aggregate, group_by=(), filter_column=None, filter_value=None):
    """Return ``[{group columns…, "value": Decimal}]``, exact, in the order of the groups.

    Rows without a value do not count; a group without any value has the value None (0 when
    rows are counted). Counting without ``value_column`` counts all rows.
    """
    if aggregate not in AGGREGATES:
        raise UnknownFilter(aggregate)
    with opened(path) as database:
        known = table_columns(database)
        groups = [checked(each, known) for each in group_by]
        filters = {checked(filter_column, known): filter_value} if filter_column else {}
        where, parameters = where_sql(filters, known)
        quoted = name(checked(value_column, known)) if value_column else "*"
        if aggregate in ("sum", "avg") and not known[value_column].startswith(_SUMMABLE):
            raise UnknownFilter(aggregate)
        first, second = _measures(aggregate, quoted)
        listed = "".join(f"{name(each)}, " for each in groups)
        by = ", ".join(map(name, groups))
        database.execute(
            f"SELECT {listed}{first}, {second} FROM t WHERE {where} "
            + (f"GROUP BY {by} ORDER BY {by}" if groups else ""),
            parameters,
        )
        return [
            dict(zip(groups, row, strict=False)) | {"value": _value(aggregate, *row[-2:])}
            for row in database.fetchall()
        ]


def _measures(aggregate, quoted):
    if aggregate == "count":
        return f"count({quoted})", "NULL"
    if aggregate in ("sum", "avg"):
        return f"sum({quoted})", f"count({quoted})"
    return f"{aggregate}({quoted})", "NULL"


def _value(aggregate, first, count):
    if first is None or isinstance(first, date | str):
        return first
    total = Decimal(first)
    return _EXACT.divide(total, Decimal(count)) if aggregate == "avg" else total


def profile(path):
    """Return per column what a reader wants to know first.

    ``{name: {"filled", "empty", "distinct", "min", "max", "top": [(value, count), …]}}``
    """
    with opened(path) as database:
        found = {}
        for column in table_columns(database):
            if column != ROW_COLUMN:
                found[column] = _profile(database, name(column))
        return found


def _profile(database, quoted):
    filled, empty, distinct, least, most = database.execute(
        f"SELECT count({quoted}), count(*) - count({quoted}), count(DISTINCT {quoted}), "
        f"min({quoted}), max({quoted}) FROM t"
    ).fetchone()
    top = database.execute(
        f"SELECT {quoted}, count(*) AS n FROM t WHERE {quoted} IS NOT NULL "
        f"GROUP BY 1 ORDER BY n DESC, 1 LIMIT 5"
    ).fetchall()
    return {
        "filled": filled,
        "empty": empty,
        "distinct": distinct,
        "min": least,
        "max": most,
        "top": top,
    }
