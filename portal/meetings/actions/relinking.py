"""What acts on a duty answers for the same duty of another unit, when a unit merged or split.

What is done and decided stays: a series, a schedule, a cycle passes from unit to unit by a decision
of its own; here only the duty that it names is the one that stands today.
"""

from django.db import transaction

from portal.meetings.models import AssessmentCycle, MeetingSeries, ReportSchedule


@transaction.atomic
def relink_series(before, after, *, user):
    """Let the series that meet ``before`` meet ``after`` instead."""
    for series in MeetingSeries.objects.filter(obligations=before):
        series._history_user = user
        series.obligations.remove(before)
        series.obligations.add(after)


@transaction.atomic
def relink_cycles(before, after, *, user):
    """Let the reviews that are not begun answer for ``after``."""
    planned = AssessmentCycle.objects.filter(
        obligation=before, status=AssessmentCycle.Status.PLANNED
    )
    _relink(planned, after, user)


@transaction.atomic
def relink_schedules(before, after, *, user):
    """Let the schedules by which reports are owed name ``after``."""
    _relink(ReportSchedule.objects.active().filter(obligation=before), after, user)


def _relink(rows, after, user):
    for row in rows:
        row.obligation, row._history_user = after, user
        row.save(update_fields=["obligation"])
