"""The minutes: written, circulated, signed and thereby frozen, issued."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.canonical import sha256_of
from portal.core.statuses import move
from portal.meetings.actions.freezing import refuse_if_frozen
from portal.meetings.actions.tasks import assign_task
from portal.meetings.models import Meeting, Minutes, Task
from portal.meetings.numbering import MINUTES, NOTICE, draw_number
from portal.meetings.permissions import require
from portal.meetings.records import record_of

Status = Minutes.Status


def write_minutes(minutes, *, user, opening, closing):
    """Keep the opening and the closing words; the items carry their own."""
    require(user, "change", minutes.meeting)
    refuse_if_frozen(minutes.meeting)
    minutes.opening, minutes.closing = opening, closing
    minutes._history_user = user
    minutes.save(update_fields=["opening", "closing"])
    return minutes


def circulate_minutes(minutes, *, user):
    """Show the draft to the invited units, for their comments."""
    require(user, "change", minutes.meeting)
    _require_held(minutes)
    return move(minutes, Status.CIRCULATED, user=user)


def take_back_minutes(minutes, *, user):
    """Take a circulated draft back to work on it."""
    require(user, "change", minutes.meeting)
    return move(minutes, Status.DRAFTING, user=user)


def _require_held(minutes):
    if minutes.meeting.status != Meeting.Status.HELD:
        raise ValidationError(_("End the meeting first."))


@transaction.atomic
def sign_minutes(minutes, *, user):
    """Sign: what the minutes say now is frozen with its SHA-256, and stays."""
    require(user, "lead", minutes.meeting)
    _require_held(minutes)
    open_items = minutes.meeting.agenda_items.filter(result="").values_list("title", flat=True)
    if open_items:
        raise ValidationError(
            _("Write down how this item ended first: %(title)s."),
            params={"title": open_items[0]},
        )
    snapshot = record_of(minutes.meeting)
    return move(
        minutes,
        Status.SIGNED,
        user=user,
        signed_by=user,
        signed_at=timezone.now(),
        snapshot=snapshot,
        sha256=hash_of(snapshot),
    )


def hash_of(snapshot):
    """Return the SHA-256 of a snapshot in its one canonical form."""
    return sha256_of(snapshot)


@transaction.atomic
def issue_minutes(minutes, *, user):
    """Issue minutes and notice of conclusions with their numbers, and assign the drafted tasks."""
    require(user, "lead", minutes.meeting)
    convenor = minutes.meeting.convenor
    move(
        minutes,
        Status.ISSUED,
        user=user,
        issued_at=timezone.now(),
        number=draw_number(MINUTES, convenor),
        notice_number=draw_number(NOTICE, convenor),
    )
    drafted = Task.objects.filter(
        conclusion__item__meeting=minutes.meeting, status=Task.Status.DRAFT
    ).select_related("lead_unit")
    for task in drafted:
        assign_task(task, user=user)
    return minutes
