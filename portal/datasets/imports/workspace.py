"""A private DuckDB with its own folder, which goes when the work is done."""

import shutil
import tempfile
import weakref
from functools import lru_cache
from pathlib import Path

import duckdb

MEMORY_LIMIT = "512MB"
THREADS = 2


class Workspace:
    """A database in memory that spills into a folder of its own; use it as a context."""

    def __init__(self, folder=None):
        self.folder = Path(tempfile.mkdtemp(prefix="table-", dir=folder))
        self.database = duckdb.connect(
            config={
                "memory_limit": MEMORY_LIMIT,
                "threads": THREADS,
                "temp_directory": str(self.folder / "spill"),
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        )
        #: Tables (row, place, value) of cells with a remark whose code is the table's name.
        self.noted = ["unreadable_character", "invisible_characters"]
        self._finalizer = weakref.finalize(self, _leave, self.database, self.folder)

    def close(self):
        """Close the database and remove the folder; a second call does nothing."""
        self._finalizer()

    def __enter__(self):
        return self

    def __exit__(self, *fault):
        self.close()

    def run(self, sql, parameters=None):
        """Run a statement and return all of its rows."""
        return self.database.execute(sql, parameters).fetchall()

    def value(self, sql, parameters=None):
        """Run a query and return the first value of its first row."""
        return self.database.execute(sql, parameters).fetchone()[0]


def _leave(database, folder):
    database.close()
    shutil.rmtree(folder, ignore_errors=True)


def name(identifier):
    """Return ``identifier`` quoted for SQL."""
    return '"' + str(identifier).replace('"', '""') + '"'


def text(value):
    """Return ``value`` as an SQL text; NULL for None."""
    return "NULL" if value is None else "'" + str(value).replace("'", "''") + "'"


@lru_cache(maxsize=256)
def accepts_pattern(pattern):
    """Tell whether the engine can match ``pattern`` (RE2: no look-around, no references)."""
    with duckdb.connect() as database:
        try:
            database.execute("SELECT regexp_full_match('', ?)", [pattern]).fetchall()
        except duckdb.Error:
            return False
    return True
