"""What a person holds of pages: what was submitted and is not approved, and locks."""

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, WorkflowState

from portal.core.audit import record
from portal.units.models import UnitPage
from portal.units.personal_holdings import Holding, HoldingKind, register_holdings

OPEN = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


def _submissions_of(user):
    states = WorkflowState.objects.filter(
        requested_by=user,
        status__in=OPEN,
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    states = list(states.order_by("created_at", "pk"))
    pages = Page.objects.in_bulk([int(state.object_id) for state in states])
    rows = [(state.pk, pages.get(int(state.object_id))) for state in states]
    return _of_pages("submission", [(pk, page) for pk, page in rows if page])


def _locks_of(user):
    pages = Page.objects.filter(locked=True, locked_by=user).order_by("title", "pk")
    return _of_pages("lock", [(page.pk, page) for page in pages])


def _of_pages(kind, rows):
    """Return a ``Holding`` for each; the page of a unit belongs to that unit."""
    units = UnitPage.objects.filter(pk__in=[page.pk for _pk, page in rows])
    units = dict(units.values_list("pk", "title"))
    return [
        Holding(
            kind,
            pk,
            page.title,
            page.pk if page.pk in units else None,
            units.get(page.pk, ""),
            needs_successor=False,
        )
        for pk, page in rows
    ]


def _hand_over_submission(step):
    """Let the answer of the centre go to the successor."""
    state = WorkflowState.objects.get(pk=step.holding.pk)
    if step.successor is not None:
        state.requested_by = step.successor
        state.save(update_fields=["requested_by"])
    record("pages.hand_over", state.content_object, user=step.user, **step.note)


def _hand_over_lock(step):
    """Let the successor hold the lock; without one, anybody may edit the page again."""
    page = Page.objects.get(pk=step.holding.pk)
    page.locked_by = step.successor
    page.locked = step.successor is not None
    page.locked_at = page.locked_at if page.locked else None
    page.save(update_fields=["locked", "locked_by", "locked_at"], clean=False)
    record("pages.hand_over", page, user=step.user, **step.note)


def register():
    """Let submissions and locks be handed over."""
    register_holdings(
        HoldingKind(
            "submission", _("page being approved"), _submissions_of, _hand_over_submission, order=50
        )
    )
    register_holdings(HoldingKind("lock", _("locked page"), _locks_of, _hand_over_lock, order=60))
