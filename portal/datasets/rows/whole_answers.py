"""All rows of a question, for files: in batches, or as Parquet."""

import os

from portal.datasets.imports.workspace import text as literal
from portal.datasets.rows import limits
from portal.datasets.rows.copies import CopyGone, again_if_gone, reading_copy
from portal.datasets.rows.engine import asking, shelf
from portal.datasets.rows.sql import conditions, order_by, shown

BATCH = 5_000


def each_batch(version, question, size=BATCH):
    """Yield all rows of a question as lists of tuples; memory does not grow with the table."""
    try:
        yield from _batches(version, question, size)
    except CopyGone:  # it is opened before the first batch
        yield from _batches(version, question, size)


def _batches(version, question, size):
    path = str(reading_copy(version))
    with asking(path, limits.EXPORT_SECONDS) as copy:
        where, values = conditions(question, copy.types)
        given = shown(question, copy.types)
        # Unsorted, the engine gives rows as they lie, which is the order of the file.
        order = f" ORDER BY {order_by(question.sort, copy.types)}" if question.sort else ""
        copy.cursor.execute(f"SELECT {given} FROM {copy.table} WHERE {where}{order}", values)
        while batch := copy.cursor.fetchmany(size):
            yield batch


@again_if_gone
def parquet_file(version, question):
    """Return an open Parquet file with all rows of a question; closed, it is gone."""
    path, target = str(reading_copy(version)), shelf().spill_file()
    try:
        with asking(path, limits.EXPORT_SECONDS) as copy:
            where, values = conditions(question, copy.types)
            given = shown(question, copy.types)
            order = f" ORDER BY {order_by(question.sort, copy.types)}" if question.sort else ""
            copy.cursor.execute(
                f"COPY (SELECT {given} FROM {copy.table} WHERE {where}{order}) "
                f"TO {literal(target)} (FORMAT parquet, COMPRESSION zstd)",
                values,
            )
        return open(target, "rb")  # the name goes with the block, the content with the handle
    finally:
        os.unlink(target)
