"""Enacting: drafts become editions, all those of one decision together."""

from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.core.audit import record
from portal.core.formats import format_date
from portal.core.statuses import move
from portal.regulations.actions.applying import apply_due_editions
from portal.regulations.edition_writing import Decision, write_edition
from portal.regulations.enactable import (
    PlannedChange,
    coming_editions,
    last_edition,
    planned_by,
    text_with,
)
from portal.regulations.models import Edition, RegulationPage
from portal.regulations.outline import text_of
from portal.regulations.redline import compare_texts


class EnactmentRefused(Exception):
    """An edition cannot be made or unmade; ``str()`` is a sentence for the person who asked."""


@dataclass(frozen=True)
class ChosenChange:
    """One draft, or without ``revision`` one repeal, with a day of its own if it has one."""

    page: object
    revision: object = None
    reason: str = ""
    effective_on: date | None = None


@transaction.atomic
def enact_edition(regulation, *, effective_on, decision_number, user):
    """Freeze the published text as the first edition, in force from a day, also a coming one."""
    regulation = _locked(regulation)
    if regulation.editions.exists():
        raise EnactmentRefused(_("The first edition of this regulation stands already."))
    decision = Decision(
        kind=Edition.Kind.FIRST,
        effective_on=effective_on,
        number=decision_number,
        signed_on=regulation.issued_on,
        title=regulation.decision_title,
    )
    return write_edition(regulation, decision, text_of(regulation), [], user=user, is_applied=True)


@transaction.atomic
def enact_changes(regulation, decision, chosen, *, user):
    """Make the editions of one decision: one for each day on which the text changes.

    What is due is applied at once, the rest waits for its day. Return the editions.
    """
    regulation = _locked(regulation)
    last = last_edition(regulation)
    chosen = [
        replace(each, effective_on=each.effective_on or decision.effective_on) for each in chosen
    ]
    days = sorted({each.effective_on for each in chosen})
    _refuse_what_cannot_be(regulation, last, chosen, days)
    planned, text, editions = planned_by(coming_editions(regulation)), last.text, []
    for day in days:
        of_the_day = _planned_for(day, chosen)
        planned, before = [*planned, *of_the_day], text
        text = text_with(regulation, planned)
        if not compare_texts(before, text).changed:
            raise EnactmentRefused(_("What you chose changes no word of the text."))
        dated = replace(decision, effective_on=day)
        editions.append(
            write_edition(regulation, dated, text, of_the_day, user=user, before=before)
        )
    apply_due_editions(regulation)
    for edition in editions:
        edition.refresh_from_db()
    return editions


def _planned_for(day, chosen):
    """Return the changes of one day; what is repealed goes with all that stands below it."""
    planned = []
    for each in chosen:
        if each.effective_on == day and each.revision is not None:
            planned.append(PlannedChange(each.page.pk, each.revision, each.reason))
        elif each.effective_on == day:
            below = Page.objects.descendant_of(each.page, inclusive=True)
            planned += [PlannedChange(page.pk, reason=each.reason) for page in below]
    return planned


def _refuse_what_cannot_be(regulation, last, chosen, days):
    if last is None or not regulation.live:
        raise EnactmentRefused(
            _("Publish the regulation first; amendments are enacted on its first edition.")
        )
    if not chosen:
        raise EnactmentRefused(_("Choose at least one draft, or one provision to be repealed."))
    if days[0] < last.effective_on:
        raise EnactmentRefused(
            _(
                "Edition %(number)s holds from %(day)s. A later edition cannot hold from an "
                "earlier day; choose %(day)s or later, or withdraw edition %(number)s first."
            )
            % {"number": last.number, "day": format_date(last.effective_on)}
        )
    for each in chosen:
        _refuse_draft(each)
        _refuse_both(each, chosen)


def _refuse_both(repeal, chosen):
    if repeal.revision is not None:
        return
    for each in chosen:
        if each.revision is not None and each.page.path.startswith(repeal.page.path):
            raise EnactmentRefused(
                _("“%(page)s” cannot be amended and repealed by one decision.")
                % {"page": each.page}
            )


def _refuse_draft(chosen):
    page, revision = chosen.page, chosen.revision
    if revision is None:
        return
    if page.latest_revision_id != revision.pk:
        raise EnactmentRefused(
            _("“%(page)s” was edited in the meantime. Look at it again.") % {"page": page}
        )
    draft = revision.as_object()
    if any(moment and moment > timezone.now() for moment in (draft.go_live_at, draft.expire_at)):
        raise EnactmentRefused(
            _("“%(page)s” has a schedule of its own. Remove the schedule, then enact it.")
            % {"page": page}
        )


@transaction.atomic
def withdraw_edition(edition, *, user, reason):
    """Take back an edition before its day; only the last one, since others build on it."""
    regulation = _locked(edition.regulation)
    edition.refresh_from_db()
    if not reason.strip():
        raise EnactmentRefused(_("Say why the edition is withdrawn."))
    if edition.status != Edition.Status.ENACTED:
        raise EnactmentRefused(_("Only an edition that waits for its day can be withdrawn."))
    last = last_edition(regulation)
    if last.pk != edition.pk:
        raise EnactmentRefused(
            _("Edition %(number)s builds on this one. Withdraw it first.") % {"number": last.number}
        )
    move(edition, Edition.Status.WITHDRAWN, user=user, note=reason)
    record("regulations.withdraw_edition", regulation, user=user, edition=edition.number)
    return edition


def _locked(regulation):
    return RegulationPage.objects.select_for_update().get(pk=regulation.pk)
