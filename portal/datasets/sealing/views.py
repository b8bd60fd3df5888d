"""Addresses of the manifests, of the rows that they have the hash of, and of what checks them."""

import json

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.datasets.access import READABLE
from portal.datasets.cataloguing.answers import answer
from portal.datasets.models import AccessEvent, DatasetPage
from portal.datasets.readers import datasets_for, reader_of
from portal.datasets.rows.reading import Reading, dataset_with_rows_or_404
from portal.datasets.sealing.checking import checking_code
from portal.datasets.sealing.disclosure import Reader, chain_told, sealed_versions
from portal.datasets.sealing.documents import TABLE
from portal.datasets.sealing.open_tables import pieces_of
from portal.datasets.sights import sight_of

JSON = "application/json; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
LINES = "application/jsonl; charset=utf-8"


def manifests(request, code):
    """Give the manifests of all versions of a dataset in one document."""
    dataset = _dataset_or_404(request, code)
    return _answered(request, dataset, chain_told(request, dataset))


def manifest(request, code, number):
    """Give the manifest of one version."""
    dataset = _dataset_or_404(request, code)
    version = get_object_or_404(sealed_versions(dataset), number=number)
    told = {"dataset": code, **Reader(request, dataset).told(version)}
    return _answered(request, dataset, told, version)


def _dataset_or_404(request, code):
    return get_object_or_404(datasets_for(request), code=code)


def _answered(request, dataset, told, version=None):
    reader = Reader(request, dataset)
    if reader.is_inside or dataset.sharing != DatasetPage.Sharing.PUBLIC:
        record("datasets.read_manifest", version or dataset, user=request.user)
    text = json.dumps(told, ensure_ascii=False, indent=1)
    return answer(request, told, lambda: text, JSON)


def sealed_table(request, code, number):
    """Give the rows whose hash stands in the manifest of a version, line by line."""
    dataset = dataset_with_rows_or_404(request, code)
    version = get_object_or_404(sealed_versions(dataset), number=number)
    refusal = _refusal(request, dataset, version)
    if refusal:
        return HttpResponse(f"{refusal}\n", status=403, content_type=TEXT)
    names = [column["name"] for column in version.manifest_parts[TABLE]["value"]["columns"]]
    reading = Reading(request, dataset, sight_of(reader_of(request), dataset, version), True)
    reading.note(AccessEvent.Way.DOWNLOAD)
    return reading.answer(
        lambda: StreamingHttpResponse(pieces_of(version, names), content_type=LINES)
    )


def _refusal(request, dataset, version):
    """Return why the rows are not given; empty when they are."""
    if version.status not in READABLE:
        return _("This version was withdrawn; its rows are not given any more.")
    if version.manifest.get("format", 1) == 1:
        return _("This version was published before its open rows were sealed.")
    if not Reader(request, dataset).may_have_table(version):
        return _(
            "A column of this version has been withheld since it was published, so the rows "
            "that were sealed then are not given any more. The seal of the manifest still holds."
        )
    return ""


def checking_script(request):
    """Give the lines of Python that check the manifests of a dataset."""
    response = HttpResponse(checking_code(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="kiem-tra.py"'
    return response
