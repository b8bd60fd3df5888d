"""What rows are sorted and compared by: of each column one whole number a row, in a mapped file.

The engine takes most of its time to unpack columns and to sort; numbers that lie plainly are
compared and put in order in a tenth of it. The file stands beside the copy. Its first line says
which columns it holds, then come their numbers, one column after the other, an empty cell as the
smallest number of the column's width.
"""

import json
from dataclasses import dataclass

import numpy

from portal.datasets.imports.workspace import name as quoted

#: With it ends the name of the column that holds the places of texts in the Vietnamese order.
ORDER = "#order"
#: Rows that are read and put in order at once, so that memory does not grow with the table.
PIECE = 1 << 20
_DIGITS = 18  #: that a number of 64 bits always holds
PLAIN, APART, PLACE = "plain", "apart", "place"
_STEP = 64  #: columns begin at multiples of it, as processors like numbers to lie


@dataclass(frozen=True)
class Keys:
    """The keys of a copy: ``columns`` are arrays by name, ``rows`` long.

    The numbers of those in ``plain`` are the values themselves (decimals without their point,
    days since 1970), of all others their place in order. In columns of ``apart`` no two texts
    share a place.
    """

    rows: int
    columns: dict
    plain: frozenset
    apart: frozenset

    def empty(self, name):
        """Return the number that stands for an empty cell of a column."""
        return empty_mark(self.columns[name].dtype)


def empty_mark(dtype):
    """Return the number that stands for an empty cell among numbers of ``dtype``."""
    return numpy.iinfo(dtype).min


def write_keys(database, table, types, path):
    """Write the keys of ``table``, numbered as its rows lie, to a new file ``path``."""
    [rows] = database.execute(f"SELECT count(*) FROM {table}").fetchone()
    told = [(name, *_kept_as(database, table, name, kind)) for name, kind in types.items()]
    line = json.dumps({"rows": rows, "columns": told}).encode()
    with open(path, "wb") as file:
        file.write(line + b"\n")
        for name, dtype, meant in told:
            file.write(bytes(-file.tell() % _STEP))
            for piece in _pieces(database, table, rows, name, types[name], dtype, meant):
                piece.tofile(file)


def same_keys(database, table, types, path):
    """Tell whether the file at ``path`` holds the keys of ``table``."""
    kept = keys_at(path)
    [rows] = database.execute(f"SELECT count(*) FROM {table}").fetchone()
    if kept.rows != rows or list(kept.columns) != list(types):
        return False
    for name, kind in types.items():
        dtype, meant = _kept_as(database, table, name, kind)
        there = kept.columns[name]
        is_meant = (name in kept.plain, name in kept.apart) == (meant == PLAIN, meant == APART)
        if there.dtype != numpy.dtype(dtype) or not is_meant:
            return False
        pieces = _pieces(database, table, rows, name, kind, dtype, meant)
        for place, piece in enumerate(pieces):
            if not numpy.array_equal(piece, there[place * PIECE : (place + 1) * PIECE]):
                return False
    return True


def _kept_as(database, table, name, kind):
    """Return (how numbers are stored, what they mean)."""
    if kind == "VARCHAR":
        texts, places = database.execute(
            f"SELECT count(DISTINCT {quoted(name)}), count(DISTINCT {quoted(name + ORDER)}) "
            f"FROM {table}"
        ).fetchone()
        return "<i4", APART if texts == places else PLACE
    plain = _plain_sql(quoted(name), kind)
    if plain is not None:
        low, high = database.execute(
            f"SELECT min(number), max(number) FROM (SELECT {plain} AS number FROM {table})"
        ).fetchone()
        for dtype in ("<i4", "<i8"):
            if low is None or empty_mark(dtype) < low and high <= numpy.iinfo(dtype).max:
                return dtype, PLAIN
    return "<i8", PLACE


def _plain_sql(column, kind):
    """Return the SQL of a column's values as whole numbers; None where they may be too long."""
    if kind in ("BIGINT", "INTEGER"):
        return column
    if kind == "BOOLEAN":
        return f"{column}::INTEGER"
    if kind == "DATE":
        return f"{column} - DATE '1970-01-01'"
    if kind.startswith("DECIMAL"):
        width, scale = (int(part) for part in kind[8:-1].split(","))
        if width <= _DIGITS:
            return f"({column}::DECIMAL(38,{scale}) * {10**scale}::BIGINT)::BIGINT"
    return None


def _pieces(database, table, rows, name, kind, dtype, meant):
    if meant == PLAIN:
        numbers = f"SELECT {_plain_sql(quoted(name), kind)} AS number, rowid AS place FROM {table}"
    elif kind == "VARCHAR":
        numbers = f"SELECT {quoted(name + ORDER)} AS number, rowid AS place FROM {table}"
    else:
        rank = f"dense_rank() OVER (ORDER BY {quoted(name)} NULLS LAST)"
        numbers = (
            f"SELECT CASE WHEN {quoted(name)} IS NOT NULL THEN {rank} END AS number, "
            f"rowid AS place FROM {table}"
        )
    database.execute(f"CREATE OR REPLACE TEMP TABLE keys_of_one AS {numbers}")
    for start in range(0, rows, PIECE):
        found = database.execute(
            "SELECT coalesce(number, ?) AS number FROM keys_of_one "
            "WHERE place BETWEEN ? AND ? ORDER BY place",
            [empty_mark(dtype), start, start + PIECE - 1],
        ).fetchnumpy()
        yield numpy.asarray(found["number"]).astype(dtype)
    database.execute("DROP TABLE IF EXISTS keys_of_one")


def keys_at(path):
    """Return the ``Keys`` in the file at ``path``; raise ``FileNotFoundError`` without it."""
    with open(path, "rb") as file:
        line = file.readline()
    told = json.loads(line)
    mapped = numpy.memmap(path, numpy.uint8, "r").view(numpy.ndarray)  # once: each is a handle
    columns, place = {}, len(line)
    for name, dtype, _meant in told["columns"]:
        place += -place % _STEP
        end = place + told["rows"] * numpy.dtype(dtype).itemsize
        columns[name] = mapped[place:end].view(dtype)
        place = end
    plain, apart = (
        frozenset(name for name, _dtype, meant in told["columns"] if meant == sought)
        for sought in (PLAIN, APART)
    )
    return Keys(told["rows"], columns, plain, apart)
