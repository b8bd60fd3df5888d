"""The rows that everybody may read, in a form of their own that anyone can hash.

One JSON list a line: first the names of the columns, then each row in the order of the table;
texts as they stand, numbers, days and moments written out as texts, an empty cell as null. It
is written from the version's table whenever it is asked for, so it is kept nowhere.
"""

import hashlib
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from portal.core.canonical import canonical
from portal.datasets.imports.workspace import name as quoted
from portal.datasets.imports.workspace import text as literal
from portal.datasets.manifests import table_file
from portal.datasets.sights import open_columns
from portal.datasets.store import column_types, opened

PIECE = 256 * 1024
TOLD = ("name", "title", "type", "unit_of_measure")


@dataclass(frozen=True)
class OpenTable:
    """What a manifest says of the open rows; ``sha256`` is empty where no column is open."""

    columns: tuple
    rows: int
    sha256: str

    @property
    def names(self):
        return [column["name"] for column in self.columns]

    def as_dict(self):
        """Return plain data for the manifest."""
        return {"form": "lines", **asdict(self)}


def open_table_of(version):
    """Return the ``OpenTable`` of a version; this reads the whole table."""
    columns = open_columns(version.dataset, version)
    told = tuple({name: getattr(column, name) for name in TOLD} for column in columns)
    return OpenTable(told, version.row_count, hash_of(version, [c.name for c in columns]))


def hash_of(version, names):
    """Return the SHA-256 of the columns ``names`` in their open form; empty without columns."""
    if not names:
        return ""
    digest = hashlib.sha256()
    for piece in pieces_of(version, names):
        digest.update(piece)
    return digest.hexdigest()


def pieces_of(version, names):
    """Yield the open form of the columns ``names`` in pieces of bytes."""
    yield f"{canonical(names)}\n".encode()
    with tempfile.TemporaryDirectory(prefix="table-") as folder:
        path = Path(folder) / "lines"
        _write_lines(table_file(version), names, path)
        with open(path, "rb") as lines:
            while piece := lines.read(PIECE):
                yield piece


def _write_lines(table, names, path):
    """Write the rows as JSON lists; the engine does so in half the time it takes to fetch them.

    JSON escapes what ends a line and the character that would part columns, so that the writer
    of texts has nothing to quote.
    """
    with opened(stored=table) as database:
        types = column_types(database, "stored")
        cells = ", ".join(f"{quoted(n)}::VARCHAR" if n in types else "NULL" for n in names)
        # Unsorted, the engine gives rows as they lie, which is the order of the file.
        database.execute(
            f"COPY (SELECT to_json([{cells}]::VARCHAR[])::VARCHAR "  # noqa: S608 - all is quoted
            f"FROM stored) TO {literal(path)} "
            "(FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01')"
        )
