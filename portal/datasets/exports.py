"""Published tables as files: CSV for Excel, a workbook, or Parquet, with given columns only."""

import tempfile

from portal.datasets import store
from portal.datasets.manifests import table_file

#: What can be asked for, with its MIME type.
EXPORTS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
SPOOLED_BYTES = 4 * 1024 * 1024


def open_export(version, columns, suffix):
    """Return a binary file, at its beginning, with ``columns`` of the version's table.

    The file is gone when it is closed.
    """
    path = table_file(version)
    if suffix == "parquet":
        return _parquet(path, [column.name for column in columns])
    out = tempfile.SpooledTemporaryFile(max_size=SPOOLED_BYTES)  # noqa: SIM115 - the caller closes
    titled = [(column.name, _printed_name(column)) for column in columns]
    {"csv": store.write_csv, "xlsx": store.write_xlsx}[suffix](path, out, titled)
    out.seek(0)
    return out


def _printed_name(column):
    return column.title or column.name


def _parquet(path, names):
    with tempfile.NamedTemporaryFile(suffix=".parquet") as out:
        store.write_parquet(path, out.name, names)
        return open(out.name, "rb")  # the name goes with the block, the content with the handle
