"""What reports show on the pages of units and articles, and in the search."""

from django.utils.translation import gettext_lazy as _

from portal.core.deadlines import Timeliness
from portal.core.models.page import name_for
from portal.core.page_panels import PagePanel, register_panel
from portal.core.search_sources import SearchHit, SearchSource, register_source
from portal.meetings.models import PeriodicReport, ReportSchedule
from portal.meetings.permissions import may
from portal.meetings.report_periods import states_of_schedules

SHOWN = 5
JUDGED = frozenset({Timeliness.ON_TIME, Timeliness.LATE, Timeliness.MISSING})


def unit_panel(page, request):
    """Return a unit's schedules for those who follow them, and its published reports."""
    user = request.user
    schedules = ReportSchedule.objects.readable_by(user).active().filter(from_unit=page)
    schedules = list(schedules.for_listing()[:SHOWN])
    published = PeriodicReport.objects.published().filter(unit=page).for_listing()
    published = list(published.order_by("-submitted_at")[:SHOWN])
    if not schedules and not published:
        return None
    states = states_of_schedules(schedules) if schedules else {}
    return {
        "rows": [_row(schedule, states[schedule.pk]) for schedule in schedules],
        "published": published,
        "inside": bool(schedules) and may(user, "view", ReportSchedule),
    }


def _row(schedule, states):
    judged = [state for state in states if state.standing in JUDGED]
    return {
        "schedule": schedule,
        "total": len(judged),
        "kept": sum(state.standing == Timeliness.ON_TIME for state in judged),
        "next": next((state for state in states if state.is_open), None),
    }


def article_panel(page, request):
    """Return the schedules that rest on an article, as far as the visitor follows them."""
    schedules = ReportSchedule.objects.readable_by(request.user).active()
    schedules = schedules.filter(obligation__provision__article=page).for_listing()[:SHOWN]
    if not schedules:
        return None
    return {"schedules": schedules, "inside": may(request.user, "view", ReportSchedule)}


def _reports(request):
    readable = PeriodicReport.objects.sent().readable_by(request.user)
    return PeriodicReport.objects.filter(pk__in=readable.order_by().values("pk")).select_related(
        "unit"
    )


def _report_hits(reports, request):
    return [
        SearchHit(
            title=report.title,
            url=report.get_absolute_url(),
            context=" · ".join(filter(None, [name_for(report.unit, request), report.number])),
            text=report.sent_body,
            badge=report.get_kind_display(),
        )
        for report in reports
    ]


def register():
    """Show reports where they belong, and make those that were sent findable."""
    register_panel(
        "units.UnitPage",
        PagePanel("unit-reports", "meetings/includes/report_unit_panel.html", unit_panel, order=45),
    )
    register_panel(
        "regulations.ArticlePage",
        PagePanel(
            "reports", "meetings/includes/report_article_panel.html", article_panel, order=35
        ),
    )
    register_source(SearchSource("bao-cao", _("Reports"), _reports, _report_hits, order=70))
