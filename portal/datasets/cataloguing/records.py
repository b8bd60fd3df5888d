"""What a reader may know of datasets, as plain records from which every catalogue is written.

A page of records costs the same number of queries, however many datasets it holds. All that a
record says is open to the one who asked: a unit whose page is closed is named nowhere.
"""

import html
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from portal.core.centre import centre_of
from portal.core.models.page import may_read
from portal.core.periods import parse_period
from portal.core.text import printable
from portal.datasets.access import READABLE
from portal.datasets.exports import EXPORTS
from portal.datasets.models import DatasetPage, DatasetVersion
from portal.datasets.readers import reader_of
from portal.datasets.sights import may_read_rows
from portal.regulations.models import Provision

MODES_THAT_GATHER = (DatasetPage.Mode.UPSERT, DatasetPage.Mode.APPEND)


@dataclass(frozen=True)
class Party:
    """A unit or the centre: its name, and how it is reached."""

    name: str
    url: str
    code: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Span:
    """From a day to a day, both included."""

    start: date
    end: date


@dataclass(frozen=True)
class VersionRecord:
    """One published version; a withdrawn one has no files."""

    number: int
    url: str
    previous_url: str  #: of the version before; numbers have no gaps
    page_url: str
    published_at: datetime
    receipt_number: str
    manifest_sha256: str
    row_count: int
    period: str
    span: Span | None
    is_withdrawn: bool
    reason: str  #: why it corrects what was published before
    files: tuple[tuple[str, str], ...]  #: (suffix, address), empty where rows are closed


@dataclass(frozen=True)
class DatasetRecord:
    """One dataset; ``service_url`` is empty where its rows are closed to the reader."""

    code: str
    title: str
    description: str
    url: str  #: its lasting name, which answers in the form that is asked for
    page_url: str
    schema_url: str
    sharing: str
    on_request: bool
    frequency: str
    mode: str
    theme: str
    keywords: tuple[str, ...]
    spatial: str
    license: str
    terms_url: str
    publisher: Party
    contact: Party | None
    citation: str
    citation_url: str
    issued_at: datetime | None
    changed_at: datetime | None
    version: VersionRecord | None
    span: Span | None
    service_url: str
    api_url: str
    #: suffix → bytes and SHA-256 of the current version's file, where they are known
    measures: dict = field(default_factory=dict)

    @property
    def is_public(self):
        return self.sharing == DatasetPage.Sharing.PUBLIC and not self.on_request


def records_of(datasets, request, *, with_law=True):
    """Return the records of a list or page of a queryset, in its order.

    ``datasets`` are what the visitor may see, with ``owner_unit`` and ``pointer__version`` loaded.
    Without ``with_law`` they do not say by which provision they are owed.
    """
    datasets = list(datasets)
    facts = _Facts(datasets, request, with_law)
    return [_record(dataset, facts, request) for dataset in datasets]


def loaded(datasets):
    """Return a queryset of datasets with what ``records_of`` reads of them, in a lasting order."""
    heavy = [f"pointer__version__{name}" for name in DatasetVersion.HEAVY]
    return datasets.select_related("owner_unit", "pointer__version").defer(*heavy).order_by("pk")


def version_records(dataset, versions, request):
    """Return the records of ``versions`` of one dataset, in their order."""
    may_read_them = may_read_rows(reader_of(request), dataset)
    return [_version(dataset, each, request, may_read_them) for each in versions]


def plain(records):
    """Return records as plain data, to tell one state from another."""
    return [asdict(each) for each in records]


class _Facts:
    """What many datasets need, read at once."""

    def __init__(self, datasets, request, with_law):
        self.centre = centre_of(request)
        keys = [dataset.pk for dataset in datasets]
        self.periods, self.first_published = {}, {}
        for key, period, first, readable in _published(keys):
            earlier = self.first_published.get(key, first)
            self.first_published[key] = min(earlier, first)
            if period and readable:
                self.periods.setdefault(key, []).append(period)
        obliging = {each.provision_id for each in datasets if with_law and each.provision_id}
        readable = Provision.objects.readable_by(request).select_related("regulation")
        self.provisions = readable.in_bulk(obliging) if obliging else {}


def _published(keys):
    """Return (dataset, period, first publication, how many are readable) of what was published."""
    ever = DatasetVersion.objects.published_ever().filter(dataset__in=keys).order_by()
    by_period = ever.values("dataset", "period").annotate(
        first=Min("published_at"), readable=Count("pk", filter=Q(status__in=READABLE))
    )
    return by_period.values_list("dataset", "period", "first", "readable")


