"""What waits for a person in reports, as cards of the staff start page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.deadlines import Timeliness
from portal.core.formats import format_date
from portal.home.cards import Card
from portal.meetings.models import PeriodicReport, ReportSchedule
from portal.meetings.oversight import oversees_reports
from portal.meetings.permissions import may
from portal.meetings.report_periods import states_of_schedules
from portal.meetings.report_work import own_work, to_accept


def report_cards(user):
    """Tell of reports overdue, due soon, sent back, to be accepted, and what units owe."""
    if not may(user, "view", PeriodicReport):
        return
    yield from _own(user)
    waiting = to_accept(user).count()
    if waiting:
        yield Card(
            _("Reports to accept"),
            waiting,
            _("Sent to your unit and neither accepted nor sent back."),
            reverse("meetings:reports"),
            _("Open the reports"),
            "warn",
        )
    if oversees_reports(user):
        yield from _owed_by_units()


def _own(user):
    work = own_work(user)
    overdue = [item for item in work if item.standing == Timeliness.MISSING]
    soon = [item for item in work if item.standing == Timeliness.DUE_SOON]
    returned = [
        item
        for item in work
        if item.report and item.report.status == PeriodicReport.Status.SENT_BACK
    ]
    if overdue:
        yield Card(
            _("Overdue reports"),
            len(overdue),
            _("These reports should have been sent already."),
            reverse("meetings:reports"),
            _("Write and send"),
            "bad",
        )
    if soon:
        yield Card(
            _("Reports due soon"),
            len(soon),
            _("%(title)s: due %(day)s") % {"title": soon[0].title, "day": format_date(soon[0].due)},
            reverse("meetings:reports"),
            _("Write and send"),
            "warn",
        )
    if returned:
        yield Card(
            _("Reports sent back"),
            len(returned),
            _("The recipients ask for changes."),
            returned[0].url,
            _("Look at the remarks"),
            "warn",
        )


def _owed_by_units():
    schedules = ReportSchedule.objects.active().by_calendar().for_listing()
    units = {
        schedule_states[0].schedule.from_unit_id
        for schedule_states in states_of_schedules(schedules).values()
        if any(state.standing == Timeliness.MISSING for state in schedule_states)
    }
    if units:
        yield Card(
            _("Units that have not reported"),
            len(units),
            _("Reports that other units owe are overdue."),
            reverse("meetings:reports"),
            _("See the board"),
            "bad",
        )
