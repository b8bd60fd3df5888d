"""A published table under another definition: columns renamed and converted, rows the same."""

import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from portal.core.formats import format_number
from portal.core.jobs import JobRefused
from portal.datasets.definitions.conversion import converted, is_number
from portal.datasets.imports.column import NUMBERS
from portal.datasets.imports.workspace import name as quoted
from portal.datasets.imports.workspace import text as literal
from portal.datasets.store import ROW, column_types, opened

_KINDS = {"date": "DATE", "boolean": "BOOLEAN"}


@contextmanager
def table_under(path, stored, schema, *, strict):
    """Give the path of the table at ``path`` as ``schema`` would have it.

    ``stored`` is the schema with which it was written; columns are the same by their lasting
    identity. The file itself is given when nothing differs. What cannot be converted is refused
    when ``strict``, because rows are kept; otherwise the column stays as it was, to be compared.
    """
    with opened(stored=path) as database:
        shown = list(_columns(database, stored, schema, strict=strict))
        if all(same for _sql, same in shown) and not _names_reused(stored, schema):
            yield path
            return
        with tempfile.TemporaryDirectory(prefix="table-") as folder:
            out = Path(folder) / "table.parquet"
            listed = ", ".join([quoted(ROW), *(sql for sql, _same in shown)])
            database.execute(
                f"COPY (SELECT {listed} FROM stored ORDER BY {quoted(ROW)}) TO {literal(out)} "
                "(FORMAT parquet, COMPRESSION zstd)"
            )
            yield out


def _columns(database, stored, schema, *, strict):
    """Yield the SQL of each column that the table has, and whether it stays as it is."""
    types = column_types(database, "stored")
    names = {column.id: column.name for column in stored.columns}
    for column in schema.columns:
        old = names.get(column.id)
        if old not in types:
            continue
        value = quoted(old)
        if not _is_kept(types[old], column):
            new = converted(value, types[old], column)
            lost = database.execute(
                f"SELECT count(*) FROM stored WHERE {value} IS NOT NULL AND ({new}) IS NULL"
            ).fetchone()[0]
            if lost and strict:
                raise JobRefused(_sentence(column, lost))
            value = value if lost else f"({new})"
        yield f"{value} AS {quoted(column.name)}", value == quoted(column.name)


def _names_reused(stored, schema):
    """Tell whether a column of the table has the name that another column has today."""
    today = {column.name: column.id for column in schema.columns}
    return any(today.get(column.name, column.id) != column.id for column in stored.columns)


def _is_kept(kind, column):
    """Tell whether values of the SQL type ``kind`` are values of ``column`` already."""
    if column.type in NUMBERS:
        is_whole = kind == "BIGINT" or kind.endswith(",0)")
        return is_number(kind) and (is_whole or column.type != "integer")
    return kind == _KINDS.get(column.type, kind if kind == "TIMESTAMP" else "VARCHAR")


def _sentence(column, lost):
    return _(
        "%(count)s published rows cannot be read under today's type of “%(title)s”, so nothing "
        "can be added to them. Send the whole table anew."
    ) % {"count": format_number(lost), "title": column.title or column.name}
