"""The staff start page: what waits for this person, most urgent first."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from portal.core.deadlines import Timeliness
from portal.core.roles import Role, has_role, runs_centre
from portal.datasets.models import DatasetPage, DatasetVersion
from portal.datasets.timeliness import next_open, timeliness_of_datasets
from portal.home.cards import Card
from portal.home.data_cards import sharing_cards, source_cards
from portal.home.people_cards import approval_cards, own_page_cards, people_cards
from portal.home.start_duties import card_values
from portal.home.start_reports import report_cards
from portal.meetings.models import (
    AssessmentCycle,
    Meeting,
    Minutes,
    Task,
    UnitAssessment,
)
from portal.regulations.models import RegulationIndexPage, RegulationPage
from portal.units.models import UnitPage
from portal.units.permissions import unit_ids_of

SHOWN_MEETINGS = 3


def cards_for(user, request=None):
    """Return the ``Card`` list of ``user``; those that need nothing come last.

    Duties are told only to a ``request``: what acts on them may be closed to the visitor.
    """
    cards = [card for source in SOURCES for card in source(user)]
    duties = card_values(request) if request is not None else None
    if duties:
        cards.append(Card(**duties))
    order = {"bad": 0, "warn": 1, "info": 2, "good": 3}
    return sorted(cards, key=lambda card: order[card.tone])


def _first_steps(user):
    """Lead an administrator of an empty portal to the regulation, then to its units."""
    if not has_role(user, Role.ADMINISTRATOR) or not RegulationIndexPage.objects.exists():
        return
    regulation = RegulationPage.objects.live().first()
    if regulation is None:
        yield Card(
            _("Begin with the regulation"),
            0,
            _("Paste the regulation or choose its file; pages, units and duties follow from it."),
            reverse("regulations:import_text"),
            _("Bring in a regulation"),
            "warn",
        )
    elif not UnitPage.objects.exists():
        yield Card(
            _("Set the portal up"),
            0,
            _("The regulation is published. Its units, responsibilities and duties can stand now."),
            reverse("setup:choose"),
            _("Set up from the regulation"),
            "warn",
        )


def _due(state):
    return state.due


def _own_data(user):
    """Tell a unit's people what of their data is overdue or due next."""
    units = unit_ids_of(user)
    if not has_role(user, Role.DATA_OFFICER, Role.UNIT_HEAD) or not units:
        return
    datasets = DatasetPage.objects.live().filter(owner_unit__in=units)
    states = timeliness_of_datasets(datasets).values()
    regular = [[s for s in each if not s.request] for each in states]
    overdue = sum(s.timeliness is Timeliness.MISSING for each in regular for s in each)
    coming = sorted((s for s in map(next_open, regular) if s and s.due), key=_due)
    asked = sorted((s for each in states for s in each if s.request and s.is_open), key=_due)
    if overdue:
        yield Card(
            _("Overdue data"),
            overdue,
            _("These periods should have been sent already."),
            reverse("datasets:mine"),
            _("Send now"),
            "bad",
        )
    elif coming:
        yield Card(
            _("Next data due"),
            len(coming),
            _("%(title)s, %(period)s: due %(day)s")
            % {
                "title": coming[0].dataset.title,
                "period": coming[0].period.label,
                "day": coming[0].printed_due,
            },
            reverse("datasets:mine"),
            _("See what is due"),
        )
    if asked:
        yield Card(
            _("Data asked for specially"),
            len(asked),
            _("%(title)s: due %(moment)s")
            % {"title": asked[0].dataset.title, "moment": asked[0].due_in_force},
            reverse("datasets:special_requests"),
            _("See what is asked for"),
            "bad" if asked[0].timeliness is Timeliness.MISSING else "warn",
        )
    returned = (
        DatasetVersion.objects.counting()
        .filter(
            dataset__owner_unit__in=units,
            status__in=[
                DatasetVersion.Status.RETURNED,
                DatasetVersion.Status.REFUSED,
                DatasetVersion.Status.NEEDS_CHOICE,
            ],
        )
        .count()
    )
    if returned:
        yield Card(
            _("Files to correct"),
            returned,
            _("The check found mistakes, or the centre sent the file back."),
            f"{reverse('datasets:mine')}#dang-lam-do",
            _("Look at the mistakes"),
            "warn",
        )
    waiting = DatasetVersion.objects.counting().filter(
        dataset__owner_unit__in=units,
        status__in=[DatasetVersion.Status.RECEIVED, DatasetVersion.Status.CHECKED],
    )
    count = waiting.count()
    if count:
        yield Card(
            _("Files not finished"),
            count,
            _("They were received, but not submitted yet."),
            f"{reverse('datasets:mine')}#dang-lam-do",
            _("Take them up again"),
        )


