"""Pages published alone: whatever becomes public outside an enactment is an edition as well."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.statuses import move
from portal.regulations.edition_writing import Decision, write_edition
from portal.regulations.enactable import PlannedChange, coming_editions, planned_by, text_with
from portal.regulations.models import Edition, RegulationPage
from portal.regulations.outline import text_of
from portal.regulations.redline import compare_texts


@transaction.atomic
def record_publication(regulation, *, user=None, revision=None, reason=""):
    """Make a correction where pages were published, archived or moved outside an enactment.

    Where no word changed, none is made. Editions that wait for their day are withdrawn and enacted
    anew on the text as it is now; what they wanted of a page that was since published with later
    words is dropped, because the drafts of a page follow one another and the later words hold
    the earlier. Return the correction, or None.
    """
    regulation = RegulationPage.objects.select_for_update().get(pk=regulation.pk)
    applied = regulation.editions.filter(status=Edition.Status.APPLIED).in_order().last()
    if applied is None or not regulation.live:
        return None
    coming, text = coming_editions(regulation), text_of(regulation)
    changed = compare_texts(applied.text, text).changed
    if not changed and _stand_as_enacted(regulation, coming):
        return None
    _withdraw(coming, user)
    correction = None
    if changed:
        correction = _correct(regulation, applied, text, changed, user, revision, reason)
    _enact_anew(regulation, coming, correction or applied, user)
    return correction


def _correct(regulation, applied, text, changed, user, revision, reason):
    planned = [
        PlannedChange(int(part.id) if part.id else regulation.pk, reason=reason) for part in changed
    ]
    if revision is not None:
        published = int(revision.object_id)
        planned = [
            replace(each, revision=revision) if each.page_id == published else each
            for each in planned
        ]
    decision = Decision(
        kind=Edition.Kind.CORRECTION, effective_on=max(timezone.localdate(), applied.effective_on)
    )
    return write_edition(
        regulation, decision, text, planned, user=user, before=applied.text, is_applied=True
    )


def _stand_as_enacted(regulation, coming):
    """Tell whether the waiting editions still say what applying them would make."""
    planned = []
    for edition in coming:
        planned += planned_by([edition])
        if compare_texts(edition.text, text_with(regulation, planned)).changed:
            return False
    return True


def _withdraw(editions, user):
    for edition in reversed(editions):
        note = _("The text it builds on changed; it is enacted anew on the new one.")
        move(edition, Edition.Status.WITHDRAWN, user=user, note=note)


def _enact_anew(regulation, withdrawn, base, user):
    planned, before = [], base.text
    for edition in withdrawn:
        wanted = [each for each in planned_by([edition]) if not _is_overtaken(each)]
        planned += wanted
        text = text_with(regulation, planned)
        if not compare_texts(before, text).changed:
            continue
        decision = Decision(
            kind=edition.kind,
            effective_on=max(edition.effective_on, base.effective_on),
            number=edition.decision_number,
            signed_on=edition.decision_date,
            title=edition.decision_title,
            note=edition.note,
        )
        write_edition(regulation, decision, text, wanted, user=user, before=before)
        before = text


def _is_overtaken(planned):
    """Tell whether the page was since published with later words, or archived."""
    if planned.revision is None:
        return False
    page = planned.revision.content_object
    if page.live_revision_id:
        return page.live_revision_id >= planned.revision.pk
    return page.first_published_at is not None and not planned.is_new