def _record(dataset, facts, request):
    absolute = request.build_absolute_uri
    pointer = getattr(dataset, "pointer", None)
    may_read_them = may_read_rows(reader_of(request), dataset)
    version = _version(dataset, pointer.version, request, may_read_them) if pointer else None
    publisher = _publisher(dataset, facts, request)
    provision = facts.provisions.get(dataset.provision_id)
    title = printable(dataset.title)
    return DatasetRecord(
        code=dataset.code,
        title=title,
        description=plain_text(dataset.description) or title,
        url=absolute(reverse("dataset_resource", args=[dataset.code])),
        page_url=absolute(dataset.get_url(request) or "/"),
        schema_url=absolute(reverse("dataset_schema", args=[dataset.code])),
        sharing=dataset.sharing,
        on_request=dataset.on_request,
        frequency=dataset.frequency,
        mode=dataset.mode,
        theme=dataset.theme,
        keywords=tuple(map(printable, dataset.keyword_list)),
        spatial=printable(dataset.spatial),
        license=dataset.license,
        terms_url=dataset.terms_url,
        publisher=publisher,
        contact=_contact(publisher, facts.centre, absolute("/")),
        citation=printable(provision.citation) if provision else "",
        citation_url=absolute(provision.url) if provision else "",
        issued_at=facts.first_published.get(dataset.pk),
        changed_at=pointer.moved_at if pointer else None,
        version=version,
        span=_span_of(dataset, version, facts.periods.get(dataset.pk, [])),
        service_url=absolute(f"/api/v1/du-lieu/{dataset.code}/dong/")
        if version and may_read_them
        else "",
        api_url=absolute("/api/v1/openapi.json"),
    )


def plain_text(rich_text):
    """Return rich text as one line of plain text."""
    spaced = str(rich_text or "").replace("<", " <")
    return " ".join(printable(html.unescape(strip_tags(spaced))).split())


def _publisher(dataset, facts, request):
    """Return the owner unit, or the centre where the unit's page is closed to the reader."""
    unit = dataset.owner_unit
    if not may_read(unit, request):
        return centre_party(request)
    return Party(
        name=printable(unit.title),
        url=request.build_absolute_uri(unit.get_url(request) or "/"),
        code=unit.code,
        email=unit.email,
        phone=printable(unit.phone),
    )


def centre_party(request):
    """Return the centre as a party; its name is never empty."""
    centre = centre_of(request)
    return Party(
        name=printable(centre.name) or str(_("Operations centre portal")),
        url=request.build_absolute_uri("/"),
        email=centre.email,
        phone=printable(centre.phone),
    )


def _contact(publisher, centre, home_url):
    """Return who answers questions: the publisher, or the centre where it names no way."""
    if publisher.email or publisher.phone:
        return publisher
    if centre.email or centre.phone:
        name = printable(centre.name) or publisher.name
        return Party(name, home_url, email=centre.email, phone=printable(centre.phone))
    return None


def _version(dataset, version, request, may_read_them):
    absolute = request.build_absolute_uri
    is_withdrawn = version.status not in READABLE
    files = ()
    if may_read_them and not is_withdrawn:
        files = tuple(
            (
                suffix,
                absolute(reverse("dataset_download", args=[dataset.code, version.number, suffix])),
            )
            for suffix in EXPORTS
        )
    return VersionRecord(
        number=version.number,
        url=version_url(dataset, version.number, request),
        previous_url=version_url(dataset, version.number - 1, request)
        if version.number > 1
        else "",
        page_url=absolute(f"{dataset.get_url(request) or '/'}?phien-ban={version.number}"),
        published_at=version.published_at,
        receipt_number=version.receipt_number,
        manifest_sha256=version.manifest_sha256,
        row_count=version.row_count,
        period=version.period,
        span=_span([version.period]) if version.period else None,
        is_withdrawn=is_withdrawn,
        reason=printable(version.correction_reason),
        files=files,
    )


def version_url(dataset, number, request):
    """Return the lasting name of a version."""
    return request.build_absolute_uri(reverse("version_resource", args=[dataset.code, number]))


def _span_of(dataset, version, periods):
    """Return what the rows that readers see now cover: all periods where files gather."""
    if version is None:
        return None
    if dataset.mode in MODES_THAT_GATHER:
        return _span(periods)
    return version.span


def _span(periods):
    found = [parse_period(period) for period in periods]
    if not found:
        return None
    return Span(min(each.start for each in found), max(each.end for each in found))
