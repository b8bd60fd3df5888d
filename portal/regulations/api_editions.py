"""Editions and redlines as JSON."""

from datetime import date

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema
from ninja.errors import HttpError

from portal.core.formats import UnreadableValue, parse_date
from portal.regulations.comparison import CannotCompare, comparison_of
from portal.regulations.edition_reading import readable_changes, readable_text
from portal.regulations.edition_views import all_stands, not_current, readable_regulation
from portal.regulations.snapshots import as_snapshot

router = Router(tags=["quy-che"])


class ChangeOut(Schema):
    eid: str
    label: str
    title: str
    kinds: list[str]
    reason: str


class EditionOut(Schema):
    number: int
    kind: str
    standing: str
    effective_on: date
    until: date | None
    decision_number: str
    decision_date: date | None
    decision_title: str
    note: str
    sha256: str
    seal: str
    changes: list[ChangeOut]


class EditionPointOut(Schema):
    id: str
    eid: str
    label: str
    text: str


class EditionClauseOut(Schema):
    id: str
    eid: str
    number: str
    text: str
    points: list[EditionPointOut]


class FootnoteOut(Schema):
    mark: str
    text: str


class PartOut(Schema):
    """A heading, an article or an annex, told apart by ``kind``."""

    kind: str
    id: str
    eid: str
    level: str = ""
    label: str = ""
    number: str
    heading: str
    intro: str = ""
    clauses: list[EditionClauseOut] = []
    footnotes: list[FootnoteOut] = []
    body: str = ""


class TextOut(Schema):
    title: str
    short_title: str
    document_number: str
    issuer: str
    issued_on: str
    decision_title: str
    legal_bases: list[str]
    recipients: list[str]
    closing_note: str
    parts: list[PartOut]


class EditionTextOut(Schema):
    edition: EditionOut
    text: TextOut


class PieceOut(Schema):
    kind: str
    text: str


class RowOut(Schema):
    part: str
    old_eid: str
    new_eid: str
    old_label: str
    new_label: str
    kinds: list[str]
    pieces: list[PieceOut]


class PartChangeOut(Schema):
    part: str
    kinds: list[str]
    old_eid: str
    new_eid: str
    old_title: str
    new_title: str
    reasons: list[str]
    rows: list[RowOut]


class RedlineOut(Schema):
    old: int
    new: int
    changed: list[PartChangeOut]
    unchanged: list[str]


def _edition_out(stand, changes):
    names = EditionOut.model_fields.keys() - {"standing", "until", "changes"}
    return {
        **{name: getattr(stand.edition, name) for name in names},
        "standing": stand.standing.value,
        "until": stand.until,
        "changes": changes,
    }


def _with_text(request, response, stand):
    changes = readable_changes([stand.edition], request)[stand.edition.number]
    if not stand.is_current:
        not_current(response)
    text = as_snapshot(readable_text(stand.edition.text, request))
    return {"edition": _edition_out(stand, changes), "text": text}


@router.get("{slug}/phien-ban/", response=list[EditionOut], summary=_("Editions of a regulation"))
def list_editions(request, slug: str):
    stands = all_stands(readable_regulation(request, slug))
    changes = readable_changes([stand.edition for stand in stands.values()], request)
    return [_edition_out(stands[number], changes[number]) for number in sorted(stands)]


@router.get(
    "{slug}/phien-ban/{int:number}/", response=EditionTextOut, summary=_("One edition, whole")
)
def get_edition(request, response: HttpResponse, slug: str, number: int):
    stand = all_stands(readable_regulation(request, slug)).get(number)
    if stand is None:
        raise Http404
    return _with_text(request, response, stand)


@router.get(
    "{slug}/ngay/{day}/",
    response=EditionTextOut,
    summary=_("The text as it holds on a day"),
    description=_("“day” is written as 2026-12-31."),
)
def get_text_on_day(request, response: HttpResponse, slug: str, day: str):
    regulation = readable_regulation(request, slug)
    try:
        asked = parse_date(day)
    except UnreadableValue as unreadable:
        raise HttpError(422, str(unreadable)) from unreadable
    found = regulation.editions.without_text().on(asked)
    if found is None:
        raise Http404
    if asked != timezone.localdate():
        not_current(response)
    return _with_text(request, response, all_stands(regulation)[found.number])


@router.get(
    "{slug}/so-sanh/{int:old}/{int:new}/",
    response=RedlineOut,
    summary=_("What changed between two editions, word by word"),
)
def get_redline(request, response: HttpResponse, slug: str, old: int, new: int):
    regulation = readable_regulation(request, slug)
    try:
        comparison = comparison_of(regulation, str(old), str(new), request)
    except CannotCompare as unknown:
        raise Http404 from unknown
    not_current(response)
    return {
        "old": old,
        "new": new,
        "changed": [_change_out(shown) for shown in comparison.changed],
        "unchanged": [part.eid for part in comparison.redline.unchanged if part.eid],
    }


def _change_out(shown):
    names = PartChangeOut.model_fields.keys() - {"reasons"}
    return {
        **{name: getattr(shown.part, name) for name in names},
        "reasons": [reason for _number, reason in shown.reasons],
    }
