"""What becomes of series, schedules and cycles when their duty is changed, succeeded or ended.

``before`` is the duty as it was, with its former counterparts loaded; ``after`` the same duty
corrected, the one that succeeds it, or None where nothing does. What people set is not changed
back: only what still says what the former duty said follows it.
"""

from datetime import datetime, time

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.core.deadlines import due_day
from portal.core.periods import containing, parse_period
from portal.meetings.actions.establishing import establish_cycle, interval_of, not_over
from portal.meetings.actions.report_schedules import fields_of, title_of
from portal.meetings.actions.resting import save_rested, wake, was_changed_since
from portal.meetings.models import (
    AssessmentCycle,
    MeetingSeries,
    PeriodicReport,
    ReportSchedule,
)
from portal.meetings.permissions import require_of_person

#: What of a series and of a schedule changes with the end of a duty.
OF_SERIES, OF_SCHEDULE = ("interval_months", "is_active"), ("is_active", "last_period")
#: What the centre decided about a schedule and its duty does not say.
DECIDED = ("weekend", "grace_days", "window_start_day", "outline")


@transaction.atomic
def follow_series(before, after, *, user):
    """Let each series meet as often as its standing duties ask, and rest when none stands."""
    require_of_person(user, "change", MeetingSeries)
    for series in before.meeting_series.select_for_update():
        standing = list(not_over(series.obligations.all()))
        if _has_ended(before) and (after is None or after.pk != before.pk):
            standing = [each for each in standing if each.pk != before.pk]
        if after is None and was_changed_since(series, OF_SERIES):
            continue  # somebody lets it go on all the same
        same = {before.pk, after.pk if after else None}
        former = _shortest([before, *(each for each in standing if each.pk not in same)])
        if series.interval_months == former and standing:
            series.interval_months = _shortest(standing)
        series.is_active = series.is_active and bool(standing)
        save_rested(series, OF_SERIES, user)


@transaction.atomic
def reopen_series(obligation, *, user):
    """Let the series of a duty that stands again meet as before it ended."""
    require_of_person(user, "change", MeetingSeries)
    for series in obligation.meeting_series.select_for_update():
        wake(series, OF_SERIES, user)


def _has_ended(obligation):
    return bool(obligation.valid_to) and obligation.valid_to <= timezone.localdate()


def _shortest(obligations):
    return min(filter(None, map(interval_of, obligations)), default=0)


@transaction.atomic
def follow_cycles(before, after, *, user):
    """Let cycles that are not done answer for the successor; drop what was only planned."""
    require_of_person(user, "plan", AssessmentCycle)
    if after is not None and after.pk == before.pk:
        return
    its_year = Q(year__gte=(before.valid_to or timezone.localdate()).year)
    planned = Q(status=AssessmentCycle.Status.PLANNED)
    cycles = AssessmentCycle.objects.select_for_update().filter(obligation=before)
    for cycle in cycles.filter(planned & its_year if after is None else planned | its_year):
        cycle._history_user = user
        if after is None:
            cycle.delete()
            continue
        cycle.obligation, cycle.provision = after, after.provision
        cycle.save(update_fields=["obligation", "provision"])


@transaction.atomic
def reopen_cycles(obligation, *, user):
    """Plan the year's review again that went with the duty."""
    establish_cycle(obligation, user=user)


@transaction.atomic
def follow_schedules(before, after, *, user):
    """Let coming reports be owed by the changed duty, and no report by one that has ended.

    Periods that were due before keep the rule by which they are judged: the former schedule ends
    and the successor's begins with the first period that is due under it.
    """
    require_of_person(user, "change", ReportSchedule)
    schedules = list(before.report_schedules.active().select_for_update())
    if after is not None and after.pk == before.pk:
        for schedule in schedules:
            _correct(schedule, before, after, user)
        return
    heirs = {each.from_unit_id: each for each in after.report_schedules.all()} if after else {}
    for schedule in schedules:
        heir = heirs.get(schedule.from_unit_id)
        if heir is not None:
            _hand_on(schedule, heir, before, user)
        _end(schedule, heir, before.valid_to, user)


@transaction.atomic
def reopen_schedules(obligation, *, user):
    """Let the reports of a duty that stands again be owed as before it ended."""
    require_of_person(user, "change", ReportSchedule)
    for schedule in obligation.report_schedules.select_for_update():
        wake(schedule, OF_SCHEDULE, user)


def _correct(schedule, before, after, user):
    """Bring to the corrected duty what still says what the duty said before."""
    said, says = fields_of(before), fields_of(after)
    if schedule.frequency == said["frequency"] != says["frequency"]:
        schedule.first_period = schedule.last_period = ""
    if schedule.title == title_of(before):
        schedule.title = title_of(after)
    for name, value in says.items():
        if getattr(schedule, name) == said[name]:
            setattr(schedule, name, value)
    schedule._history_user = user
    schedule.full_clean()
    schedule.save()
    to_whom = _others(before, schedule)
    if set(schedule.recipients.all()) == to_whom:
        schedule.recipients.set(_others(after, schedule))


def _others(obligation, schedule):
    return {each for each in obligation.counterparts.all() if each.pk != schedule.from_unit_id}


def _hand_on(schedule, heir, before, user):
    """Give the successor's schedule what people decided for the former one, and its place."""
    for name in DECIDED:
        setattr(heir, name, getattr(schedule, name))
    if _others(before, schedule) == _others(heir.obligation, heir):
        heir.recipients.set(schedule.recipients.all())
    if schedule.kind and schedule.kind is heir.kind:
        heir.feeds = schedule.feeds
        heir.first_period = _first_period(schedule, heir).code
        for lower in schedule.fed_by.exclude(pk=heir.pk):
            lower.feeds, lower._history_user = heir, user
            lower.save(update_fields=["feeds"])
    heir._history_user = user
    heir.full_clean()
    heir.save()


def _first_period(schedule, heir):
    """Return the first period due under the new rule for which no report was written before."""
    day = heir.obligation.valid_from or timezone.localdate()
    first = heir.next_due_period(timezone.make_aware(datetime.combine(day, time.min)))
    if schedule.first_period:
        first = max(first, parse_period(schedule.first_period))
    codes = schedule.reports.filter(kind=PeriodicReport.Kind.PERIODIC).values_list("period")
    written = [parse_period(code) for (code,) in codes]
    return max([first, *(each.shift(1) for each in written if each.kind is heir.kind)])


def _end(schedule, heir, day, user):
    """Let the schedule end with the last period that was owed; it rests if there was none."""
    if heir is None and was_changed_since(schedule, OF_SCHEDULE):
        return
    if schedule.kind is None:
        schedule.is_active = False
    else:
        last = _last_period(schedule, heir, day or timezone.localdate())
        if schedule.first_period and last < parse_period(schedule.first_period):
            schedule.is_active = False
        elif not schedule.last_period or last < parse_period(schedule.last_period):
            schedule.last_period = last.code
    save_rested(schedule, OF_SCHEDULE, user)


def _last_period(schedule, heir, day):
    """Return the last period that was due, or without a day over, when the duty ended."""
    if heir is not None and heir.kind is schedule.kind:
        return parse_period(heir.first_period).shift(-1)
    period = containing(day, schedule.kind)
    while (due_day(schedule.due_rule, period) or period.end) > day:
        period = period.shift(-1)
    return period
