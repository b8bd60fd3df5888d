"""Where a row comes from, for people and for machines."""

from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import Router
from ninja.errors import HttpError

from portal.datasets.models import AccessEvent
from portal.datasets.row_trace import row_trace
from portal.datasets.rows.formats import plain
from portal.datasets.rows.reading import reading_of
from portal.datasets.rows.versions import NoSuchVersion

router = Router(tags=["du-lieu"])
LARGEST = 10**12


def trace_row(request, code, number, place):
    """Show the past of a row; ``tu`` names the version from which to look on."""
    found = _trace(request, code, number, place)
    if found is None:
        raise Http404
    context = {"page": found.dataset, "trace": found, "begins_later": bool(_before(request))}
    response = render(request, "datasets/row_trace.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@router.get(
    "{code}/phien-ban/{int:version}/dong/{int:row}/nguon-goc/",
    summary=_("Past of a row"),
    description=_(
        "The versions that brought and changed a row, its file, line and clause. “row” is the "
        "place of the row in the table; “tu” goes on from an earlier version."
    ),
)
def get_row_trace(request, code: str, version: int, row: int):
    found = _trace(request, code, version, row)
    if found is None:
        raise HttpError(404, "Not Found")
    return JsonResponse(_as_json(found, request), json_dumps_params={"ensure_ascii": False})


def _trace(request, code, number, place):
    try:
        reading = reading_of(request, code, str(number))
    except NoSuchVersion as nothing:
        raise Http404 from nothing
    if not 0 < place < LARGEST or reading.sight.limits:
        return None  # who sees some rows only is not told of the others by their places
    reading.note(AccessEvent.Way.TRACE)
    return row_trace(reading, place, before=_before(request))


def _before(request):
    asked = request.GET.get("tu", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else None


def _as_json(found, request):
    brought = found.brought_by
    older = None
    if found.older:
        path = f"{request.path}?tu={found.older.number}"
        older = request.build_absolute_uri(path)
    return {
        "dataset": found.dataset.code,
        "version": found.version.number,
        "row": found.place,
        "cells": {cell.name: plain(cell.value) for cell in found.cells},
        "followed_by_key": found.is_keyed,
        "brought_by": brought
        and {
            "version": brought.number,
            "receipt_number": brought.receipt_number,
            "manifest_sha256": brought.manifest_sha256,
            "published_at": brought.published_at.isoformat(),
        },
        "line_in_file": found.origin.line if found.origin else None,
        "record_in_file": found.origin.record if found.origin else None,
        "steps": [
            {
                "version": step.version.number,
                "new": step.is_new,
                "cells": [
                    {"column": cell.name, "old": cell.old, "new": cell.new} for cell in step.cells
                ],
            }
            for step in found.steps
        ],
        "citation": found.provision.citation if found.provision else None,
        "older_url": older,
        "page": request.build_absolute_uri(
            reverse("row_trace", args=[found.dataset.code, found.version.number, found.place])
        ),
    }
