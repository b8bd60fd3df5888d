"""What is signed does not change."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.meetings.models import Meeting, Minutes


def refuse_if_frozen(meeting):
    """Raise ``ValidationError`` when the minutes are signed or the meeting's file is closed."""
    if meeting.status in {Meeting.Status.CLOSED, Meeting.Status.CANCELLED}:
        raise ValidationError(_("This meeting's file is closed."))
    if Minutes.objects.filter(meeting=meeting, status__in=Minutes.FROZEN).exists():
        raise ValidationError(_("The minutes are signed; nothing in them changes any more."))
