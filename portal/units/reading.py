"""What a visitor reads of a unit: the same for its page, its sheet on paper and the API."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone

from portal.core.models.page import may_read
from portal.core.shared_documents import keep_open_documents
from portal.core.text import fold_words
from portal.regulations.models import Provision
from portal.units.as_of import as_of, last_day_on_show
from portal.units.models import Obligation, UnitDocument, UnitPage, UnitResponsibility
from portal.units.permissions import sees_internal_details

#: A provision's text up to this length stands open below the responsibility.
SHORT_TEXT = 240


@dataclass(frozen=True)
class CitedResponsibility:
    """A responsibility with the provision it comes from, None where none is named.

    ``anchor`` names the first one of each article, so that others can lead to it.
    """

    duty: UnitResponsibility
    provision: Provision | None
    anchor: str = ""

    @property
    def is_repealed(self):
        return self.provision is not None and self.provision.repealed

    @property
    def provision_text(self):
        """Return the words of the provision, heading first."""
        if self.provision is None:
            return ""
        return "\n".join(filter(None, (self.provision.heading, self.provision.text)))

    @property
    def repeats_provision(self):
        """Tell whether the responsibility is the provision's text, word by word."""
        return fold_words(self.duty.text) == fold_words(self.provision_text)

    @property
    def is_short(self):
        return len(self.provision_text) <= SHORT_TEXT

    @property
    def other_name(self):
        """Return how the text names the unit, where that is not how it is called today."""
        written = self.duty.name_as_written
        return written if fold_words(written) != fold_words(self.duty.unit.title) else ""


@dataclass(frozen=True)
class OwedDuty:
    """A recurring duty of the unit; ``kind`` is the kind of unit through which it owes it."""

    obligation: Obligation
    kind: UnitPage | None


@dataclass
class UnitReading:
    """Everything that one visitor may read of one unit."""

    unit: UnitPage
    request: object = None
    day: date | None = None  #: as of which it is read; the last one of a unit that has ended
    parent: UnitPage | None = None
    kinds: list = field(default_factory=list)
    members: list = field(default_factory=list)
    children: list = field(default_factory=list)
    responsibilities: list = field(default_factory=list)
    of_kinds: list = field(default_factory=list)  #: ``[(kind, [CitedResponsibility])]``
    contacts: list = field(default_factory=list)  #: ``[(details, names of the internal ones)]``
    public_contacts: list = field(default_factory=list)  #: details that everybody may see
    documents: list = field(default_factory=list)  #: ``[(title, document)]``

    @cached_property
    def duties(self):
        """Return the recurring duties; the page shows them in a panel, the sheet prints these."""
        return duties_of(self.unit, self.kinds, self.request, self.day)

    @property
    def responsibility_count(self):
        return len(self.responsibilities) + sum(len(cited) for _kind, cited in self.of_kinds)


def reading_of(unit, request):
    """Return the ``UnitReading`` of ``unit`` for the visitor of ``request``."""
    readable = UnitPage.objects.readable_by(request)
    kinds = list(readable.filter(pk__in=[kind.pk for kind in unit.groups.all()]))
    own, of_kinds = responsibilities_of(unit, kinds, request)
    parent = unit.parent_unit
    day = last_day_on_show(unit, request)
    is_over = day < as_of(request).day
    points = [] if is_over else list(unit.focal_points.all())
    return UnitReading(
        unit=unit,
        request=request,
        parent=parent if parent and parent.live and may_read(parent, request) else None,
        kinds=sorted(kinds, key=lambda kind: kind.sort_key),
        day=day,
        members=_standing(readable.filter(groups=unit), day) if unit.is_group else [],
        children=_standing(readable.filter(parent_unit=unit), day),
        responsibilities=own,
        of_kinds=of_kinds,
        contacts=contacts_of(points, request),
        public_contacts=[shown for point in points if (shown := point.details())],
        documents=documents_of(unit, request),
    )


def _standing(units, day):
    return list(units.existing(day).order_by("sort_key"))


def responsibilities_of(unit, kinds, request):
    """Return the unit's own responsibilities, and ``[(kind, theirs)]``; nothing that is closed."""
    own = list(unit.responsibilities.all())
    theirs = list(UnitResponsibility.objects.filter(unit__in=kinds).order_by("unit", "sort_order"))
    provisions = open_provisions([*own, *theirs], request)
    by_kind = {}
    for duty in theirs:
        by_kind.setdefault(duty.unit_id, []).append(duty)
    return _cited(unit, own, provisions), [
        (kind, cited)
        for kind in kinds
        if (cited := _cited(kind, by_kind.get(kind.pk, []), provisions))
    ]


def open_provisions(duties, request):
    """Return ``{pk: Provision}`` of what ``duties`` cite and the visitor may read.

    A provision that has left the text may be read where its article may.
    """
    cited = {duty.provision_id for duty in duties if duty.provision_id}
    readable = Provision.objects.readable_by(request).filter(pk=OuterRef("pk"))
    rows = Provision.objects.filter(pk__in=cited).annotate(is_current=Exists(readable))
    rows = rows.select_related("regulation", "article")
    return {row.pk: row for row in rows if row.is_current or _was_open(row, request)}


def _was_open(provision, request):
    place = provision.article or provision.regulation
    return provision.repealed and provision.regulation.live and may_read(place, request)


def _cited(unit, duties, provisions):
    """Return the duties whose provision is open, or who name none."""
    cited, seen = [], set()
    for duty in duties:
        provision = provisions.get(duty.provision_id)
        if duty.provision_id and provision is None:
            continue
        duty.unit = unit
        anchor = anchor_of(unit, provision)
        cited.append(CitedResponsibility(duty, provision, "" if anchor in seen else anchor))
        seen.add(anchor)
    return cited


def anchor_of(unit, provision):
    """Return the name of the place on a unit's page where an article's duties begin."""
    if provision is None or provision.article_id is None:
        return ""
    return f"tn-{unit.pk}-{provision.article_id}"


def duties_of(unit, kinds, request, on=None):
    """Return the recurring duties in force: the unit's own, and those of its kinds."""
    by_pk = {kind.pk: kind for kind in kinds}
    duties = (
        Obligation.objects.in_force(on or timezone.localdate())
        .readable_by(request)
        .filter(unit__in=[unit.pk, *by_pk])
        .select_related("unit", "provision__regulation")
        .prefetch_related(Prefetch("counterparts", queryset=UnitPage.objects.readable_by(request)))
        .order_by("provision__regulation", "provision__position", "pk")
    )
    return [OwedDuty(duty, by_pk.get(duty.unit_id)) for duty in duties]


def contacts_of(points, request):
    """Return ``[(details, names of the internal ones)]`` of the focal points with something."""
    inside = sees_internal_details(request.user)
    found = ((point.details(inside=inside), point) for point in points)
    return [(shown, point.internal_details if inside else []) for shown, point in found if shown]


def documents_of(unit, request):
    """Return ``[(title, document)]`` without the documents of collections that are shut."""
    rows = list(unit.documents.all())
    model = UnitDocument.document.field.related_model
    wanted = model.objects.filter(pk__in=[row.document_id for row in rows])
    documents = keep_open_documents(wanted, request).in_bulk() if rows else {}
    return [
        (row.title or document.title, document)
        for row in rows
        if (document := documents.get(row.document_id)) is not None
    ]
