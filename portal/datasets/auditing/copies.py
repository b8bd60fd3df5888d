"""Whether the reading copies, from which readers are answered, hold the rows of the tables.

Compared are the cells, place by place: in the copy itself, in the file of its single rows and in
that of its keys. What else is derived in the copy (order of texts, folded texts, profile) is not.
"""

import sqlite3
from contextlib import closing
from urllib.parse import quote

import duckdb

from portal.datasets.imports.workspace import Workspace
from portal.datasets.imports.workspace import name as quoted
from portal.datasets.imports.workspace import text as literal
from portal.datasets.manifests import table_file
from portal.datasets.rows.copies import copy_path, files_of, keys_path, lines_path, own_types
from portal.datasets.rows.keys import same_keys
from portal.datasets.rows.lines import BATCH, kept_as


def false_copies(dataset):
    """Yield the published versions whose reading copy differs from their table."""
    seen = set()
    versions = dataset.versions.published_ever().order_by("number")
    for version in versions.only("pk", "number", "table_path", "table_sha256").iterator():
        path = copy_path(version)
        if path in seen or not path.exists():
            continue
        seen.add(path)
        if not _is_true(table_file(version), path):
            yield version


def remove_copy(version):
    """Delete a reading copy; it is made again from the table when somebody asks for rows."""
    for path in reversed(files_of(copy_path(version))):
        path.unlink(missing_ok=True)


def _is_true(table, path):
    with Workspace() as workspace:
        database = workspace.database
        database.execute(f"CREATE TEMP VIEW stored AS FROM read_parquet({literal(str(table))})")
        try:
            database.execute(f"ATTACH {literal(str(path))} AS copy (READ_ONLY)")
            described = database.execute("DESCRIBE copy.rows").fetchall()
            types = own_types({name: kind for name, kind, *_rest in described})
            return (
                _same_cells(database, types)
                and _same_lines(database, types, lines_path(path))
                and same_keys(database, "copy.rows", types, keys_path(path))
            )
        except duckdb.ResourceInUseException:
            raise  # it is open in this very process, which says nothing of its rows
        except (duckdb.Error, sqlite3.Error, OSError, ValueError, KeyError, TypeError):
            return False  # not a copy any more


def _same_cells(database, types):
    there = {name for name, *_rest in database.execute("DESCRIBE stored").fetchall()}
    differs = [
        f"s.{quoted(name)} IS DISTINCT FROM c.{quoted(name)}"
        if name in there
        else f"c.{quoted(name)} IS NOT NULL"
        for name in types
    ]
    counts = database.execute(
        "SELECT (SELECT count(*) FROM stored), (SELECT count(*) FROM copy.rows)"
    ).fetchone()
    if counts[0] != counts[1]:
        return False
    found = database.execute(
        f"SELECT 1 FROM stored s POSITIONAL JOIN copy.rows c "  # noqa: S608 - all of it is quoted
        f"WHERE {' OR '.join(differs) or 'FALSE'} LIMIT 1"
    ).fetchone()
    return found is None


def _same_lines(database, types, path):
    """Tell whether the single rows are those of the copy, which was compared before."""
    shown = ", ".join(kept_as(name, kind) for name, kind in types.items())
    columns = ", ".join(f"c{place}" for place in range(len(types)))
    database.execute(f"SELECT rowid, {shown} FROM copy.rows")  # noqa: S608 - all is quoted
    address = f"file:{quote(str(path))}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as lines:
        found = lines.execute(f"SELECT place, {columns} FROM lines ORDER BY place")  # noqa: S608
        while True:
            batch = database.fetchmany(BATCH)
            if batch != found.fetchmany(BATCH):
                return False
            if not batch:
                return True
