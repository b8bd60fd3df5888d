"""A task's way: assigned, accepted, reported on, reported as done, confirmed by somebody else."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.deadlines import end_of_day
from portal.core.models import DeadlineExtension
from portal.core.statuses import born, move
from portal.meetings.deadlines import due_in_force
from portal.meetings.models import Task, TaskReport
from portal.meetings.permissions import require

Status = Task.Status


@transaction.atomic
def create_task(*, user, coordinating=(), **fields):
    """Draft a task that rests on no conclusion, such as a directive's."""
    require(user, "add", Task)
    task = Task(created_by=user, **fields)
    task.full_clean()
    task._history_user = user
    task.save()
    task.coordinating_units.set(coordinating)
    born(task, user=user)
    return task


@transaction.atomic
def change_task(task, *, user, coordinating=None, **fields):
    """Change a task that is not with a unit now: a draft, or one that was sent back."""
    require(user, "change", task)
    if task.status not in {Status.DRAFT, Status.RETURNED}:
        raise ValidationError(_("The task is assigned; only its deadline can be extended."))
    for name, value in fields.items():
        setattr(task, name, value)
    task.full_clean()
    task._history_user = user
    task.save(update_fields=[*fields])
    if coordinating is not None:
        task.coordinating_units.set(coordinating)
    return task


def assign_task(task, *, user):
    """Give the task to its lead unit, for the first time or again."""
    require(user, "assign", task)
    return move(task, Status.ASSIGNED, user=user, assigned_at=timezone.now())


def accept_task(task, *, user):
    """Say for the lead unit that it takes the task on."""
    require(user, "answer", task)
    return move(task, Status.ACCEPTED, user=user, acting_unit=task.lead_unit.code)


def send_back_task(task, *, user, reason):
    """Say for the lead unit why the task is not its own; the centre assigns anew or cancels."""
    require(user, "answer", task)
    return move(task, Status.RETURNED, user=user, acting_unit=task.lead_unit.code, note=reason)


def start_task(task, *, user):
    """Say for the lead unit that work has begun."""
    require(user, "answer", task)
    return move(task, Status.IN_PROGRESS, user=user, acting_unit=task.lead_unit.code)


@transaction.atomic
def report_progress(task, *, user, text, percent):
    """Add the lead unit's word on how the task goes."""
    require(user, "answer", task)
    if task.status not in {Status.ACCEPTED, Status.IN_PROGRESS}:
        raise ValidationError(_("Progress is reported on a task that is under way."))
    report = TaskReport(task=task, text=text, percent=percent, reported_by=user)
    report.full_clean()
    report.save()
    return report


@transaction.atomic
def submit_task(task, *, user, text):
    """Report the task as done; the unit's head does it, and this moment decides punctuality."""
    require(user, "submit", task)
    move(
        task,
        Status.SUBMITTED,
        user=user,
        acting_unit=task.lead_unit.code,
        note=text,
        submitted_at=timezone.now(),
        submitted_by=user,
    )
    TaskReport.objects.create(task=task, text=text, percent=100, reported_by=user)
    return task


def confirm_task(task, *, user, note=""):
    """Confirm that a task is done; never by who reported it or acts for the unit."""
    require(user, "confirm", task)
    _refuse_own(task, user)
    return move(task, Status.COMPLETED, user=user, note=note)


def return_task(task, *, user, reason):
    """Ask the unit for more before the task counts as done."""
    require(user, "confirm", task)
    _refuse_own(task, user)
    return move(task, Status.IN_PROGRESS, user=user, note=reason)


def _refuse_own(task, user):
    if task.submitted_by_id == user.pk:
        raise ValidationError(_("You reported this task as done yourself; somebody else confirms."))


def cancel_task(task, *, user, reason):
    """Call a task off."""
    require(user, "assign", task)
    return move(task, Status.CANCELLED, user=user, note=reason)


@transaction.atomic
def extend_task(task, *, user, new_due_on, reason, decision="", requested_by=None):
    """Grant a later deadline; the old one is kept, and nobody extends a task of the own unit."""
    require(user, "confirm", task)
    if task.status not in Task.OPEN:
        raise ValidationError(_("Only a task under way can get a later deadline."))
    old_due = due_in_force(task)
    if old_due is None:
        raise ValidationError(_("The task has no deadline that could be extended."))
    extension = DeadlineExtension(
        subject=task,
        old_due=old_due,
        new_due=end_of_day(new_due_on),
        reason=reason,
        decision=decision,
        requested_by=requested_by,
        decided_by=user,
    )
    extension.full_clean(exclude=["content_type"])
    extension.save()
    return extension
