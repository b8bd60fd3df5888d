"""Report schedules: kept by the centre, or made from the duty that they meet."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.deadlines import CADENCE_KINDS
from portal.meetings.duty_titles import LONGEST_TITLE
from portal.meetings.models import ReportSchedule
from portal.meetings.permissions import require, require_of_person
from portal.units.models import Obligation

#: Duties to report without a calendar: their reports are written when something is up.
WITHOUT_CALENDAR = frozenset({Obligation.Cadence.PERIODIC, Obligation.Cadence.ON_REQUEST})


@transaction.atomic
def save_schedule(schedule, *, user, recipients=None):
    """Check and keep a schedule with those who get its reports."""
    is_new = schedule.pk is None
    require(user, "add" if is_new else "change", ReportSchedule if is_new else schedule)
    return _keep(schedule, user, recipients)


def _keep(schedule, user, recipients):
    schedule.full_clean()
    schedule._history_user = user
    schedule.save()
    if recipients is not None:
        schedule.recipients.set(recipients)
    return schedule


@transaction.atomic
def establish_schedules(obligation, *, user):
    """Return the schedules of a duty, making one for each bound unit that has none.

    None where the duty has neither a calendar nor is a report on request: then a person has to
    decide more than the duty says.
    """
    require_of_person(user, "add", ReportSchedule)
    kind = CADENCE_KINDS.get(obligation.cadence)
    if kind is None and obligation.cadence not in WITHOUT_CALENDAR:
        return None
    known = {schedule.from_unit_id: schedule for schedule in obligation.report_schedules.all()}
    recipients = list(obligation.counterparts.all())
    schedules = []
    for unit in obligation.bound_units():
        schedule = known.get(unit.pk)
        if schedule is None:
            schedule = ReportSchedule(
                title=title_of(obligation),
                from_unit=unit,
                obligation=obligation,
                **fields_of(obligation),
            )
            others = [each for each in recipients if each.pk != unit.pk]
            _keep(schedule, user, others)
            _join_tiers(schedule, user)
        schedules.append(schedule)
    return schedules


def fields_of(obligation):
    """Return what a duty says of its schedule: how often a report is owed, and due when."""
    kind, rule = CADENCE_KINDS.get(obligation.cadence), obligation.due_rule or {}
    return {
        "frequency": kind.value if kind else ReportSchedule.Frequency.NONE,
        "due_day": rule.get("day"),
        "due_in": rule.get("month_of_period") or ReportSchedule.DueIn.LAST,
        "due_strictly_before": rule.get("strictly_before", False),
    }


def title_of(obligation):
    """Return what the schedule of a duty is called: its words, or how often where they are many."""
    text = " ".join(obligation.text.split()) or obligation.get_kind_display().capitalize()
    if len(text) <= LONGEST_TITLE:
        return text
    names = {
        "monthly": _("Monthly report"),
        "quarterly": _("Quarterly report"),
        "semiannual": _("Half-yearly report"),
        "annual": _("Yearly report"),
    }
    name = names.get(obligation.cadence, _("Report on a topic or on request"))
    return f"{name} ({obligation.provision.label})"


def _join_tiers(schedule, user):
    """Let reports flow upwards where one schedule of the recipient takes them, and only one."""
    same = ReportSchedule.objects.active().filter(frequency=schedule.frequency)
    if schedule.obligation_id:
        regulation = schedule.obligation.provision.regulation_id
        same = same.filter(obligation__provision__regulation=regulation)
    above = same.filter(from_unit__in=schedule.recipients.all()).exclude(pk=schedule.pk)
    if schedule.kind and schedule.feeds_id is None and above.count() == 1:
        _feed(schedule, above.get(), user)
    below = same.filter(recipients=schedule.from_unit, feeds=None).exclude(pk=schedule.pk)
    takers = same.filter(from_unit=schedule.from_unit)
    if schedule.kind and takers.count() == 1:
        for lower in below:
            _feed(lower, schedule, user)


def _feed(lower, upper, user):
    """Join two schedules unless their reports would go round in a circle."""
    above = upper
    while above is not None:
        if above.pk == lower.pk:
            return
        above = above.feeds
    lower.feeds = upper
    lower._history_user = user
    lower.save(update_fields=["feeds"])
