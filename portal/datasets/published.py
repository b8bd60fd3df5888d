"""What readers see of a dataset: the version, a page of its rows, its definition and history."""

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

SHOWN_VERSIONS = 50


def published_context(page, request):
    """Return what the page of a dataset shows its visitor."""
    version, is_current = _asked_version(page, request)
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
        "is_current": is_current,
        "verified_as": _verified_as(version) if version else "",
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
