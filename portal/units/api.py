"""The unit directory as JSON."""

from datetime import date

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query, Router, Schema
from ninja.errors import HttpError

from portal.core.text import nfc
from portal.units.as_of import as_of
from portal.units.directory import units_on_show
from portal.units.duty_words import rhythm_words
from portal.units.filters import LONGEST, DirectoryQuery
from portal.units.models import UnitPage
from portal.units.reading import reading_of
from portal.units.succession import events_of, successors_of, successors_of_units

router = Router(tags=["don-vi"])

LARGEST_PAGE = 500


class UnitOut(Schema):
    """A unit, or with ``is_group`` a kind of unit that a regulation names as one."""

    code: str
    title: str
    short_names: list[str]
    kind: str
    level: str
    centre_role: str
    is_group: bool
    part_of: str | None
    valid_from: date | None
    valid_to: date | None
    successors: list[str]
    url: str


class UnitsOut(Schema):
    total: int
    page: int
    page_size: int
    units: list[UnitOut]


class UnitNameOut(Schema):
    code: str
    title: str
    url: str


class EventOut(Schema):
    """A merger, division, change of name, transfer or end; units by their codes."""

    kind: str
    happened_on: date
    instrument_number: str
    instrument_title: str
    predecessors: list[str]
    successors: list[str]


class ResponsibilityOut(Schema):
    """``group`` is the code of the kind of unit through which the unit answers for it."""

    text: str
    name_as_written: str
    group: str | None
    eid: str | None
    citation: str | None
    provision_text: str | None
    repealed: bool
    url: str | None


class UnitDutyOut(Schema):
    """A recurring duty; ``due_rule`` is empty where the regulation names no day."""

    kind: str
    text: str
    cadence: str
    due_rule: dict
    rhythm: str
    group: str | None
    to_whom: list[str]
    eid: str
    citation: str
    url: str


class FocalPointOut(Schema):
    """What may be shown of a focal point; details that are internal are left out for others."""

    position: str | None = None
    name: str | None = None
    phone: str | None = None
    email: str | None = None


class UnitDocumentOut(Schema):
    title: str
    url: str


class UnitDetailOut(UnitOut):
    address: str
    phone: str
    email: str
    groups: list[UnitNameOut]
    members: list[UnitNameOut]
    units_below: list[UnitNameOut]
    responsibilities: list[ResponsibilityOut]
    duties: list[UnitDutyOut]
    focal_points: list[FocalPointOut]
    documents: list[UnitDocumentOut]
    events: list[EventOut]


@router.get(
    "",
    response=UnitsOut,
    summary=gettext_lazy("Units that the reader may see"),
    description=gettext_lazy(
        "In Vietnamese order. “loai” (kind), “cap” (level), “khoi” (code of a kind of unit), "
        "“dieu” (number or identifier of an article that binds the unit, with “quy_che” where "
        "there are several texts) and “tim” (words, accents aside) narrow the list. “ngay” "
        "(YYYY-MM-DD or dd/mm/yyyy) gives the units that existed on that day, today's without it; "
        "those that have ended since name their successors."
    ),
)
def list_units(
    request,
    loai: str = "",
    cap: str = "",
    khoi: str = "",
    dieu: str = "",
    quy_che: str = "",
    tim: str = "",
    ngay: str = "",
    trang: int = Query(default=1, ge=1),
    so_dong: int = Query(default=100, ge=1, le=LARGEST_PAGE),
):
    day = as_of(request)
    if day.error:
        raise HttpError(422, day.error)
    _check_choice(loai, UnitPage.Kind.values)
    _check_choice(cap, UnitPage.Level.values)
    asked = DirectoryQuery(
        kind=loai,
        level=cap,
        group=_clean(khoi),
        article=_clean(dieu),
        regulation=_clean(quy_che),
        words=_clean(tim),
    )
    parents = Prefetch("parent_unit", queryset=UnitPage.objects.readable_by(request))
    units = asked.narrow(units_on_show(request, day.day), request).order_by("sort_key", "code")
    pages = Paginator(units.prefetch_related(parents), so_dong)
    rows = list(pages.page(trang).object_list) if trang <= pages.num_pages else []
    successors = successors_of_units(rows, among=UnitPage.objects.readable_by(request))
    return {
        "total": pages.count,
        "page": trang,
        "page_size": so_dong,
        "units": [
            _unit(unit, unit.parent_unit, request, successors.get(unit.pk, [])) for unit in rows
        ],
    }


