"""How tasks stood when a meeting looked at them: carried over without being copied."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.meetings.deadlines import with_standing
from portal.meetings.models import Meeting, Task, TaskReview
from portal.meetings.permissions import require


def open_tasks_for(meeting):
    """Return the tasks under way that a meeting looks at: of its series and of who is invited."""
    wanted = Q(lead_unit__in=meeting.attendances.values("unit"))
    if meeting.series_id:
        wanted |= Q(conclusion__item__meeting__series=meeting.series_id)
    return Task.objects.open().filter(wanted).exclude(conclusion__item__meeting=meeting)


@transaction.atomic
def snapshot_open_tasks(meeting):
    """Write down status, progress and deadline of every task that the meeting looks at.

    Decisions taken already stay. Return whether there is anything to look at.
    """
    decided = set(meeting.task_reviews.exclude(decision="").values_list("task_id", flat=True))
    meeting.task_reviews.filter(decision="").delete()
    waiting = open_tasks_for(meeting).exclude(pk__in=decided).prefetch_related("reports")
    reviews = [
        TaskReview(
            task=task,
            meeting=meeting,
            status=task.status,
            percent=_percent(task),
            due_on=timezone.localdate(task.due_at) if task.due_at else None,
        )
        for task in with_standing(waiting)
    ]
    TaskReview.objects.bulk_create(reviews)
    return bool(reviews or decided)


def _percent(task):
    reports = list(task.reports.all())
    return reports[-1].percent if reports else 0


@transaction.atomic
def decide_reviews(meeting, decisions, *, user):
    """Write the meeting's word on each task: ``decisions`` maps a review's key to (word, note)."""
    require(user, "change", meeting)
    if meeting.status not in {Meeting.Status.IN_PROGRESS, Meeting.Status.HELD}:
        raise ValidationError(_("Tasks are reviewed while the meeting goes on, or after it."))
    reviews = list(meeting.task_reviews.filter(pk__in=decisions))
    for review in reviews:
        review.decision, review.note = decisions[review.pk]
    TaskReview.objects.bulk_update(reviews, ["decision", "note"])
    return reviews
