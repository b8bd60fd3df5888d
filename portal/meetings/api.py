"""Meetings, tasks and results as JSON; each address answers for who asks."""

from datetime import date, datetime
from decimal import Decimal

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema

from portal.core.models.page import name_for
from portal.meetings.deadlines import with_standing
from portal.meetings.models import AssessmentCycle, Meeting, Task
from portal.meetings.records import record_for
from portal.meetings.results import result_of

router = Router(tags=["hop"])
MOST = 100
FURTHEST = (
    1_000_000_000  #: further than this no list reaches, and SQLite counts no further than 2⁶³
)


class MeetingOut(Schema):
    id: int
    title: str
    kind: str
    status: str
    convenor: str
    place: str
    start_at: datetime | None
    end_at: datetime | None
    url: str

    @staticmethod
    def resolve_convenor(meeting, context):
        return name_for(meeting.convenor, context["request"])

    @staticmethod
    def resolve_url(meeting):
        return meeting.get_absolute_url()


class MeetingsOut(Schema):
    count: int
    items: list[MeetingOut]


class ItemTaskOut(Schema):
    title: str
    lead: str
    coordinating: list[str]
    due_on: date | None


class ConclusionOut(Schema):
    kind: str
    text: str
    tasks: list[ItemTaskOut]


class ItemOut(Schema):
    title: str
    kind: str
    presenter: str
    result: str
    discussion: str
    conclusions: list[ConclusionOut]


class WholeMeetingOut(MeetingOut):
    chair: str
    items: list[ItemOut]


class TaskOut(Schema):
    id: int
    title: str
    lead_unit: str
    status: str
    due_at: datetime | None
    standing: str

    @staticmethod
    def resolve_lead_unit(task, context):
        return name_for(task.lead_unit, context["request"])

    @staticmethod
    def resolve_standing(task):
        return str(task.standing)


class TasksOut(Schema):
    count: int
    items: list[TaskOut]


class ScoreOut(Schema):
    criterion: str
    score: Decimal | None
    not_assigned: bool


class UnitResultOut(Schema):
    unit: str
    rank: int | None
    score: Decimal
    possible: Decimal
    scores: list[ScoreOut]


class ResultOut(Schema):
    year: int
    title: str
    status: str
    units: list[UnitResultOut]


@router.get("", response=MeetingsOut, summary=_("Meetings that the reader may know of"))
def list_meetings(
    request, limit: int = Query(20, ge=1, le=MOST), offset: int = Query(0, ge=0, le=FURTHEST)
):
    meetings = Meeting.objects.readable_by(request.user).select_related("convenor")
    return {"count": meetings.count(), "items": meetings[offset : offset + limit]}


@router.get("nhiem-vu/", response=TasksOut, summary=_("Tasks that the reader may know of"))
def list_tasks(
    request,
    limit: int = Query(20, ge=1, le=MOST),
    offset: int = Query(0, ge=0, le=FURTHEST),
    status: str = "",
    overdue: bool = False,
):
    tasks = Task.objects.readable_by(request.user).select_related("lead_unit")
    if status:
        tasks = tasks.filter(status=status)
    if overdue:
        tasks = tasks.filter(pk__in=Task.objects.overdue().values("pk"))
    page = tasks.order_by("due_on", "pk")[offset : offset + limit]
    return {"count": tasks.count(), "items": with_standing(page)}


@router.get("danh-gia/{int:year}/", response=ResultOut, summary=_("The result of a year"))
def get_result(request, year: int):
    cycle = get_object_or_404(AssessmentCycle.objects.with_result_for(request.user), year=year)
    result = result_of(cycle, request.user)
    return {
        "year": cycle.year,
        "title": cycle.title,
        "status": cycle.status,
        "units": [
            {
                "unit": name_for(row.unit, request),
                "rank": row.rank,
                "score": row.total.score,
                "possible": row.total.possible,
                "scores": [
                    {
                        "criterion": str(score.criterion),
                        "score": score.final_score,
                        "not_assigned": score.not_assigned,
                    }
                    for score in row.cells
                    if score
                ],
            }
            for row in result.rows
        ],
    }


@router.get("{int:pk}/", response=WholeMeetingOut, summary=_("One meeting, as far as it is open"))
def get_meeting(request, pk: int):
    meeting = get_object_or_404(
        Meeting.objects.readable_by(request.user).select_related(
            "convenor__parent_unit", "secretary", "minutes"
        ),
        pk=pk,
    )
    meeting.items = record_for(request, meeting)["items"]
    return meeting
