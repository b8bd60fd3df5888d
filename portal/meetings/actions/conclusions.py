"""What the chair concludes, and the tasks that follow."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from portal.core.statuses import born
from portal.meetings.actions.freezing import refuse_if_frozen
from portal.meetings.models import Conclusion, Meeting, Task
from portal.meetings.permissions import require


@transaction.atomic
def conclude(item, kind, text, *, user):
    """Write down one conclusion on an agenda item."""
    require(user, "change", item.meeting)
    refuse_if_frozen(item.meeting)
    if item.meeting.status not in {Meeting.Status.IN_PROGRESS, Meeting.Status.HELD}:
        raise ValidationError(_("Conclusions are drawn once the meeting has begun."))
    last = item.conclusions.aggregate(last=Max("position"))["last"] or 0
    conclusion = Conclusion(item=item, kind=kind, text=text, position=last + 1)
    conclusion.full_clean()
    conclusion._history_user = user
    conclusion.save()
    return conclusion


@transaction.atomic
def change_conclusion(conclusion, kind, text, *, user):
    """Put a conclusion in other words, as long as nobody has signed."""
    require(user, "change", conclusion.item.meeting)
    refuse_if_frozen(conclusion.item.meeting)
    conclusion.kind, conclusion.text = kind, text
    conclusion.full_clean()
    conclusion._history_user = user
    conclusion.save(update_fields=["kind", "text"])
    return conclusion


@transaction.atomic
def remove_conclusion(conclusion, *, user):
    """Take a conclusion back that nobody has signed and no task rests on."""
    require(user, "change", conclusion.item.meeting)
    refuse_if_frozen(conclusion.item.meeting)
    if conclusion.tasks.exists():
        raise ValidationError(_("A task rests on this conclusion; cancel the task first."))
    conclusion.delete()


@transaction.atomic
def create_task_from_conclusion(conclusion, lead_unit, due_on, *, user, coordinating=(), **fields):
    """Draft the task that a conclusion gives a unit; it is assigned when the minutes go out.

    Without a title the task says what the conclusion says.
    """
    require(user, "change", conclusion.item.meeting)
    require(user, "add", Task)
    refuse_if_frozen(conclusion.item.meeting)
    fields.setdefault("title", conclusion.text[:500])
    task = Task(
        conclusion=conclusion, lead_unit=lead_unit, due_on=due_on, created_by=user, **fields
    )
    task.full_clean()
    task._history_user = user
    task.save()
    task.coordinating_units.set(coordinating)
    born(task, user=user)
    return task
