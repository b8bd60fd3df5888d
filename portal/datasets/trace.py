"""From a published figure back to the version, the rows, the file, the people and the clause."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.core.formats import UnreadableValue
from portal.core.periods import parse_period
from portal.datasets.access import may_see_all
from portal.datasets.bindings import BrokenBinding, columns_read
from portal.datasets.histories import told_history
from portal.datasets.manifests import table_file
from portal.datasets.models import AccessEvent, DatasetPage, DatasetVersion, IndicatorValue
from portal.datasets.published import provision_for
from portal.datasets.readers import reader_of
from portal.datasets.shown_values import shown
from portal.datasets.sights import file_hash_of, sight_of
from portal.datasets.sources.origins import origin_told
from portal.datasets.store import distinct_values, read_rows, row_count

SHOWN_ROWS = 20
MOST_PERIODS = 5_000
Status = DatasetVersion.Status


@dataclass(frozen=True)
class EarlierValue:
    """A value that was published before, the version that brought it, and why it was replaced."""

    value: object
    version: DatasetVersion
    is_withdrawn: bool
    replaced_because: str


@dataclass(frozen=True)
class Source:
    """The rows behind a value: how many, and the first of them under their printed names.

    ``heads`` are (name, is_number), ``rows`` hold (text, is_number) for each cell.
    """

    count: int
    heads: list
    rows: list


@dataclass(frozen=True)
class Trace:
    """Where one value comes from; what the reader may not know of is None or empty."""

    value: IndicatorValue
    brought_by: DatasetVersion
    earlier: list
    events: list
    dataset: DatasetPage | None = None
    provision: object = None
    inside: bool = False
    source: Source | None = None
    binding: list = field(default_factory=list)
    fetched_from: str = ""
    file_hash: str = ""

    @property
    def seen_in(self):
        """Return the version in which the reader saw it."""
        return self.value.version


def trace_of(indicator, period, area, request):
    """Return the ``Trace`` of a current value, or None where there is none."""
    values = indicator.values.filter(period=period, area=area, version__number__isnull=False)
    found = list(values.select_related("version__dataset", "version__unit", "version__restores"))
    current = next((value for value in found if value.is_current), None)
    if current is None:
        return None
    told = sorted(found, key=lambda value: value.version.number, reverse=True)
    brought_by, earlier = _lineage(current, told)
    dataset = DatasetPage.objects.readable_by(request).filter(pk=indicator.dataset_id).first()
    inside = dataset is not None and may_see_all(request.user, dataset)
    return Trace(
        value=current,
        brought_by=brought_by,
        earlier=earlier,
        events=told_history(brought_by, inside=inside),
        dataset=dataset,
        provision=provision_for(dataset, request) if dataset else None,
        inside=inside,
        source=_source_of(indicator, current, dataset, request) if dataset else None,
        binding=_binding_told(indicator) if dataset else [],
        fetched_from=origin_told(brought_by, inside=inside) if dataset else "",
        file_hash=file_hash_of(reader_of(request), dataset, brought_by) if dataset else "",
    )


def _lineage(current, told):
    """Return the version that brought the present value, and the values before it, newest first.

    A version that only repeats the value of the one before brought nothing.
    """
    standing = [each for each in told if each.version.status != Status.WITHDRAWN]
    standing = [each for each in standing if each.version.number <= current.version.number]
    changes = [
        each
        for at, each in enumerate(standing)
        if at + 1 == len(standing) or standing[at + 1].value != each.value
    ]
    earlier = [
        EarlierValue(old.value, old.version, False, new.version.correction_reason)
        for new, old in zip(changes, changes[1:], strict=False)
    ]
    earlier += [
        EarlierValue(each.value, each.version, True, "")
        for each in told
        if each.version.status == Status.WITHDRAWN
    ]
    earlier.sort(key=lambda each: each.version.number, reverse=True)
    return changes[0].version, earlier


def _binding_told(indicator):
    """Return ``[(what, name of a column or a value)]``: how rows become the value."""
    titles = dict(indicator.dataset.columns.values_list("name", "title"))
    told = [
        (_("Value column"), titles.get(indicator.value_column)),
        (_("Aggregate"), indicator.get_aggregate_display()),
        (_("Period column"), titles.get(indicator.period_column)),
        (_("Area column"), titles.get(indicator.area_column)),
        (_("Only rows where"), titles.get(indicator.filter_column)),
        (_("equals"), indicator.filter_value),
    ]
    return [(what, value) for what, value in told if value]


def _source_of(indicator, value, dataset, request):
    """Return the rows that the value was reckoned from, or None when they may not be read."""
    version = value.version
    sight = sight_of(reader_of(request), dataset, version)
    if sight is None or sight.limits:
        return None
    columns = sight.clear
    names = {column.name for column in columns}
    try:
        read = columns_read(indicator, version)
    except BrokenBinding:
        return None
    filters = _filters(indicator, read, value)
    if filters is None or not {column for column, *_rest in filters} <= names:
        return None
    sight.note(AccessEvent.Way.TRACE, query=f"{indicator.code} {value.period} {value.area}".strip())
    path = table_file(version)
    rows = read_rows(path, [column.name for column in columns], filters, limit=SHOWN_ROWS)
    return Source(
        count=row_count(path, filters),
        heads=[(column.title or column.name, column.is_number) for column in columns],
        rows=[
            [(shown(column, row[column.name]), column.is_number) for column in columns]
            for row in rows
        ],
    )


def _filters(indicator, read, value):
    filters = []
    if read.period_column:
        written = _written(table_file(value.version), read.period_column, value.period)
        if written is None:
            return None
        filters.append((read.period_column, "=", written))
    if read.area_column and value.area:
        filters.append((read.area_column, "=", value.area))
    if read.filter_column and indicator.filter_value:
        filters.append((read.filter_column, "=", indicator.filter_value))
    return filters


def _written(path, column, code):
    """Return how the table writes the period ``code``."""
    for text in distinct_values(path, column, MOST_PERIODS):
        try:
            if parse_period(str(text)).code == code:
                return str(text)
        except UnreadableValue:
            continue
    return None
