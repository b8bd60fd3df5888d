"""From a row back to the versions that brought and changed it, the file, the people, the clause.

A row is the same in another version when its key is. Versions are looked at from the newest
backwards, some at a time, so that a long past costs a reader no more than a short one. Columns
that the reader may not see, or sees masked, take no part; where the key is among them, or where
there is none, a row is followed within its version only.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from time import monotonic

from portal.datasets.access import may_see_all, readable_versions
from portal.datasets.histories import told_history
from portal.datasets.manifests import part_file, table_file
from portal.datasets.models import DatasetVersion
from portal.datasets.published import provision_for
from portal.datasets.row_places import row_at, row_with
from portal.datasets.schemas import columns_of_version, schema_of_version
from portal.datasets.shown_values import shown
from portal.datasets.sights import file_hash_of, sight_of
from portal.datasets.sources.origins import origin_told

MOST_VERSIONS = 25  #: looked at for one answer
MOST_SECONDS = 2.0


@dataclass(frozen=True)
class Cell:
    """A cell in words, by the column that it stands in today."""

    title: str
    text: str
    is_number: bool
    name: str
    value: object = None


@dataclass(frozen=True)
class Changed:
    """A cell that a version changed."""

    title: str
    old: str
    new: str
    name: str


@dataclass(frozen=True)
class Step:
    """What a version did to the row: brought it, or changed ``cells``."""

    version: DatasetVersion
    is_new: bool
    cells: list = field(default_factory=list)


@dataclass(frozen=True)
class Origin:
    """Where the row stood in the received file: ``line`` of it, or its ``record`` among others."""

    version: DatasetVersion
    line: int | None = None
    record: int | None = None


@dataclass(frozen=True)
class RowTrace:
    """A row with its past.

    ``older`` is the version from which nobody has looked further back yet; ``brought_by`` is None
    as long as it is not known which version made the row what it is.
    """

    version: DatasetVersion
    place: int
    cells: list
    is_keyed: bool
    steps: list
    older: DatasetVersion | None
    brought_by: DatasetVersion | None
    origin: Origin | None
    dataset: object
    provision: object
    inside: bool
    events: list
    fetched_from: str = ""
    file_hash: str = ""

    @property
    def seen_in(self):
        """Return the version in which the reader saw it."""
        return self.version


def row_trace(reading, place, *, before=None):
    """Return the ``RowTrace`` of the row at ``place``, None where the version has no such row.

    ``before`` is the number of the version from which to look on, as an earlier answer named it.
    """
    version, columns, request = reading.version, reading.sight.clear, reading.request
    found = row_at(table_file(version), [column.name for column in columns], place)
    if found is None:
        return None
    cells = [_cell(column, value) for column, value in zip(columns, found[1], strict=True)]
    key = _key_of(reading, found[1])
    steps, older = _steps(reading, key, before) if key else ([], None)
    brought_by = None
    if before is None:  # the first of the steps then says how the row came to be as it is
        brought_by = steps[0].version if steps else None if key else version
    inside = may_see_all(request.user, reading.dataset)
    return RowTrace(
        version=version,
        place=place,
        cells=cells,
        is_keyed=bool(key),
        steps=steps,
        older=older,
        brought_by=brought_by,
        origin=_origin(brought_by, place, key) if brought_by else None,
        dataset=reading.dataset,
        provision=provision_for(reading.dataset, request),
        inside=inside,
        events=told_history(brought_by, inside=inside) if brought_by else [],
        fetched_from=origin_told(brought_by, inside=inside) if brought_by else "",
        file_hash=file_hash_of(reading.sight.reader, reading.dataset, brought_by)
        if brought_by
        else "",
    )


def _cell(column, value):
    title = column.title or column.name
    return Cell(title, shown(column, value), column.is_number, column.name, value)


def _key_of(reading, values):
    """Return ``{id of column: text}``; empty where the reader cannot follow the row by a key."""
    keys = [column for column in columns_of_version(reading.version) if column.is_key]
    by_name = dict(zip((column.name for column in reading.sight.clear), values, strict=True))
    if not keys or any(by_name.get(column.name) is None for column in keys):
        return {}
    return {column.id: _text(by_name[column.name]) for column in keys}


def _steps(reading, key, before):
    """Return the steps, newest first, and the version from which to look on, if any."""
    versions = readable_versions(reading.dataset).filter(
        number__lte=before or reading.version.number
    )
    ends, steps, newer = monotonic() + MOST_SECONDS, [], None
    for count, version in enumerate(versions.iterator(chunk_size=5)):
        if count > MOST_VERSIONS or (count > 1 and monotonic() > ends):
            return steps, newer[0]
        row = _row_in(reading, version, key)
        step = _step(newer, row) if newer else None
        if step:
            steps.append(step)
        if row is None:
            return steps, None
        newer = (version, row)
    return [*steps, Step(newer[0], is_new=True)] if newer else steps, None


def _row_in(reading, version, key):
    """Return ``{id: (column, value)}`` of the row in ``version``; None where it is not."""
    sight = sight_of(reading.sight.reader, reading.dataset, version)
    columns = sight.clear if sight else ()
    names = {column.id: column.name for column in columns}
    if not set(key) <= set(names):
        return None
    asked = {names[id_]: text for id_, text in key.items()}
    found = row_with(table_file(version), [column.name for column in columns], asked)
    if found is None:
        return None
    return {column.id: (column, value) for column, value in zip(columns, found[1], strict=True)}


def _step(newer, older):
    """Return what the newer version did to the row; None for nothing."""
    version, row = newer
    if older is None:
        return Step(version, is_new=True)
    cells = []
    for id_, (column, value) in row.items():
        before, old = older.get(id_, (column, None))
        if not _same(old, value):
            title = column.title or column.name
            cells.append(Changed(title, shown(before, old), shown(column, value), column.name))
    return Step(version, is_new=False, cells=cells) if cells else None


def _same(old, new):
    if isinstance(old, int | Decimal) and isinstance(new, int | Decimal):
        return old == new
    return _text(old) == _text(new)


def _text(value):
    return None if value is None else str(value)


def _origin(version, place, key):
    """Return where the row stood in the file that brought it."""
    source = version.restores or version  # what is restored has the file of the old version
    names = {column.id: column.name for column in columns_of_version(source)}
    named = {names[id_]: text for id_, text in key.items() if id_ in names}
    path = part_file(source) or table_file(source)
    found = row_with(path, [], named) if named else row_at(path, [], place)
    if found is None:
        return Origin(source)
    if part_file(source) is None and _is_merged(source):
        record = found[0] - (source.row_count - source.report.get("accepted", 0))
        return Origin(source, record=record if record > 0 else None)
    return Origin(source, line=found[0])


def _is_merged(version):
    """Tell whether the rows of a file were put into the table before, and numbered anew."""
    return schema_of_version(version).mode == "upsert" and version.based_on_id is not None
