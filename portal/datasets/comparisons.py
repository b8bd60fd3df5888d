"""Two versions side by side, whichever they are: counted, then row by row and cell by cell."""

import hashlib
from contextlib import contextmanager

from django.core.cache import cache

from portal.datasets.definitions.lineage import table_under
from portal.datasets.diffs import changed_rows, diff_tables
from portal.datasets.imports.columns import TableSchema
from portal.datasets.manifests import table_file
from portal.datasets.schemas import schema_of_version

COUNTED_SECONDS = 7 * 24 * 3600


def compared_schema(before, after):
    """Return the columns of the newer version that a reader sees whole in both: two ``Sight``.

    None without any, and for who may see some of the rows only: how many came and went among
    the others is not for them.
    """
    if before is None or after is None or before.limits or after.limits:
        return None
    shown_before = {column.id for column in before.clear}
    hidden_before = {
        column.id for column in schema_of_version(before.version).columns
    } - shown_before
    columns = [column for column in after.clear if column.id not in hidden_before]
    return TableSchema(columns) if columns else None


def counts_between(old, new, schema):
    """Return how many rows came, went, changed and stayed; a pair is counted once."""
    told = "|".join([old.table_sha256, new.table_sha256, *(each.name for each in schema.columns)])
    key = f"datasets:compared:{hashlib.sha256(told.encode()).hexdigest()}"
    found = cache.get(key)
    if found is None:
        with _older(old, schema) as before:
            found = diff_tables(before, table_file(new), schema).as_dict()
        found.pop("samples")
        cache.set(key, found, COUNTED_SECONDS)
    return found


def rows_between(old, new, schema, kind, *, offset, limit):
    """Return a page of the rows of one kind, with ``kind``, ``key`` and ``cells``."""
    with _older(old, schema) as before:
        return changed_rows(before, table_file(new), schema, kind, offset, limit)


@contextmanager
def _older(old, schema):
    """Give the older table as the newer schema has it: a renamed column is the same one."""
    with table_under(table_file(old), schema_of_version(old), schema, strict=False) as before:
        yield before
