"""One row of a table of a version: by its place, or by its key."""

from portal.datasets.imports.workspace import name as quoted
from portal.datasets.store import ROW, column_types, opened


def row_at(path, columns, place):
    """Return ``(source row, values)`` of the row at ``place``, counted from 1; None beyond."""
    found = _asked(path, columns, "TRUE", [], place - 1)
    return found[0] if found else None


def row_with(path, columns, key):
    """Return ``(source row, values)`` of the one row with ``key`` ({column: text}).

    None comes where there is none, where there are several, and where a column is missing.
    """
    with opened(stored=path) as database:
        types = column_types(database, "stored")
    if not set(key) <= set(types):
        return None
    where = " AND ".join(f"{quoted(name)} = TRY_CAST(? AS {types[name]})" for name in key)
    found = _asked(path, columns, where, list(key.values()), 0, limit=2)
    return found[0] if len(found) == 1 else None


def _asked(path, columns, where, values, offset, limit=1):
    with opened(stored=path) as database:
        types = column_types(database, "stored")
        shown = "".join(f", {quoted(c) if c in types else 'NULL'}" for c in columns)
        # Unsorted, the engine gives rows as they lie, which is the order of the file.
        found = database.execute(
            f"SELECT {quoted(ROW)}{shown} FROM stored WHERE {where} LIMIT ? OFFSET ?",
            [*values, limit, offset],
        ).fetchall()
    return [(row, tuple(cells)) for row, *cells in found]