def _clean(text):
    return nfc(text).replace("\x00", "").strip()[:LONGEST]


def _check_choice(value, choices):
    if value and value not in choices:
        raise HttpError(
            422,
            _("“%(value)s” is not one of: %(choices)s.")
            % {"value": value[:80], "choices": ", ".join(choices)},
        )


@router.get(
    "{code}/",
    response=UnitDetailOut,
    summary=gettext_lazy("One unit with its responsibilities"),
    description=gettext_lazy(
        "Responsibilities come with the provisions' text; with them duties and contacts."
    ),
)
def get_unit(request, code: str):
    readable = UnitPage.objects.readable_by(request)
    unit = readable.filter(code=_clean(code)).first()
    if unit is None:
        raise Http404
    reading = reading_of(unit, request)
    return {
        **_unit(unit, reading.parent, request, successors_of(unit, among=readable)),
        "events": [_event(*each) for each in events_of(unit, readable)],
        "address": unit.address,
        "phone": unit.phone,
        "email": unit.email,
        "groups": [_name(kind, request) for kind in reading.kinds],
        "members": [_name(member, request) for member in reading.members],
        "units_below": [_name(child, request) for child in reading.children],
        "responsibilities": [
            _responsibility(cited, kind)
            for kind, responsibilities in [(None, reading.responsibilities), *reading.of_kinds]
            for cited in responsibilities
        ],
        "duties": [_duty(owed) for owed in reading.duties],
        "focal_points": [details for details, _internal in reading.contacts],
        "documents": [
            {"title": title, "url": document.url} for title, document in reading.documents
        ],
    }


def _name(unit, request):
    return {"code": unit.code, "title": unit.title, "url": unit.get_url(request)}


def _event(event, predecessors, successors):
    return {
        "kind": event.kind,
        "happened_on": event.happened_on,
        "instrument_number": event.instrument_number,
        "instrument_title": event.instrument_title,
        "predecessors": [unit.code for unit in predecessors],
        "successors": [unit.code for unit in successors],
    }


def _unit(unit, parent, request, successors):
    return {
        **_name(unit, request),
        "short_names": unit.other_names,
        "kind": unit.kind,
        "level": unit.level,
        "centre_role": unit.centre_role,
        "is_group": unit.is_group,
        "part_of": parent.code if parent else None,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "successors": [each.code for each in successors],
    }


def _responsibility(cited, kind):
    provision = cited.provision
    return {
        "text": cited.duty.text,
        "name_as_written": cited.duty.name_as_written,
        "group": kind.code if kind else None,
        "eid": provision.eid if provision else None,
        "citation": provision.citation if provision else None,
        "provision_text": cited.provision_text if provision else None,
        "repealed": cited.is_repealed,
        "url": provision.url if provision and not cited.is_repealed else None,
    }


def _duty(owed):
    duty = owed.obligation
    return {
        "kind": duty.kind,
        "text": duty.text,
        "cadence": duty.cadence,
        "due_rule": duty.due_rule,
        "rhythm": rhythm_words(duty),
        "group": owed.kind.code if owed.kind else None,
        "to_whom": [unit.code for unit in duty.counterparts.all()],
        "eid": duty.provision.eid,
        "citation": duty.provision.citation,
        "url": duty.provision.url,
    }
