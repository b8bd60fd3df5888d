"""Datasets, their versions and rows as JSON; whoever asks gets what the pages show them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from ninja.errors import HttpError

from portal.core.models.page import may_read
from portal.datasets.access import (
    current_version,
    may_read_rows,
    readable_versions,
    visible_columns,
    visible_definition,
)
from portal.datasets.manifests import table_file
from portal.datasets.models import DatasetPage
from portal.datasets.published import asked_sort, provision_for
from portal.datasets.row_filters import filters_asked
from portal.datasets.store import read_rows, row_count

router = Router(tags=["du-lieu"])

LARGEST_PAGE = 1000


class VersionOut(Schema):
    number: int
    period: str
    status: str
    published_at: datetime
    row_count: int
    sha256: str
    manifest_sha256: str


class DatasetOut(Schema):
    code: str
    title: str
    owner_unit: str | None  #: its code, unless the unit's page is closed to the reader
    frequency: str
    sharing: str
    url: str
    current_version: int | None


class ColumnOut(Schema):
    name: str
    title: str
    type: str
    unit_of_measure: str
    is_key: bool
    description: str


class DatasetDetailOut(DatasetOut):
    citation: str | None
    columns: list[ColumnOut]


class RowsOut(Schema):
    """Rows of one version. Decimal numbers are written as texts, so that no digit is lost."""

    dataset: str
    version: int
    columns: list[str]
    total: int
    page: int
    page_size: int
    rows: list[dict[str, Any]]


def _dataset(request, code):
    found = DatasetPage.objects.readable_by(request).select_related("owner_unit")
    return get_object_or_404(found, code=code)


def _with_rows(request, code):
    dataset = _dataset(request, code)
    if not may_read_rows(request.user, dataset):
        raise HttpError(404, "Not Found")
    return dataset


def _as_json(dataset, request, version):
    return {
        "code": dataset.code,
        "title": dataset.title,
        "owner_unit": dataset.owner_unit.code if may_read(dataset.owner_unit, request) else None,
        "frequency": dataset.frequency,
        "sharing": dataset.sharing,
        "url": dataset.get_url(request),
        "current_version": version.number if version else None,
    }


@router.get("", response=list[DatasetOut], summary="Datasets that the reader may see")
def list_datasets(request):
    found = DatasetPage.objects.readable_by(request).select_related(
        "owner_unit", "pointer__version"
    )
    return [
        _as_json(dataset, request, dataset.pointer.version if hasattr(dataset, "pointer") else None)
        for dataset in found.order_by("code")
    ]


@router.get("{code}/", response=DatasetDetailOut, summary="One dataset with its columns")
def get_dataset(request, code: str):
    dataset = _dataset(request, code)
    provision = provision_for(dataset, request)
    return {
        **_as_json(dataset, request, current_version(dataset)),
        "citation": provision.citation if provision else None,
        "columns": visible_definition(request.user, dataset),
    }


@router.get("{code}/phien-ban/", response=list[VersionOut], summary="Its published versions")
def list_versions(request, code: str):
    return _dataset(request, code).versions.published_ever().order_by("-number")


@router.get("{code}/dong/", response=RowsOut, summary="The rows of a version")
def list_rows(
    request,
    code: str,
    version: int | None = None,
    loc: list[str] = Query(default=[]),  # noqa: B008 - how ninja reads a repeated key
    sap_xep: str = "",
    trang: int = Query(default=1, ge=1),
    so_dong: int = Query(default=100, ge=1, le=LARGEST_PAGE),
):
    """``loc=column:value`` or ``column__gte:value`` keeps rows, ``sap_xep=-column`` sorts."""
    dataset = _with_rows(request, code)
    shown = _version(dataset, version)
    columns = visible_columns(request.user, dataset, shown)
    filters = _filters(loc, columns)
    if sap_xep and not asked_sort(sap_xep, columns):
        raise HttpError(422, _("There is no column “%(name)s”.") % {"name": sap_xep})
    names = [column.name for column in columns]
    path = table_file(shown)
    rows = read_rows(
        path, names, filters, sort=sap_xep, offset=(trang - 1) * so_dong, limit=so_dong
    )
    return {
        "dataset": dataset.code,
        "version": shown.number,
        "columns": names,
        "total": row_count(path, filters),
        "page": trang,
        "page_size": so_dong,
        "rows": [{name: _plain(row[name]) for name in names} for row in rows],
    }


def _version(dataset, number):
    if number is None:
        found = current_version(dataset)
        if found is None:
            raise HttpError(404, "Not Found")
        return found
    return get_object_or_404(readable_versions(dataset), number=number)


def _filters(texts, columns):
    try:
        return filters_asked(texts, columns)
    except ValidationError as fault:
        raise HttpError(422, " ".join(fault.messages)) from fault


def _plain(value):
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value
