"""What stands in a column: empty, different, smallest, largest, most frequent, and how spread."""

from datetime import UTC, datetime
from decimal import Decimal

from portal.core.formats import plain_decimal
from portal.datasets.imports.workspace import name as quoted

MOST_FREQUENT = 10
BINS = 12


def profile_of(database, table, column, kind):
    """Return the profile of a column as plain data for JSON.

    ``rows``, ``empty``, ``distinct``; ``minimum`` and ``maximum`` as texts; ``frequent`` as
    [[value, count]]; ``bins`` as [[from, to, count]] for numbers and days that differ.
    """
    name = quoted(column)
    low, high = _ends(column, kind)
    rows, filled, distinct, minimum, maximum = database.execute(
        f"SELECT count(*), count({name}), count(DISTINCT {name}), {low}, {high} FROM {table}"
    ).fetchone()
    return {
        "rows": rows,
        "empty": rows - filled,
        "distinct": distinct,
        "minimum": plain(minimum),
        "maximum": plain(maximum),
        "frequent": _frequent(database, table, name) if distinct < filled else [],
        "bins": _bins(database, table, name, kind) if distinct > 1 else [],
    }


def _frequent(database, table, name):
    """Return the values that stand there most often; called where not each stands there once."""
    found = database.execute(
        f"SELECT {name}, count(*) AS times FROM {table} WHERE {name} IS NOT NULL "
        f"GROUP BY {name} ORDER BY times DESC, min(rowid) LIMIT {MOST_FREQUENT}"
    ).fetchall()
    return [[plain(value), times] for value, times in found]


def _ends(column, kind):
    name = quoted(column)
    if kind == "VARCHAR":
        order = quoted(f"{column}#order")
        return f"arg_min({name}, {order})", f"arg_max({name}, {order})"
    return f"min({name})", f"max({name})"


def _bins(database, table, name, kind):
    """Count the values in parts of equal width; exact numbers are only drawn, so they may round."""
    if kind in ("VARCHAR", "BOOLEAN"):
        return []
    is_day = kind == "DATE" or kind.startswith("TIMESTAMP")
    number = f"epoch({name})" if is_day else f"{name}::DOUBLE"
    low, high = database.execute(f"SELECT min({number}), max({number}) FROM {table}").fetchone()
    width = (high - low) / BINS
    if not width:
        return []
    counts = dict(
        database.execute(
            f"SELECT least(floor(({number} - ?) / ?)::INTEGER, {BINS - 1}) AS bin, count(*) "
            f"FROM {table} WHERE {name} IS NOT NULL GROUP BY bin",
            [low, width],
        ).fetchall()
    )
    edge = _day_of if is_day else float
    return [
        [edge(low + each * width), edge(low + (each + 1) * width), counts.get(each, 0)]
        for each in range(BINS)
    ]


def _day_of(seconds):
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def plain(value):
    """Return a value of a table as JSON takes it; a Decimal as text, so that no digit is lost."""
    if isinstance(value, Decimal):
        return plain_decimal(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