def _verification(user):
    if not runs_centre(user):
        return
    waiting = DatasetVersion.objects.waiting_for_verification().count()
    yield Card(
        _("Data waiting for verification"),
        waiting,
        _("Submitted by the units; nothing is public before somebody else has looked at it.")
        if waiting
        else _("Everything that was submitted has been verified."),
        reverse("datasets:queue"),
        _("Open the queue"),
        "warn" if waiting else "good",
    )


def _tasks(user):
    own = unit_ids_of(user)
    if has_role(user, Role.IOC_LEADER):
        submitted = Task.objects.filter(status=Task.Status.SUBMITTED).count()
        if submitted:
            yield Card(
                _("Tasks to confirm"),
                submitted,
                _("The units report these tasks as done."),
                f"{reverse('meetings:tasks')}?status=submitted",
                _("Look at the reports"),
                "warn",
            )
    tasks = Task.objects.all() if runs_centre(user) else Task.objects.filter(lead_unit__in=own)
    late = tasks.overdue().count()
    if late:
        yield Card(
            _("Overdue tasks"),
            late,
            _("Their deadline has passed and they are not reported as done."),
            f"{reverse('meetings:tasks')}?overdue=on",
            _("See the tasks"),
            "bad",
        )
    new = Task.objects.filter(lead_unit__in=own, status=Task.Status.ASSIGNED).count()
    if new and has_role(user, Role.UNIT_HEAD, Role.DATA_OFFICER):
        yield Card(
            _("New tasks"),
            new,
            _("Assigned to your unit and not yet accepted."),
            f"{reverse('meetings:tasks')}?status=assigned",
            _("Accept or answer"),
            "warn",
        )


def _minutes(user):
    if has_role(user, Role.IOC_LEADER):
        waiting = Minutes.objects.filter(
            meeting__status=Meeting.Status.HELD,
            status__in=[Minutes.Status.DRAFTING, Minutes.Status.CIRCULATED],
        ).count()
        if waiting:
            yield Card(
                _("Minutes to sign"),
                waiting,
                _("The meeting is over; its minutes are not signed yet."),
                reverse("meetings:index"),
                _("Open the meetings"),
                "warn",
            )


def _assessment(user):
    if has_role(user, Role.UNIT_HEAD, Role.DATA_OFFICER):
        todo = UnitAssessment.objects.filter(
            unit__in=unit_ids_of(user),
            cycle__status=AssessmentCycle.Status.SELF_ASSESSMENT,
            status__in=[
                UnitAssessment.Status.NOT_STARTED,
                UnitAssessment.Status.IN_PROGRESS,
                UnitAssessment.Status.CHANGES_REQUESTED,
            ],
        ).count()
        if todo:
            yield Card(
                _("Self-assessment"),
                todo,
                _("The form of your unit is open."),
                reverse("meetings:cycles"),
                _("Fill in the form"),
                "warn",
            )


SOURCES = (
    _first_steps,
    _own_data,
    source_cards,
    own_page_cards,
    _verification,
    sharing_cards,
    approval_cards,
    _tasks,
    report_cards,
    _minutes,
    _assessment,
    people_cards,
)


class StartPanel(Component):
    """The panel at the top of the staff start page."""

    name = "start"
    template_name = "home/start_panel.html"
    order = 10

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        meetings = Meeting.objects.readable_by(user).filter(start_at__gte=timezone.now())
        return {
            "cards": cards_for(user, parent_context["request"]),
            "meetings": meetings.order_by("start_at")[:SHOWN_MEETINGS],
        }
