"""What waits for a person in reports: to write, to send, to accept."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from portal.core.deadlines import Timeliness
from portal.meetings.models import PeriodicReport, ReportSchedule
from portal.meetings.oversight import reporting_units
from portal.meetings.permissions import POLICIES
from portal.meetings.report_periods import AWAITED, states_of_schedules, with_standing

Status = PeriodicReport.Status
PRESSING = frozenset({Timeliness.MISSING, Timeliness.DUE_SOON, AWAITED})


@dataclass(frozen=True)
class WorkItem:
    """A report that a unit still has to send; ``report`` is None before somebody drafts it."""

    title: str
    unit: object
    due: date | None
    standing: str
    label: str
    url: str
    report: PeriodicReport | None = None


def own_work(user, now=None):
    """Return the reports that the user's units owe now or are working on, most urgent first."""
    now = now or timezone.now()
    items = [*_periods(user, now), *_others(user, now)]
    return sorted(items, key=lambda item: (item.due is None, item.due or date.max, item.title))


def _periods(user, now):
    schedules = list(
        ReportSchedule.objects.of_units_of(user).by_calendar().for_listing().order_by("pk")
    )
    for states in states_of_schedules(schedules, now).values():
        for state in states:
            in_work = state.report and state.report.status in PeriodicReport.WITH_UNIT
            if in_work or (state.is_open and state.standing in PRESSING):
                yield _item_of(state)


def _item_of(state):
    schedule, report = state.schedule, state.report
    url = (
        reverse("meetings:report", args=[report.pk])
        if report
        else f"{reverse('meetings:report_schedule', args=[schedule.pk])}?ky={state.period.code}"
    )
    return WorkItem(
        title=f"{schedule.title}, {state.period.label}",
        unit=schedule.from_unit,
        due=state.due_day,
        standing=state.standing,
        label=state.label,
        url=url,
        report=report,
    )


def _others(user, now):
    """Yield what is written on a topic or on request and not with its recipients."""
    found = PeriodicReport.objects.filter(
        unit__in=reporting_units(user).values("pk"), status__in=PeriodicReport.WITH_UNIT
    ).exclude(kind=PeriodicReport.Kind.PERIODIC)
    for report in with_standing(found.for_listing(), now):
        yield WorkItem(
            title=report.title,
            unit=report.unit,
            due=timezone.localtime(report.due_at).date() if report.due_at else None,
            standing=report.standing,
            label=report.standing_label,
            url=reverse("meetings:report", args=[report.pk]),
            report=report,
        )


def to_accept(user):
    """Return the sent reports that wait for a word of ``user`` as a recipient, oldest first."""
    mine = POLICIES[PeriodicReport].instances_user_has_permission_for(user, "receive")
    return (
        PeriodicReport.objects.filter(status=Status.SUBMITTED, pk__in=mine.values("pk"))
        .exclude(submitted_by=user)
        .for_listing()
        .order_by("submitted_at")
    )
