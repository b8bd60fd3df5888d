"""Datasets and their versions as JSON; whoever asks gets what the pages show them."""

from datetime import datetime

from django.db.models.fields.json import KT
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema
from ninja.errors import HttpError

from portal.core.models.page import may_read
from portal.datasets.access import current_version
from portal.datasets.models import DatasetPage
from portal.datasets.published import provision_for
from portal.datasets.readers import TokenRefused, datasets_for, reader_of
from portal.datasets.sights import file_hashes, visible_definition

router = Router(tags=["du-lieu"])
#: Long parts of a version that the list does not tell.
_UNTOLD = ("manifest", "report", "reading", "difference", "impact")


class VersionOut(Schema):
    number: int
    period: str
    status: str
    published_at: datetime
    row_count: int
    sha256: str  #: of the received file; empty where not all that stands in it is in sight
    manifest_sha256: str
    previous_manifest_sha256: str  #: what its manifest names as the one before; empty for the first
    correction_reason: str

    @staticmethod
    def resolve_sha256(version):
        return version.file_hash


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


def _dataset(request, code):
    try:
        found = datasets_for(request).select_related("owner_unit")
    except TokenRefused as refused:
        raise HttpError(refused.status, str(refused)) from refused
    return get_object_or_404(found, code=code)


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


@router.get("", response=list[DatasetOut], summary=_("Datasets that the reader may see"))
def list_datasets(request):
    found = DatasetPage.objects.readable_by(request).select_related(
        "owner_unit", "pointer__version"
    )
    return [
        _as_json(dataset, request, dataset.pointer.version if hasattr(dataset, "pointer") else None)
        for dataset in found.order_by("code")
    ]


@router.get("{code}/", response=DatasetDetailOut, summary=_("One dataset with its columns"))
def get_dataset(request, code: str):
    dataset = _dataset(request, code)
    provision = provision_for(dataset, request)
    return {
        **_as_json(dataset, request, current_version(dataset)),
        "citation": provision.citation if provision else None,
        "columns": visible_definition(request.user, dataset),
    }


@router.get("{code}/phien-ban/", response=list[VersionOut], summary=_("Its published versions"))
def list_versions(request, code: str):
    dataset = _dataset(request, code)
    found = dataset.versions.published_ever().order_by("-number").defer(*_UNTOLD)
    versions = list(found.annotate(previous_manifest_sha256=KT("manifest__previous")))
    hashes = file_hashes(reader_of(request), dataset, versions)
    for version, file_hash in zip(versions, hashes, strict=True):
        version.file_hash = file_hash
    return versions
