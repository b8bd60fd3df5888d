"""Reports as JSON; each address answers for who asks, and gives the text as that reader sees it."""

from datetime import date, datetime

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema

from portal.core.models.page import name_for
from portal.meetings.api import FURTHEST, MOST
from portal.meetings.models import PeriodicReport, ReportSchedule
from portal.meetings.report_files import text_for
from portal.meetings.report_periods import states_of_schedules, with_standing

router = Router(tags=["bao-cao"])


class ReportOut(Schema):
    id: int
    title: str
    kind: str
    period: str
    unit: str
    status: str
    number: str
    is_public: bool
    due_at: datetime | None
    first_sent_at: datetime | None
    standing: str
    url: str

    @staticmethod
    def resolve_unit(report, context):
        return name_for(report.unit, context["request"])

    @staticmethod
    def resolve_first_sent_at(report):
        return report.first_submitted_at

    @staticmethod
    def resolve_standing(report):
        return str(report.standing)

    @staticmethod
    def resolve_url(report):
        return report.get_absolute_url()


class ReportsOut(Schema):
    count: int
    items: list[ReportOut]


class WholeReportOut(ReportOut):
    recipients: list[str]
    text: str

    @staticmethod
    def resolve_recipients(report, context):
        units = report.recipients.order_by("sort_key")
        return [name_for(unit, context["request"]) for unit in units]


class PeriodOut(Schema):
    schedule: int
    title: str
    unit: str
    period: str
    window_from: date
    window_to: date
    due_at: datetime | None
    standing: str
    report: int | None


class PeriodsOut(Schema):
    count: int
    items: list[PeriodOut]


@router.get("", response=ReportsOut, summary=_("Reports that the reader may read"))
def list_reports(
    request,
    limit: int = Query(20, ge=1, le=MOST),
    offset: int = Query(0, ge=0, le=FURTHEST),
    unit: str = "",
    period: str = "",
    status: str = "",
):
    reports = PeriodicReport.objects.readable_by(request.user).for_listing()
    chosen = {"unit__code": unit, "period": period, "status": status}
    reports = reports.filter(**{name: value for name, value in chosen.items() if value})
    return {"count": reports.count(), "items": with_standing(reports[offset : offset + limit])}


@router.get(
    "ky/",
    response=PeriodsOut,
    summary=_("What is owed: periods of the reader's schedules"),
    description=_("“count” counts schedules; “items” holds every period of those on this page."),
)
def list_periods(
    request, limit: int = Query(20, ge=1, le=MOST), offset: int = Query(0, ge=0, le=FURTHEST)
):
    schedules = ReportSchedule.objects.readable_by(request.user).by_calendar().for_listing()
    page = schedules[offset : offset + limit]
    readable = PeriodicReport.objects.readable_by(request.user).filter(schedule__in=list(page))
    known = set(readable.values_list("pk", flat=True))
    states = [state for each in states_of_schedules(page).values() for state in each]
    items = [_period(state, known, request) for state in states]
    return {"count": schedules.count(), "items": items}


def _period(state, known, request):
    start, end = state.window
    return {
        "schedule": state.schedule.pk,
        "title": state.schedule.title,
        "unit": name_for(state.schedule.from_unit, request),
        "period": state.period.code,
        "window_from": start,
        "window_to": end,
        "due_at": state.due,
        "standing": str(state.standing),
        "report": state.report.pk if state.report and state.report.pk in known else None,
    }


@router.get("{int:pk}/", response=WholeReportOut, summary=_("One report with its text"))
def get_report(request, pk: int):
    readable = PeriodicReport.objects.readable_by(request.user)
    found = readable.select_related("unit", "schedule__from_unit")
    [report] = with_standing([get_object_or_404(found, pk=pk)])
    report.text = text_for(request.user, report)
    return report
