"""Open tasks in the events of units, and the lists of units that help or are usually invited.

What is closed stays as it was: completed and cancelled tasks keep their units.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.formats import format_date
from portal.core.statuses import can_move, move
from portal.meetings.models import MeetingSeries, Task
from portal.units.handovers import HandoverRefused, Possession, PossessionKind

OPEN_TASKS = (Task.Status.DRAFT, *Task.OPEN)


def set_unit(row, field, pk, user):
    setattr(row, f"{field}_id", pk)
    row._history_user = user
    row.save(update_fields=[field])


# --- Tasks that a unit leads


def _led_tasks(units, event):
    rows = Task.objects.filter(status__in=OPEN_TASKS, lead_unit__in=units)
    return [
        Possession(
            task.lead_unit_id,
            task.pk,
            task.title,
            _task_note(task),
            mark=f"{task.title} {task.status} {task.due_on}",
            may_end=can_move(task, Task.Status.CANCELLED),
        )
        for task in rows
    ]


def _task_note(task):
    parts = [task.get_status_display()]
    if task.due_on:
        parts.append(_("due on %(day)s") % {"day": format_date(task.due_on)})
    return " · ".join(parts)


def _pass_tasks(pks, successor, event, user):
    data = {"passed": []}
    for task in Task.objects.filter(pk__in=pks):
        helped = task.coordinating_units.filter(pk=successor.pk).exists()
        data["passed"].append([task.pk, task.lead_unit_id, successor.pk, helped])
        if helped:
            task.coordinating_units.remove(successor)
        set_unit(task, "lead_unit", successor.pk, user)
    return data


def _cancel_tasks(pks, event, user, reason):
    note = f"{event}. {reason}".strip()
    for task in Task.objects.filter(pk__in=pks):
        move(task, Task.Status.CANCELLED, user=user, note=note)
    return {"cancelled": list(pks)}


def _take_back_tasks(data, event, user):
    if data.get("cancelled"):
        raise HandoverRefused(
            _("Tasks were cancelled by the event; a cancelled task does not come back.")
        )
    for pk, was, became, helped in data["passed"]:
        task = Task.objects.filter(pk=pk).first()
        if task is None or task.status not in OPEN_TASKS:
            continue  # closed since then: it stays with the unit that closed it
        if task.lead_unit_id != became:
            raise HandoverRefused(
                _("The task “%(task)s” is another unit's by now.") % {"task": task}
            )
        set_unit(task, "lead_unit", was, user)
        if helped:
            task.coordinating_units.add(became)


# --- Tasks that it helps with, and series to which it is usually invited


def _members(model, field, label):
    """Return what finds the rows of ``model`` among whose ``field`` a unit stands."""

    def of_units(units, event):
        through = getattr(model, field).through
        names = {
            each.related_model: each.attname for each in through._meta.fields if each.is_relation
        }
        unit_name = next(name for key, name in names.items() if key is not model)
        rows = through.objects.filter(**{f"{unit_name}__in": [unit.pk for unit in units]})
        rows = list(rows.values_list(unit_name, names[model]))
        known = _going_on(model).in_bulk([pk for _unit, pk in rows])
        return [
            Possession(unit, pk, str(known[pk]), label(known[pk]), mark=str(known[pk]))
            for unit, pk in rows
            if pk in known
        ]

    return of_units


def _going_on(model):
    if model is Task:
        return Task.objects.filter(status__in=OPEN_TASKS)
    return MeetingSeries.objects.filter(is_active=True)


def _replace_member(model, field):
    def hand_over(pks, successor, event, user):
        return _swap(model, field, pks, successor, event, user)

    return hand_over


def _remove_member(model, field):
    def end(pks, event, user, reason):
        return _swap(model, field, pks, None, event, user)

    return end


def _swap(model, field, pks, successor, event, user):
    """Put the successor in the place of the units of the event; return who stood there."""
    old = {unit.pk for unit in event.predecessors.all()}
    data = {"swapped": []}
    for row in model.objects.filter(pk__in=pks):
        members = getattr(row, field)
        was = list(members.values_list("pk", flat=True))
        lasting = {successor.pk} if successor is not None else set()
        gone = [pk for pk in was if pk in old - lasting]
        new = successor.pk if successor is not None and successor.pk not in was else None
        is_lead = model is Task and new == row.lead_unit_id
        row._history_user = user
        members.remove(*gone)
        if new and not is_lead:
            members.add(new)
        data["swapped"].append([row.pk, gone, None if is_lead else new])
    return data


def _swap_back(model, field):
    def take_back(data, event, user):
        for pk, gone, new in data["swapped"]:
            row = _going_on(model).filter(pk=pk).first()
            if row is None:
                continue
            row._history_user = user
            if new:
                getattr(row, field).remove(new)
            getattr(row, field).add(*gone)

    return take_back


def _member_kind(key, label, model, field, note, order):
    return PossessionKind(
        key=key,
        label=label,
        of_units=_members(model, field, note),
        hand_over=_replace_member(model, field),
        end=_remove_member(model, field),
        take_back=_swap_back(model, field),
        order=order,
    )


TASK_KINDS = (
    PossessionKind(
        key="nhiem-vu",
        label=gettext_lazy("Open tasks that it leads"),
        of_units=_led_tasks,
        hand_over=_pass_tasks,
        end=_cancel_tasks,
        take_back=_take_back_tasks,
        may_stay=True,
        order=30,
    ),
    _member_kind(
        "phoi-hop",
        gettext_lazy("Open tasks that it helps with"),
        Task,
        "coordinating_units",
        _task_note,
        32,
    ),
    _member_kind(
        "thanh-phan",
        gettext_lazy("Briefings to which it is usually invited"),
        MeetingSeries,
        "default_units",
        lambda series: "",
        42,
    ),
)
