"""Bringing enacted editions to the pages on their day."""

from django.db import transaction
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction

from portal.core.audit import record
from portal.core.statuses import move
from portal.regulations.enactable import coming_editions
from portal.regulations.models import Edition, RegulationPage
from portal.regulations.outline import text_of
from portal.regulations.provisions import rebuild_provisions
from portal.regulations.redline import compare_texts
from portal.regulations.signals import index_paused


class PagesDiffer(Exception):
    """Applying an edition would publish something else than was enacted."""


def apply_due_editions(regulation):
    """Bring to the pages every edition whose day has come, in order, each wholly or not at all.

    Called again it goes on where it stopped. Return the editions applied.
    """
    today = timezone.localdate()
    due = [each for each in coming_editions(regulation) if each.effective_on <= today]
    return [edition for edition in due if apply_edition(edition)]


@transaction.atomic
def apply_edition(edition):
    """Publish exactly the drafts that the edition recorded; newer ones stay drafts.

    Return whether there was anything left to do. Raise ``PagesDiffer``, and change nothing, when
    the pages would then say something else than the edition.
    """
    regulation = RegulationPage.objects.select_for_update().get(pk=edition.regulation_id)
    edition.refresh_from_db()
    if edition.status != Edition.Status.ENACTED:
        return False
    with index_paused():
        for change in edition.changes.select_related("page", "revision"):
            _apply(change, edition.created_by)
    regulation.refresh_from_db()
    if compare_texts(edition.text, text_of(regulation)).changed:
        raise PagesDiffer(str(edition))
    rebuild_provisions(regulation)
    move(edition, Edition.Status.APPLIED, user=edition.created_by, applied_at=timezone.now())
    record("regulations.apply_edition", regulation, user=None, edition=edition.number)
    return True


def _apply(change, user):
    if change.revision is not None:
        change.revision.publish(user=user, skip_permission_checks=True)
    elif "repealed" in change.kinds and change.page is not None:
        page = change.page.specific
        UnpublishPageAction(page, user=user).execute(skip_permission_checks=True)
