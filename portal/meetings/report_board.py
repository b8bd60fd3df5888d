"""The year's board of reports: one line for each schedule, its periods side by side."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from portal.core.deadlines import due_day
from portal.core.periods import MONTHS, Period
from portal.meetings.models import PeriodicReport, ReportSchedule
from portal.meetings.report_periods import ReportState, states_of_schedules

MONTHS_OF_A_YEAR = range(1, 13)


@dataclass(frozen=True)
class Cell:
    """A period on the board, as wide as its months; ``state`` is None before it begins."""

    period: Period
    months: int
    state: ReportState | None
    url: str = ""
    coming_due: object = None


@dataclass(frozen=True)
class Line:
    """A schedule with its periods; one without a calendar has none."""

    schedule: ReportSchedule
    cells: list


def board_of(schedules, year, user, now=None):
    """Return the ``Line`` of each schedule in ``year``; three queries for all."""
    schedules, now = list(schedules), now or timezone.now()
    states = states_of_schedules(schedules, now)
    pks = {state.report.pk for each in states.values() for state in each if state.report}
    readable = set(
        PeriodicReport.objects.internal_to(user).filter(pk__in=pks).values_list("pk", flat=True)
        if pks
        else ()
    )
    return [Line(each, _cells(each, year, states[each.pk], readable)) for each in schedules]


def _cells(schedule, year, states, readable):
    if schedule.kind is None:
        return []
    by_code = {state.period.code: state for state in states}
    months = MONTHS[schedule.kind]
    cells = []
    for index in range(1, 12 // months + 1):
        period = Period(year, index, schedule.kind)
        state = by_code.get(period.code)
        coming = due_day(schedule.due_rule, period) if _is_coming(schedule, period) else None
        url = _address(schedule, state, readable) if state else ""
        cells.append(Cell(period, months, state, url, coming))
    return cells


def _is_coming(schedule, period):
    """Return whether a report of a period that has not begun will be owed."""
    return (
        schedule.is_active
        and period.start > timezone.localdate()
        and (not schedule.first_period or period.code >= schedule.first_period)
        and (not schedule.last_period or period.code <= schedule.last_period)
    )


def _address(schedule, state, readable):
    if state.report and state.report.pk in readable:
        return reverse("meetings:report", args=[state.report.pk])
    return f"{reverse('meetings:report_schedule', args=[schedule.pk])}?ky={state.period.code}"


def years_of(schedules):
    """Return the years that a board can show, the latest first."""
    today = timezone.localdate().year
    firsts = schedules.exclude(first_period="").values_list("first_period", flat=True)
    earliest = min([today, *(int(code[:4]) for code in firsts)])
    return list(range(today, max(earliest, today - 20) - 1, -1))
