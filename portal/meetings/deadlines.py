"""When a task is due, extensions included, and how it stands. Nothing of it is stored."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.deadlines import Timeliness, due_after_extension, end_of_day, timeliness
from portal.core.models import DeadlineExtension
from portal.meetings.models import Task

LABELS = {
    Timeliness.ON_TIME: _("done in time"),
    Timeliness.LATE: _("done late"),
    Timeliness.MISSING: _("overdue"),
    Timeliness.DUE_SOON: _("due soon"),
    Timeliness.NOT_DUE: _("within the time"),
}
DONE = (Task.Status.SUBMITTED, Task.Status.COMPLETED)
DROPPED = (Task.Status.DRAFT, Task.Status.CANCELLED, Task.Status.SUPERSEDED)


def original_due(task):
    """Return the last instant of the due day first set, or None for a standing task."""
    return end_of_day(task.due_on) if task.due_on else None


def with_standing(tasks, now=None):
    """Return ``tasks`` as a list, each with ``due_at``, ``standing`` and ``standing_label``.

    One query for all of them; a task that is not under way has an empty standing.
    """
    tasks, now = list(tasks), now or timezone.now()
    extensions = {}
    for extension in DeadlineExtension.objects.about_all(Task, [task.pk for task in tasks]):
        extensions.setdefault(extension.object_id, []).append(extension)
    for task in tasks:
        task.due_at = due_after_extension(original_due(task), extensions.get(task.pk, []))
        task.standing = _standing(task, now)
        task.standing_label = LABELS.get(task.standing, "")
    return tasks


def _standing(task, now):
    if task.status in DROPPED:
        return ""
    done_at = task.submitted_at if task.status in DONE else None
    return timeliness(task.due_at, done_at, now)


def due_in_force(task):
    """Return the instant at which ``task`` is due now, or None."""
    return with_standing([task])[0].due_at
