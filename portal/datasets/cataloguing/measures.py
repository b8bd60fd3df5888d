"""Size and SHA-256 of published files, and which rules their rows keep.

A published version never changes and its CSV is written the same each time, so it is measured
once and remembered; a large one by the worker (``measure_ahead``). The other kinds are not: a
workbook carries the moment it was written.
"""

import csv
import hashlib
import io
import json
import uuid
from dataclasses import dataclass, field
from functools import cache as remembered

from django.core.cache import cache

from portal.core import formulas
from portal.core.document_formats import version_of_files
from portal.datasets import exports, shown_values
from portal.datasets.access import current_version
from portal.datasets.cataloguing import csv_fields
from portal.datasets.cataloguing.csv_fields import Holding
from portal.datasets.readers import reader_of
from portal.datasets.rows import formats, masking
from portal.datasets.rows.copies import copies_folder
from portal.datasets.sights import sight_of

#: Larger tables are not read through while somebody waits.
ROWS_MEASURED = 200_000
REMEMBERED_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True)
class Measure:
    """A file's bytes and SHA-256; ``broken`` names by column the constraints its rows break."""

    size: int
    sha256: str
    broken: dict = field(default_factory=dict)


def known_measures(request, dataset):
    """Return ``{"csv": (bytes, SHA-256)}`` of what readers see now, where it is known."""
    version = current_version(dataset)
    sight = sight_of(reader_of(request), dataset, version) if version else None
    found = measured(sight) if sight else None
    return {"csv": (found.size, found.sha256)} if found else {}


def measured(sight):
    """Return the ``Measure`` of the CSV that a reader gets of all rows.

    None while a large table waits for it, and for who may see some of the rows only.
    """
    if sight.limits:
        return None
    key = _key(sight)
    found = cache.get(key)
    if found is None:
        is_large = sight.version.row_count > ROWS_MEASURED
        found = _kept(sight.version, key) if is_large else _measure(sight)
        if found is not None:
            cache.set(key, found, REMEMBERED_SECONDS)
    return found


def is_measured_ahead(sight):
    """Return whether nothing is left for ``measure_ahead`` to do."""
    if sight.version.row_count <= ROWS_MEASURED:
        return True
    return _kept_at(sight.version, _key(sight)).exists()


def measure_ahead(sight):
    """Measure a large table, in the worker, and keep what was found beside its reading copy."""
    if is_measured_ahead(sight):
        return
    path = _kept_at(sight.version, _key(sight))
    found = _measure(sight)
    broken = {name: sorted(constraints) for name, constraints in found.broken.items()}
    draft = path.with_name(f"{uuid.uuid4().hex}.draft")
    draft.write_text(json.dumps({"size": found.size, "sha256": found.sha256, "broken": broken}))
    draft.replace(path)


def _kept_at(version, key):
    return copies_folder() / f"{version.table_sha256}-{key[-16:]}.json"


def _kept(version, key):
    """Return what the worker measured; None until it has, or when the folder was emptied."""
    try:
        told = json.loads(_kept_at(version, key).read_text())
    except FileNotFoundError:
        return None
    broken = {name: set(constraints) for name, constraints in told["broken"].items()}
    return Measure(told["size"], told["sha256"], broken)


def _measure(sight):
    holdings = [Holding(column) for column in sight.columns]
    read = _Digested(_pieces(sight))
    rows = csv.reader(io.TextIOWrapper(read, encoding="utf-8-sig", newline=""), delimiter=";")
    next(rows, None)
    for row in rows:
        for holding, cell in zip(holdings, row, strict=True):
            holding.see(cell)
    named = zip(sight.columns, holdings, strict=True)
    broken = {column.name: holding.broken for column, holding in named}
    return Measure(read.size, read.digest.hexdigest(), broken)


def _pieces(sight):
    """Return the CSV as it is given to readers, in pieces of bytes."""
    return exports.pieces_of(exports.Export(sight.version, sight.question(), sight.columns), "csv")


class _Digested(io.RawIOBase):
    """A file made of pieces, hashed as it is read."""

    def __init__(self, pieces):
        super().__init__()
        self.pieces, self.rest = pieces, b""
        self.size, self.digest = 0, hashlib.sha256()

    def readable(self):
        return True

    def readinto(self, buffer):
        """Fill ``buffer`` as far as the next piece reaches; return how many bytes that is."""
        if not self.rest:
            self.rest = next(self.pieces, b"")
            self.size += len(self.rest)
            self.digest.update(self.rest)
        chunk, self.rest = self.rest[: len(buffer)], self.rest[len(buffer) :]
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _key(sight):
    """Name the file by all that it is written from: rows, columns, and the code that writes."""
    version, hidden = sight.version, sorted(sight.masked)
    told = "\x00".join(
        [str(version.pk), version.table_sha256, *map(repr, sight.columns), *hidden, _writing()]
    )
    return f"csv-measure:{hashlib.sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()}"


@remembered
def _writing():
    files = (exports, formats, formulas, masking, csv_fields, shown_values)
    return version_of_files(*(module.__file__ for module in files))
