"""What readers see of a dataset: the version, a page of its rows, its definition and history."""

from django.db.models import Q

from portal.core.statuses import history_of
from portal.datasets.access import (
    READABLE,
    current_version,
    readable_versions,
    units_asked_for,
)
from portal.datasets.models import DatasetVersion
from portal.datasets.published_rows import beside_the_rows, table_of
from portal.datasets.readers import reader_of
from portal.datasets.sealing.checking import checking_of
from portal.datasets.sealing.documents import cited_in
from portal.datasets.sights import may_read_rows, visible_definition
from portal.regulations.models import Provision

Status = DatasetVersion.Status
SHOWN_VERSIONS = 50


def published_context(page, request):
    """Return what the page of a dataset shows its visitor."""
    number = _asked_number(request)
    asked = readable_versions(page).filter(number=number).first() if number else None
    current = current_version(page)
    version = asked or current
    withdrawn = None if asked else _withdrawn(page, number)
    provision = provision_for(page, request)
    reader = reader_of(request)
    may_read = may_read_rows(reader, page)
    table = table_of(request, page, version) if version and may_read else None
    published = page.versions.published_ever().select_related("restores", "corrects")
    is_whole = table is not None and not table.reading.sight.limits
    published = published.defer(*DatasetVersion.HEAVY)
    versions = list(published.order_by("-number")[:SHOWN_VERSIONS])
    return {
        "provision": provision,
        "definition": visible_definition(request.user, page),
        "version": version,
        "is_current": version == current,
        "withdrawn_number": withdrawn,
        "is_another": not (asked or withdrawn) and bool(request.GET.get("phien-ban")),
        "replaced_by": _replacement_of(page, version) if version else None,
        "verified_as": _acted_as(version, Status.VERIFIED) if version else "",
        "restored_as": _acted_as(version, Status.SUBMITTED) if version and version.restores else "",
        "source_citation": cited_in(version) if version and provision else "",
        "may_read": may_read,
        "table": table,
        **(beside_the_rows(table, request) if table else {}),
        "versions": versions,
        "checking": checking_of(request, page),
        "comparable": [each for each in versions if each.status in READABLE and is_whole],
        "grants": reader.grants_for(page),
        "asks_for": units_asked_for(request.user, page),
    }


def provision_for(page, request):
    """Return the provision that obliges, when the visitor may read it."""
    readable = Provision.objects.readable_by(request).select_related("regulation")
    return readable.filter(pk=page.provision_id).first() if page.provision_id else None


def _asked_number(request):
    """Return the number of the version that the address asks for, or None."""
    number = request.GET.get("phien-ban", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 9 else None


def _withdrawn(page, number):
    """Return ``number`` when the version of that number was withdrawn, else None."""
    gone = page.versions.filter(number=number, status=Status.WITHDRAWN)
    return number if number and gone.exists() else None


def _replacement_of(page, version):
    """Return the version by which the figures of ``version`` stand no more, or None.

    It corrects them, or restores others in their place; figures that were restored stand again.
    """
    later = page.versions.filter(
        status__in=READABLE, period=version.period, number__gt=version.number
    )
    told = Q(corrects=version) | Q(restores=version) | Q(based_on=version, restores__isnull=False)
    newest = later.filter(told).defer(*DatasetVersion.HEAVY).order_by("-number").first()
    return None if newest is None or newest.restores_id == version.pk else newest


def _acted_as(version, status):
    """Return in whose name the version was brought to ``status``: a unit, never a person."""
    event = history_of(version).filter(to_status=status).last()
    return event.acting_unit if event else ""
