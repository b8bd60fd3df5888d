"""The rows of a reading copy one by one: a table of SQLite, in which a row is found by its place.

The engine finds in columns which rows are meant; taking a hundred scattered rows out of ten
compressed columns would take it longer than finding them.
"""

import os
import sqlite3
import threading
from collections import OrderedDict
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import quote

from portal.datasets.imports.workspace import name as quoted

BATCH = 20_000
#: Files of single rows that a thread keeps open.
OPENED = 16
_threads = threading.local()
_AS_THEY_ARE = ("VARCHAR", "BIGINT", "INTEGER")


def write_lines(database, table, types, path):
    """Write the rows of ``table`` to a new file ``path``, numbered from 0 as they lie."""
    shown = ", ".join(kept_as(name, sql_type) for name, sql_type in types.items())
    marks = ", ".join("?" * (len(types) + 1))
    with closing(sqlite3.connect(path)) as lines:
        lines.execute("PRAGMA journal_mode = OFF")
        lines.execute("PRAGMA synchronous = OFF")  # the draft counts only once it is whole
        names = ", ".join(f"c{place}" for place in range(len(types)))
        lines.execute(f"CREATE TABLE lines (place INTEGER PRIMARY KEY, {names})")
        database.execute(f"SELECT rowid, {shown} FROM {table}")
        while batch := database.fetchmany(BATCH):
            lines.executemany(f"INSERT INTO lines VALUES ({marks})", batch)
        lines.commit()


def kept_as(name, sql_type):
    """Return the SQL by which a column is written into the file of single rows."""
    if sql_type in _AS_THEY_ARE:
        return quoted(name)
    return f"{quoted(name)}::{'TINYINT' if sql_type == 'BOOLEAN' else 'VARCHAR'}"


def lines_at(path, types, columns, places, *, as_told=False):
    """Return the rows at ``places``, in that order, as tuples of ``columns``.

    With ``as_told`` they hold what JSON takes: decimals and days as texts.
    """
    if not places:
        return []
    numbers = {name: number for number, name in enumerate(types)}
    shown = ", ".join(f"c{numbers[name]}" for name in columns)
    marks = ", ".join("?" * len(places))
    found = _opened(path).execute(
        f"SELECT place, {shown} FROM lines WHERE place IN ({marks})", places
    )
    rows = {place: row for place, *row in found}
    reader_of = _teller if as_told else _reader
    readers = [reader_of(types[name]) for name in columns]
    if not any(readers):
        return [tuple(rows[place]) for place in places]
    return [_read(rows[place], readers) for place in places]


def _opened(path):
    """Return this thread's connection to the rows at ``path``.

    It stays open while it is among the last ones used, and until the next is opened after its file
    was removed, so that the disk has its room again. Raise ``FileNotFoundError`` for rows that are
    gone.
    """
    key = (str(path), os.stat(path).st_ino)
    opened = _threads.__dict__.setdefault("opened", OrderedDict())
    if key not in opened:
        removed = [each for each in opened if not os.path.exists(each[0])]
        oldest = [*opened][: max(len(opened) + 1 - OPENED, 0)]
        for each in removed or oldest:
            opened.pop(each).close()
        opened[key] = sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)
    opened.move_to_end(key)
    return opened[key]


def _read(row, readers):
    return tuple(
        reader(value) if reader and value is not None else value
        for reader, value in zip(readers, row, strict=True)
    )


def _reader(sql_type):
    """Return what makes of a stored value what the table holds; None where it is that."""
    if sql_type in _AS_THEY_ARE:
        return None
    if sql_type.startswith("TIMESTAMP"):
        return datetime.fromisoformat
    return {"DATE": date.fromisoformat, "BOOLEAN": bool, "HUGEINT": int}.get(sql_type, Decimal)


def _teller(sql_type):
    """Return what makes of a stored value what JSON takes; None where it is that."""
    if sql_type.startswith("TIMESTAMP"):
        return lambda text: datetime.fromisoformat(text).isoformat()
    return {"BOOLEAN": bool, "HUGEINT": int}.get(sql_type)
