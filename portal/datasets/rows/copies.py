"""The reading copy of a table: the same rows, laid out so that a reader's question is quick.

It is made from the Parquet file, which stays the one that counts, and can be deleted at any
time. Beside each column of texts stand ``name#order``, a number in the Vietnamese order, and
``name#fold``, the text as the search folds it. ``rowid`` counts the rows in the order of the file,
and by it each stands in a file beside the copy (``portal.datasets.rows.lines``), its keys in
another (``portal.datasets.rows.keys``).
"""

import fcntl
import json
import os
import threading
import time
import uuid
from collections import defaultdict
from contextlib import contextmanager
from functools import wraps
from pathlib import Path

import duckdb
from django.conf import settings

from portal.core.lost_files import lost_if_broken
from portal.datasets.imports.workspace import Workspace
from portal.datasets.imports.workspace import name as quoted
from portal.datasets.imports.workspace import text as literal
from portal.datasets.manifests import table_file
from portal.datasets.rows.folding import fold_the_rest, folded, is_known
from portal.datasets.rows.keys import ORDER, write_keys
from portal.datasets.rows.lines import write_lines
from portal.datasets.rows.profiles import profile_of
from portal.datasets.rows.turns import turn_of_others
from portal.datasets.schemas import columns_of_version
from portal.datasets.store import ROW

#: Raise it when copies must be made anew.
FORMAT = 2
FOLD = "#fold"
#: A copy's file says when it was last read, to the hour.
NOTED_SECONDS = 3600
_making = defaultdict(threading.Lock)


class CopyGone(OSError):
    """A copy was removed after its path was given out; ask for it again and it is made again."""


def again_if_gone(function):
    """Let the decorated function ask once more when the copy that it reads was just removed."""

    @wraps(function)
    def asked(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except CopyGone:
            return function(*args, **kwargs)

    return asked


def copies_folder():
    """Return the folder of the reading copies; all in it can be made again."""
    return Path(settings.PORTAL_DATA_ROOT) / "reading"


def copy_path(version):
    """Return where the reading copy of ``version`` is or will be."""
    return copies_folder() / f"{version.table_sha256}-{FORMAT}.duckdb"


def lines_path(path):
    """Return where the rows of the copy at ``path`` stand one by one."""
    return Path(path).with_suffix(".sqlite")


def keys_path(path):
    """Return where the keys of the copy at ``path`` stand."""
    return Path(path).with_suffix(".keys")


def files_of(path):
    """Return the files of the copy at ``path``; the copy itself, last, says that all are there."""
    return [lines_path(path), keys_path(path), Path(path)]


def own_types(types):
    """Return of the SQL types of a copy those of the table's own columns."""
    return {name: kind for name, kind in types.items() if not name.endswith((ORDER, FOLD))}


def is_whole(path):
    """Return whether the copy at ``path`` is there, with the files beside it."""
    return all(each.exists() for each in files_of(path))


def reading_copy(version):
    """Return the path of the version's reading copy; the first who asks waits until it is made.

    Who comes while another thread or process makes it waits for that one.
    """
    path = copy_path(version)
    if not is_whole(path):
        with turn_of_others(), _making[path.name], _alone(path):
            if not is_whole(path):
                columns = [column.name for column in columns_of_version(version)]
                table = table_file(version)
                with lost_if_broken(table, duckdb.IOException, duckdb.InvalidInputException):
                    make_copy(table, path, columns)
    _note_reading(path)
    return path


@contextmanager
def _alone(path):
    """Keep other processes from making the same copy; the lock of a killed one is free at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path.with_suffix(".lock"), "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _note_reading(path):
    """Let the file say that it is in use; one that was just removed is made again when opened."""
    try:
        if time.time() - path.stat().st_mtime > NOTED_SECONDS:
            os.utime(path)
    except FileNotFoundError:
        return


def make_copy(table, path, columns=()):
    """Write the reading copy of the Parquet file ``table``; it appears whole or not at all.

    Of ``columns`` those that the table does not have come as empty texts.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{uuid.uuid4().hex}.draft")
    try:
        with Workspace() as workspace:
            database = workspace.database
            database.execute(f"ATTACH {literal(draft)} AS made")
            database.execute(f"CREATE TEMP VIEW stored AS FROM read_parquet({literal(str(table))})")
            types = _fill(database, columns)
            write_lines(database, "made.rows", types, lines_path(draft))
            write_keys(database, "made.rows", types, keys_path(draft))
            database.execute("DETACH made")
        for made, there in zip(files_of(draft), files_of(path), strict=True):
            os.replace(made, there)
    finally:
        for made in files_of(draft):
            made.unlink(missing_ok=True)


def _fill(database, columns):
    types = {name: kind for name, kind, *_rest in database.execute("DESCRIBE stored").fetchall()}
    types.pop(ROW)
    missing = [name for name in columns if name not in types]
    types |= dict.fromkeys(missing, "VARCHAR")
    empty = "".join(f", NULL::VARCHAR AS {quoted(name)}" for name in missing)
    database.execute(f"CREATE TEMP VIEW source AS SELECT *{empty} FROM stored")
    texts = [name for name, kind in types.items() if kind == "VARCHAR"]
    joins, further = [], []
    for place, name in enumerate(texts):
        words = f"words{place}"
        _list_words(database, words, quoted(name))
        joins.append(f"LEFT JOIN {words} ON {words}.value = source.{quoted(name)}")
        further.append(f"{words}.place AS {quoted(name + ORDER)}")
        if not _all_folded(database, words):
            further.append(f"{words}.folded AS {quoted(name + FOLD)}")
    shown = ", ".join([*(f"source.{quoted(name)}" for name in types), *further])
    database.execute(
        f"CREATE TABLE made.rows AS SELECT {shown} FROM source {' '.join(joins)} "
        f"ORDER BY source.{quoted(ROW)}"
    )
    database.execute("CREATE TABLE made.profile (name VARCHAR, profile VARCHAR)")
    for name, kind in types.items():
        profile = json.dumps(profile_of(database, "made.rows", name, kind), ensure_ascii=False)
        database.execute("INSERT INTO made.profile VALUES (?, ?)", [name, profile])
    return types


def _list_words(database, table, column):
    """Make a table of the different values of a column: their place in order, and folded."""
    database.execute(
        f"CREATE TEMP TABLE {table} AS SELECT value, "
        f"(dense_rank() OVER (ORDER BY value COLLATE vi))::INTEGER AS place, "
        f"CASE WHEN {is_known('value')} THEN {folded('value')} END AS folded "
        f"FROM (SELECT DISTINCT {column} AS value FROM source WHERE {column} IS NOT NULL)"
    )
    fold_the_rest(database, table, "value", "folded")


def _all_folded(database, table):
    different = f"SELECT 1 FROM {table} WHERE folded IS DISTINCT FROM value LIMIT 1"
    return database.execute(different).fetchone() is None
