"""Cards about people and about the pages that a unit's people edit themselves."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from portal.core.roles import Role, has_role
from portal.home.cards import Card
from portal.home.workflow import last_words_on, latest_states
from portal.units.models import Membership
from portal.units.page_rights import edited_by
from portal.units.people import LEAVES_WITHIN_DAYS, units_without_contact
from portal.units.permissions import unit_ids_of


def people_cards(user):
    """Tell an administrator which units nobody answers for, and who leaves soon."""
    if not has_role(user, Role.ADMINISTRATOR):
        return
    lacking = units_without_contact().count()
    if lacking:
        yield Card(
            _("Units without a contact"),
            lacking,
            _("They lack a head or a data officer today: nobody sends data, or nobody submits."),
            reverse("units:without_contact"),
            _("Name somebody"),
            "warn",
        )
    leaving = Membership.objects.leaving_soon().count()
    if leaving:
        yield Card(
            _("People who leave soon"),
            leaving,
            _("Their membership ends within %(days)d days. Hand over what is in their hands.")
            % {"days": LEAVES_WITHIN_DAYS},
            f"{reverse('memberships:index')}?watch=leaving",
            _("See who leaves"),
            "warn",
        )


def approval_cards(user):
    """Tell those who approve how many pages wait for their word."""
    if not has_role(user, Role.ADMINISTRATOR, Role.IOC_LEADER):
        return
    waiting = TaskState.objects.reviewable_by(user).count()
    if waiting:
        yield Card(
            _("Pages to approve"),
            waiting,
            _("Their editors have submitted them; readers see them once they are approved."),
            reverse("wagtailadmin_reports:workflow_tasks"),
            _("Look at the pages"),
            "warn",
        )


def own_page_cards(user):
    """Tell a unit's people what became of the page they sent to the centre."""
    pages = {str(page.pk): page for page in edited_by(user)} if unit_ids_of(user) else {}
    for key, state in latest_states(pages).items():
        card = _page_card(pages[key], state)
        if card:
            yield card


def _page_card(page, state):
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    history = reverse("wagtailadmin_pages:history", args=[page.pk])
    words = last_words_on(state)
    named = {"page": page.title, "words": words}
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        told = _("“%(page)s”: %(words)s") if words else _("“%(page)s” needs changes.")
        return Card(_("Page sent back"), 1, told % named, edit, _("Correct the page"), "warn")
    if state.status == WorkflowState.STATUS_IN_PROGRESS:
        told = _("“%(page)s” waits for the word of the centre.") % named
        return Card(_("Page being approved"), 1, told, history, _("See how it stands"))
    if state.status == WorkflowState.STATUS_APPROVED:
        told = _("What you changed on “%(page)s” is public now.") % named
        return Card(_("Page approved"), 1, told, page.url or edit, _("Open the page"), "good")
    return None
