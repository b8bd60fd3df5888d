"""The living list of duties as JSON; whoever asks gets what the page shows them."""

from datetime import date, datetime

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema

from portal.core.models.page import name_for
from portal.units.duties.listing import Asked, Listing
from portal.units.duties.rows import rows_for
from portal.units.models import Obligation

router = Router(tags=["nghia-vu"])
LARGEST_PAGE = 200


class LinkOut(Schema):
    title: str
    url: str


class DueOut(Schema):
    period: str
    day: date
    moment: datetime


class DutyOut(Schema):
    id: int
    unit: str
    unit_code: str
    is_kind_of_unit: bool
    name_as_written: str
    kind: str
    text: str
    cadence: str
    due_rule: dict
    due_words: str
    next_due: DueOut | None
    provision: str
    provision_url: str
    valid_from: date | None
    valid_to: date | None
    counterparts: list[str]
    met_by: list[LinkOut]
    state: str | None
    how_well: list[str]
    missing: list[str]


class DutiesOut(Schema):
    total: int
    page: int
    pages: int
    counts: dict[str, int]
    items: list[DutyOut]


class DutyQuery(Schema):
    """What may be asked; the words are those of the page's address."""

    don_vi: str = ""
    loai: str = ""
    ky: str = ""
    tinh_trang: str = ""
    tim: str = ""
    het_hieu_luc: bool = False
    trang: int = 1
    moi_trang: int = 50


@router.get("/", response=DutiesOut, summary=_("Duties under the regulation, how each is met"))
def list_duties(request, asked: Query[DutyQuery]):
    listing = Listing(request, _asked(asked))
    size = min(max(asked.moi_trang, 1), LARGEST_PAGE)
    page = Paginator(listing.ordered(), size).get_page(asked.trang)
    return {
        "total": page.paginator.count,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "counts": {state.value: number for state, _label, _tone, number in listing.counts},
        "items": [_duty(row, request) for row in listing.rows(page.object_list)],
    }


@router.get("/{pk}/", response=DutyOut, summary=_("One duty"))
def get_duty(request, pk: int):
    readable = Obligation.objects.readable_by(request).for_listing(request)
    [row] = rows_for([get_object_or_404(readable, pk=min(pk, 2**31))], request)
    return _duty(row, request)


def _asked(query):
    """Return the ``Asked`` of a query, cleaned by the rules of the page."""
    return Asked.from_query(
        {
            "don-vi": query.don_vi,
            "loai": query.loai,
            "ky": query.ky,
            "tinh_trang": query.tinh_trang,
            "tim": query.tim,
            "het-hieu-luc": "1" if query.het_hieu_luc else "",
        }
    )


def _duty(row, request):
    duty = row.obligation
    due = row.due
    return {
        "id": duty.pk,
        "unit": duty.unit.title,
        "unit_code": duty.unit.code,
        "is_kind_of_unit": duty.unit.is_group,
        "name_as_written": duty.name_as_written,
        "kind": duty.kind,
        "text": duty.text,
        "cadence": duty.cadence,
        "due_rule": duty.due_rule,
        "due_words": duty.due_words,
        "next_due": {"period": due.period.code, "day": due.day, "moment": due.moment}
        if due
        else None,
        "provision": duty.provision.citation,
        "provision_url": duty.provision.url,
        "valid_from": duty.valid_from,
        "valid_to": duty.valid_to,
        "counterparts": [name_for(unit, request) for unit in duty.counterparts.all()],
        "met_by": [{"title": link.title, "url": link.url} for link in row.links],
        "state": row.state.value if row.state else None,
        "how_well": [str(words) for words in row.summaries],
        "missing": [str(words) for words, _url in row.missing],
    }
