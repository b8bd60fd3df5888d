"""The engine that answers readers: closed to the network and to every file but reading copies.

One per process, shared by its threads, with one buffer whatever is asked. A copy is attached to
be read only, and stays attached while it is among the last ones used.
"""

import os
import shutil
import tempfile
import threading
import weakref
from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

import duckdb
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.datasets.imports.workspace import text as literal
from portal.datasets.rows import limits
from portal.datasets.rows.copies import CopyGone, copies_folder, keys_path, reading_copy
from portal.datasets.rows.keys import Keys, keys_at
from portal.datasets.rows.turns import turn_of_others
from portal.datasets.rows.watch import Watch

MEMORY_LIMIT = "400MB"
OPENED_COPIES = 64


class QuestionTooHeavy(ValidationError):
    """The engine was stopped: the answer takes more time or memory than a reader has."""


@dataclass
class _Attached:
    alias: str
    types: dict
    keys: Keys
    users: int = 0


@dataclass(frozen=True)
class OpenCopy:
    """A reading copy in the engine: the caller's own connection, the table, its types and keys."""

    cursor: duckdb.DuckDBPyConnection
    alias: str
    types: dict
    keys: Keys

    @property
    def table(self):
        return f"{self.alias}.rows"

    def all(self, sql, values=()):
        """Run a query and return all of its rows."""
        return self.cursor.execute(sql, values).fetchall()


class Shelf:
    """A closed engine and the copies that are open in it."""

    def __init__(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        self._spill = tempfile.mkdtemp(prefix="rows-")
        self._database = duckdb.connect(
            config={
                "memory_limit": MEMORY_LIMIT,
                "threads": 1,  # each reader's own thread; several readers are the parallel work
                "temp_directory": self._spill,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        )
        self._database.execute(f"SET allowed_directories = [{literal(f'{folder}/')}]")
        self._database.execute("SET enable_external_access = false")
        self._database.execute("SET lock_configuration = true")
        self._lock = threading.Lock()
        self._opened = OrderedDict()
        self._attached = 0
        weakref.finalize(self, shutil.rmtree, self._spill, ignore_errors=True)

    @contextmanager
    def opened(self, path):
        """Give the copy at ``path``, as an ``OpenCopy``."""
        with self._lock:
            copy = self._opened.get(path) or self._attach(path)
            copy.users += 1
            self._opened.move_to_end(path)
        try:
            with self._database.cursor() as cursor:
                yield OpenCopy(cursor, copy.alias, copy.types, copy.keys)
        finally:
            with self._lock:
                copy.users -= 1

    def _attach(self, path):
        self._let_go_of_removed()
        if len(self._opened) >= OPENED_COPIES:
            self._lay_aside()
        self._attached += 1
        alias = f"copy{self._attached}"
        try:
            keys = keys_at(keys_path(path))
            self._database.execute(f"ATTACH {literal(path)} AS {alias} (READ_ONLY)")
        except (FileNotFoundError, duckdb.IOException) as fault:
            if os.path.exists(path) and keys_path(path).exists():
                raise
            raise CopyGone(path) from fault
        described = self._database.execute(f"DESCRIBE {alias}.rows").fetchall()
        copy = _Attached(alias, {name: kind for name, kind, *_rest in described}, keys)
        self._opened[path] = copy
        return copy

    def _let_go_of_removed(self):
        """Close the copies whose files were removed, so that the disk has their room again."""
        removed = [
            path
            for path, copy in self._opened.items()
            if not copy.users and not os.path.exists(path)
        ]
        for path in removed:
            self._database.execute(f"DETACH {self._opened.pop(path).alias}")

    def _lay_aside(self):
        """Close the copy that was not used for longest, unless each is being read."""
        for path, copy in self._opened.items():
            if not copy.users:
                self._database.execute(f"DETACH {copy.alias}")
                del self._opened[path]
                return

    def spill_file(self):
        """Return the path of a new file that the engine may write, for a table to hand out."""
        handle, path = tempfile.mkstemp(suffix=".parquet", dir=self._spill)
        os.close(handle)
        return path


@lru_cache(maxsize=2)
def _shelf(process, folder):
    return Shelf(folder)


def shelf():
    """Return the engine of this process."""
    return _shelf(os.getpid(), copies_folder())


@contextmanager
def opened_copy(version):
    """Give the version's reading copy, as an ``OpenCopy``."""
    with shelf().opened(str(reading_copy(version))) as copy:
        yield copy


@lru_cache(maxsize=1)
def _watch(process):
    return Watch()


@contextmanager
def within(cursor, seconds):
    """Stop what ``cursor`` does after ``seconds``; raise ``QuestionTooHeavy`` then."""
    watched = _watch(os.getpid()).after(seconds, cursor.interrupt)
    try:
        yield
    except (duckdb.InterruptException, duckdb.OutOfMemoryException) as fault:
        raise QuestionTooHeavy(
            _("The question takes too much time or memory. Ask for fewer rows or groups."),
            code="too_heavy",
        ) from fault
    finally:
        _watch(os.getpid()).forget(watched)


@contextmanager
def asking(path, seconds=limits.QUERY_SECONDS):
    """Give the copy at ``path`` for a question that may take ``seconds``."""
    with shelf().opened(path) as copy, turn_of_others(), within(copy.cursor, seconds):
        yield copy
