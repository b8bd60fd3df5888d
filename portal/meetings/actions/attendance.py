"""Who is invited, who answers, who came."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.meetings.actions.freezing import refuse_if_frozen
from portal.meetings.models import Attendee, Meeting, UnitAttendance
from portal.meetings.permissions import require
from portal.units.permissions import unit_ids_of


@transaction.atomic
def invite_units(meeting, units, *, user):
    """Let exactly ``units`` be invited; those invited already keep their reply."""
    require(user, "change", meeting)
    wanted = {unit.pk for unit in units}
    invited = set(meeting.attendances.values_list("unit_id", flat=True))
    meeting.attendances.filter(unit_id__in=invited - wanted).delete()
    UnitAttendance.objects.bulk_create(
        UnitAttendance(meeting=meeting, unit_id=pk) for pk in sorted(wanted - invited)
    )


def reply_to_invitation(attendance, reply, *, user):
    """Say for a unit whether it comes."""
    if attendance.unit_id not in unit_ids_of(user):
        raise PermissionDenied
    if attendance.meeting.status != Meeting.Status.CONVENED:
        raise ValidationError(_("This meeting waits for no reply now."))
    attendance.reply = reply
    attendance.save(update_fields=["reply"])
    return attendance


@transaction.atomic
def record_attendance(meeting, presences, *, user):
    """Write down who came: ``presences`` maps an attendance's key to (presence, people).

    People are (name, position) as of that day.
    """
    require(user, "change", meeting)
    refuse_if_frozen(meeting)
    if meeting.status not in {Meeting.Status.IN_PROGRESS, Meeting.Status.HELD}:
        raise ValidationError(_("Attendance is taken once the meeting has begun."))
    rows = list(meeting.attendances.filter(pk__in=presences))
    for row in rows:
        row.presence = presences[row.pk][0]
    UnitAttendance.objects.bulk_update(rows, ["presence"])
    Attendee.objects.filter(attendance__in=rows).delete()
    Attendee.objects.bulk_create(
        Attendee(attendance=row, name=name, position=position)
        for row in rows
        for name, position in presences[row.pk][1]
    )
    return rows
