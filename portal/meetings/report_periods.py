"""What is owed by a report schedule, and how a report stands. Computed; nothing of it is stored.

The first time a report is sent decides whether it came in time, whatever is sent back later. A
schedule without a due day makes nobody late: its reports are awaited once the period is over.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.deadlines import (
    Timeliness,
    due_after_extension,
    due_day,
    due_moment,
    end_of_day,
    timeliness,
)
from portal.core.models import DeadlineExtension
from portal.core.periods import Period, containing, parse_period, periods_between
from portal.meetings.models import PeriodicReport, ReportSchedule

#: Without a due day: sent; and still to come although the period is over.
SENT, AWAITED = "sent", "awaited"
LABELS = {
    Timeliness.ON_TIME: _("sent in time"),
    Timeliness.LATE: _("sent late"),
    Timeliness.MISSING: _("overdue"),
    Timeliness.DUE_SOON: _("due soon"),
    Timeliness.NOT_DUE: _("not due yet"),
    SENT: pgettext_lazy("report", "sent"),
    AWAITED: _("to be sent"),
}


@dataclass(frozen=True)
class ReportState:
    """One period of a schedule: its report if there is one, when it is due, how it stands."""

    schedule: ReportSchedule
    period: Period
    report: PeriodicReport | None
    due: datetime | None
    standing: str

    @property
    def label(self):
        """Return how the period stands, in words."""
        return LABELS[self.standing]

    @property
    def is_open(self):
        """Return whether the report is still to be sent for the first time."""
        return self.report is None or not self.report.was_sent

    @property
    def due_day(self):
        """Return the printed due day: the granted one, else the rule's without its grace."""
        if self.due is None:
            return None
        if self.due != due_moment(self.schedule.due_rule, self.period):
            return timezone.localtime(self.due).date()
        return due_day(self.schedule.due_rule, self.period)

    @property
    def window(self):
        """Return the first and the last day of which the report tells."""
        return window_of(self.schedule, self.period)


def window_of(schedule, period):
    """Return the first and the last day whose figures a report of ``period`` tells."""
    if schedule.window_start_day == 1:
        return period.start, period.end
    before, last = period.month(0), period.month(-1)
    start = date(before.year, before.index, schedule.window_start_day)
    end = date(last.year, last.index, schedule.window_start_day) - timedelta(days=1)
    return start, end


def begun_period(schedule, day):
    """Return the period that is under way on ``day``."""
    return containing(day, schedule.kind)


def expected_periods(schedule, now=None):
    """Return the periods that have begun by ``now`` and for which a report is owed."""
    if schedule.kind is None or not schedule.is_active or not schedule.first_period:
        return []
    last = begun_period(schedule, timezone.localtime(now or timezone.now()).date())
    if schedule.last_period:
        last = min(last, parse_period(schedule.last_period))
    obligation = schedule.obligation
    if obligation and obligation.valid_to:
        last = min(last, begun_period(schedule, obligation.valid_to))
    return periods_between(parse_period(schedule.first_period), last)


def states_of_schedules(schedules, now=None):
    """Return ``{schedule pk: [ReportState]}``, oldest period first; two queries for all.

    A period with a report is in it even when none is expected any more.
    """
    schedules, now = list(schedules), now or timezone.now()
    reports = {}
    found = PeriodicReport.objects.filter(
        schedule__in=[schedule.pk for schedule in schedules], kind=PeriodicReport.Kind.PERIODIC
    ).defer("body", "sent_body", "figures")
    for report in found:
        reports.setdefault(report.schedule_id, {})[report.period] = report
    extensions = _extensions([report.pk for each in reports.values() for report in each.values()])
    return {
        schedule.pk: _states(schedule, reports.get(schedule.pk, {}), extensions, now)
        for schedule in schedules
    }


def states_of_schedule(schedule, now=None):
    """Return the state of each period of one schedule, oldest first."""
    return states_of_schedules([schedule], now)[schedule.pk]


def _extensions(pks):
    found = {}
    if pks:
        for extension in DeadlineExtension.objects.about_all(PeriodicReport, pks):
            found.setdefault(extension.object_id, []).append(extension)
    return found


def _states(schedule, reports, extensions, now):
    if schedule.kind is None:
        return []
    written = {parse_period(code) for code in reports}
    kept = {period for period in written if period.kind is schedule.kind}
    states = []
    for period in sorted({*expected_periods(schedule, now), *kept}):
        report = reports.get(period.code)
        due = due_moment(schedule.due_rule, period)
        due = due_after_extension(due, extensions.get(report.pk, []) if report else [])
        done_at = report.first_submitted_at if report else None
        standing = _standing(due, done_at, now, window_of(schedule, period)[1])
        states.append(ReportState(schedule, period, report, due, standing))
    return states


def _standing(due, done_at, now, told_until=None):
    if due is not None:
        return timeliness(due, done_at, now)
    if done_at is not None:
        return SENT
    over = told_until is None or timezone.localtime(now).date() > told_until
    return AWAITED if over else Timeliness.NOT_DUE


def original_due(report):
    """Return the last instant in time as first set, or None when no day is named."""
    if report.kind == PeriodicReport.Kind.PERIODIC:
        return due_moment(report.schedule.due_rule, parse_period(report.period))
    return end_of_day(report.due_on) if report.due_on else None


def with_standing(reports, now=None):
    """Return ``reports`` as a list, each with ``due_at``, ``standing``, ``standing_label``."""
    reports, now = list(reports), now or timezone.now()
    extensions = _extensions([report.pk for report in reports])
    for report in reports:
        report.due_at = due_after_extension(original_due(report), extensions.get(report.pk, []))
        told_until = None
        if report.kind == PeriodicReport.Kind.PERIODIC:
            told_until = window_of(report.schedule, parse_period(report.period))[1]
        report.standing = _standing(report.due_at, report.first_submitted_at, now, told_until)
        report.standing_label = LABELS[report.standing]
    return reports


def lower_tier(schedule, period, now=None):
    """Return the states of the reports that go into the one of ``period``, by unit.

    Shorter periods count where they lie in this one; a longer one where it holds this one.
    """
    below = list(schedule.fed_by.for_listing().by_calendar())
    found = []
    for states in states_of_schedules(below, now).values():
        found += [state for state in states if _belongs(state.period, period)]
    return found


def _belongs(lower, upper):
    inside = upper.start <= lower.start and lower.end <= upper.end
    return inside or (lower.start <= upper.start and upper.end <= lower.end)
