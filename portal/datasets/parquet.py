"""A table that was written as Parquet, opened in DuckDB, and what may be asked of it."""

from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import duckdb

from portal.core.text import fold
from portal.datasets.imports.columns import ROW_COLUMN
from portal.datasets.imports.workspace import MEMORY_LIMIT, THREADS, name, text


class UnknownColumn(KeyError):
    """A column was asked for that the table does not have."""


class UnknownFilter(ValueError):
    """A filter or an aggregate was asked for that does not exist, or with a value that fits not."""


@contextmanager
def opened(path):
    """Yield a connection in which the view ``t`` is the table at ``path``."""
    config = {"memory_limit": MEMORY_LIMIT, "threads": THREADS}
    with duckdb.connect(config=config) as database:
        database.execute(f"CREATE VIEW t AS SELECT * FROM read_parquet([{text(path)}])")
        yield database


def table_columns(database):
    """Return ``{name: SQL type}`` of the opened table."""
    rows = database.execute("DESCRIBE t").fetchall()
    return {row[0]: row[1] for row in rows}


def checked(column, known):
    """Return ``column`` if the table has it; raise ``UnknownColumn`` otherwise."""
    if column not in known:
        raise UnknownColumn(column)
    return column


def order_sql(sort, known):
    """Return the SQL of an order that is complete; ``-column`` falls."""
    listed = [sort] if isinstance(sort, str) else list(sort or [])
    parts = []
    for each in listed:
        column = checked(each.removeprefix("-"), known)
        collation = " COLLATE vi" if known[column] == "VARCHAR" else ""
        direction = "DESC" if each.startswith("-") else "ASC"
        parts.append(f"{name(column)}{collation} {direction} NULLS LAST")
    # The source row makes the order complete, so that pages never overlap.
    parts += [name(ROW_COLUMN)] if ROW_COLUMN in known else []
    return ", ".join(parts) or "1"


_COMPARISONS = {"exact": "=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


def where_sql(filters, known):
    """Return the SQL condition of ``filters`` and its parameters."""
    conditions, parameters = ["TRUE"], []
    for key, value in (filters or {}).items():
        condition, values = _condition(key, value, known)
        conditions.append(condition)
        parameters += values
    return " AND ".join(conditions), parameters


def _condition(key, value, known):
    column, _mark, lookup = (key, "", "exact") if key in known else key.rpartition("__")
    quoted, sql_type = name(checked(column, known)), known[column]
    if lookup == "isnull" or value is None:
        is_null = value is None or value in (True, "true", "1")
        return f"{quoted} IS {'' if is_null else 'NOT '}NULL", []
    if lookup == "contains":
        return f"contains({_folded(quoted)}, ?)", [fold(str(value))]
    if lookup == "in":
        values = [_fitting(each, sql_type) for each in value]
        marks = ", ".join("?" for _each in values)
        return (f"{quoted} IN ({marks})" if values else "FALSE"), values
    if lookup not in _COMPARISONS:
        raise UnknownFilter(key)
    return f"{quoted} {_COMPARISONS[lookup]} ?", [_fitting(value, sql_type)]


def _folded(column):
    return f"replace(strip_accents(lower({column}::VARCHAR)), 'đ', 'd')"


def _fitting(value, sql_type):
    """Return ``value`` as the column holds values; a text from an address is read exactly."""
    if not isinstance(value, str):
        return value
    try:
        if sql_type.startswith("DECIMAL") or sql_type == "BIGINT":
            return Decimal(value)
        if sql_type == "DATE":
            return date.fromisoformat(value)
        if sql_type == "BOOLEAN":
            return {"true": True, "false": False, "1": True, "0": False}[value.lower()]
    except (ValueError, ArithmeticError, KeyError) as fault:
        raise UnknownFilter(value) from fault
    return value
