"""What readers see of a dataset: the version, a page of its rows, its definition and history."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from portal.core.formats import format_date, format_number
from portal.core.periods import parse_period
from portal.core.statuses import history_of
from portal.datasets.access import (
    current_version,
    may_read_rows,
    readable_versions,
    visible_columns,
    visible_definition,
)
from portal.datasets.manifests import table_file
from portal.datasets.models import DatasetVersion
from portal.datasets.store import read_rows
from portal.regulations.models import Provision

ROWS_PER_PAGE = 50
SHOWN_VERSIONS = 50


@dataclass(frozen=True)
class Head:
    """The head of a column: its name, how it is sorted now, and what a click asks for."""

    name: str
    title: str
    unit_of_measure: str
    is_number: bool
    sorted: str
    next_sort: str


@dataclass(frozen=True)
class Cell:
    text: str
    is_number: bool


@dataclass(frozen=True)
class PublishedTable:
    """One page of a version's rows; ``first`` and ``last`` count from 1."""

    heads: list
    rows: list
    page_obj: object
    total: int
    first: int
    last: int


def published_context(page, request):
    """Return what the page of a dataset shows its visitor."""
    version, is_current = _asked_version(page, request)
    provision = provision_for(page, request)
    may_read = may_read_rows(request.user, page)
    return {
        "provision": provision,
        "definition": visible_definition(request.user, page),
        "version": version,
        "is_current": is_current,
        "verified_as": _verified_as(version) if version else "",
        "source_citation": version.manifest["dataset"]["provision"]
        if version and provision
        else "",
        "may_read": may_read,
        "table": table_page(request, page, version) if version and may_read else None,
        "versions": page.versions.published_ever()
        .select_related("restores", "corrects")
        .order_by("-number")[:SHOWN_VERSIONS],
    }


def provision_for(page, request):
    """Return the provision that obliges, when the visitor may read it."""
    readable = Provision.objects.readable_by(request).select_related("regulation")
    return readable.filter(pk=page.provision_id).first() if page.provision_id else None


def _asked_version(page, request):
    current = current_version(page)
    number = request.GET.get("phien-ban", "")
    if number.isascii() and number.isdigit() and len(number) < 9:
        asked = readable_versions(page).filter(number=int(number)).first()
        if asked:
            return asked, asked == current
    return current, True


def _verified_as(version):
    """Return in whose name the version was verified: a unit, never a person."""
    event = history_of(version).filter(to_status=DatasetVersion.Status.VERIFIED).last()
    return event.acting_unit if event else ""


def table_page(request, dataset, version):
    """Return the page of rows that ``request`` asks for, sorted as it asks."""
    columns = visible_columns(request.user, dataset, version)
    sort = asked_sort(request.GET.get("sap_xep", ""), columns)
    page = Paginator(range(version.row_count), ROWS_PER_PAGE).get_page(request.GET.get("trang"))
    offset = page.start_index() - 1 if version.row_count else 0
    rows = read_rows(
        table_file(version),
        [column.name for column in columns],
        sort=sort,
        offset=offset,
        limit=ROWS_PER_PAGE,
    )
    return PublishedTable(
        heads=[_head(column, sort) for column in columns],
        rows=[[_cell(column, row[column.name]) for column in columns] for row in rows],
        page_obj=page,
        total=version.row_count,
        first=page.start_index(),
        last=page.end_index(),
    )


def asked_sort(text, columns):
    """Return ``name`` or ``-name`` when it names one of ``columns``; empty otherwise."""
    names = {column.name for column in columns}
    return text if text.removeprefix("-") in names else ""


def _head(column, sort):
    direction = {column.name: "ascending", f"-{column.name}": "descending"}.get(sort, "")
    return Head(
        name=column.name,
        title=column.title or column.name,
        unit_of_measure=column.unit_of_measure,
        is_number=column.is_number,
        sorted=direction,
        next_sort=f"-{column.name}" if direction == "ascending" else column.name,
    )


def _cell(column, value):
    return Cell(shown(column, value), column.is_number)


def shown(column, value):
    """Return a stored value as readers see it."""
    if value is None:
        return ""
    if column.is_number:
        return format_number(value)
    if column.type == "date":
        return format_date(value)
    if column.type == "boolean":
        return _("yes") if value else _("no")
    if column.type == "period":
        return parse_period(value).label
    label = (column.codes or {}).get(value)
    return f"{value} – {label}" if label and label != value else str(value)
