"""What a person holds of meetings: taking the minutes of those that are not closed."""

from django.utils.translation import gettext_lazy as _

from portal.core.audit import record
from portal.meetings.forms.meetings import MINUTE_ROLES
from portal.meetings.models import Meeting
from portal.units.personal_holdings import Holding, HoldingKind, register_holdings

Status = Meeting.Status
OVER = (Status.CLOSED, Status.CANCELLED)


def _minutes_of(user):
    meetings = Meeting.objects.filter(secretary=user).exclude(status__in=OVER)
    return [
        Holding("minutes", meeting.pk, meeting.title, meeting.convenor_id, meeting.convenor.title)
        for meeting in meetings.select_related("convenor").order_by("start_at", "pk")
    ]


def _hand_over_minutes(step):
    meeting = Meeting.objects.get(pk=step.holding.pk)
    meeting.secretary = step.successor
    meeting._history_user = step.user
    meeting.save(update_fields=["secretary"])
    record("meetings.hand_over", meeting, user=step.user, **step.note)


def register():
    """Let the minutes of meetings be handed over."""
    register_holdings(
        HoldingKind(
            "minutes",
            _("minutes of a meeting"),
            _minutes_of,
            _hand_over_minutes,
            roles=frozenset(MINUTE_ROLES),  # who has none of them cannot write minutes
            order=40,
        )
    )
