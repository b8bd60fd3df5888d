"""A meeting's own steps: prepared, convened, started, held, closed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.statuses import born, move
from portal.meetings.actions.agenda import build_agenda
from portal.meetings.actions.attendance import invite_units
from portal.meetings.actions.reviews import snapshot_open_tasks
from portal.meetings.models import Meeting, Minutes
from portal.meetings.numbering import INVITATION, draw_number
from portal.meetings.permissions import require

Status = Meeting.Status


@transaction.atomic
def create_meeting(*, user, units=None, **fields):
    """Create the draft of a meeting with its guests and agenda.

    Without ``units`` those are invited whom the series usually invites.
    """
    require(user, "add", Meeting)
    meeting = Meeting(**fields)
    _check(meeting)
    if meeting.series and meeting.previous_meeting is None:
        meeting.previous_meeting = meeting.series.meetings.exclude(status=Status.CANCELLED).first()
    meeting._history_user = user
    meeting.save()
    born(meeting, user=user)
    if units is None and meeting.series:
        units = meeting.series.default_units.all()
    invite_units(meeting, units or [], user=user)
    build_agenda(meeting, user=user)
    return meeting


def _check(meeting):
    meeting.full_clean()
    if meeting.kind == Meeting.Kind.EXTRAORDINARY and not meeting.requested_by:
        raise ValidationError(
            {"requested_by": _("Say which authority asked for the extraordinary meeting.")}
        )


@transaction.atomic
def change_meeting(meeting, *, user, units=None, **fields):
    """Change date, place, chair, guests and the like; possible until the meeting is held."""
    require(user, "change", meeting)
    if meeting.status not in {Status.DRAFT, Status.CONVENED, Status.POSTPONED, Status.IN_PROGRESS}:
        raise ValidationError(_("The meeting has taken place; its facts stand in the minutes."))
    for name, value in fields.items():
        setattr(meeting, name, value)
    _check(meeting)
    meeting._history_user = user
    meeting.save(update_fields=[*fields])
    if units is not None:
        invite_units(meeting, units, user=user)
    return meeting


@transaction.atomic
def convene_meeting(meeting, *, user):
    """Invite: the meeting gets its invitation number and shows itself to the invited units."""
    require(user, "lead", meeting)
    missing = [
        sentence
        for sentence, is_there in (
            (_("Name the chair first."), meeting.chair),
            (_("Set the time first."), meeting.start_at),
            (_("Set the place first."), meeting.place),
            (_("Invite at least one unit first."), meeting.attendances.exists()),
            (_("Put at least one item on the agenda first."), meeting.agenda_items.exists()),
        )
        if not is_there
    ]
    if missing:
        raise ValidationError(missing)
    number = meeting.invitation_number or draw_number(INVITATION, meeting.convenor)
    return move(meeting, Status.CONVENED, user=user, invitation_number=number)


@transaction.atomic
def start_meeting(meeting, *, user, at=None):
    """Begin: the minutes are opened and the tasks under way are written down as they stand."""
    require(user, "change", meeting)
    move(meeting, Status.IN_PROGRESS, user=user, actual_start_at=at or timezone.now())
    minutes, created = Minutes.objects.get_or_create(meeting=meeting)
    if created:
        born(minutes, user=user)
    snapshot_open_tasks(meeting)
    return meeting


@transaction.atomic
def hold_meeting(meeting, *, user, at=None):
    """End the sitting."""
    require(user, "change", meeting)
    end = at or timezone.now()
    if end < meeting.actual_start_at:
        raise ValidationError(_("The meeting cannot end before it starts."))
    return move(meeting, Status.HELD, user=user, actual_end_at=end)


@transaction.atomic
def close_meeting(meeting, *, user):
    """Close the file: minutes are signed, and the meeting has a word on every task it reviewed."""
    require(user, "lead", meeting)
    if not Minutes.objects.filter(meeting=meeting, status__in=Minutes.FROZEN).exists():
        raise ValidationError(_("Sign the minutes first."))
    if meeting.task_reviews.filter(decision="").exists():
        raise ValidationError(_("Decide on every reviewed task first."))
    return move(meeting, Status.CLOSED, user=user)


def reopen_meeting(meeting, *, user, reason):
    """Open a closed file again; signed minutes stay as they are."""
    require(user, "lead", meeting)
    return move(meeting, Status.HELD, user=user, note=reason)


def postpone_meeting(meeting, *, user, reason):
    """Put a convened meeting off; it keeps its invitation number for the new date."""
    require(user, "lead", meeting)
    return move(meeting, Status.POSTPONED, user=user, note=reason)


def cancel_meeting(meeting, *, user, reason):
    """Cancel a meeting that has not begun."""
    require(user, "lead", meeting)
    return move(meeting, Status.CANCELLED, user=user, note=reason)
