"""A meeting as plain data: what the minutes freeze, and what each reader may see of it.

Page, paper, notice and JSON are all drawn from the one record, so that none tells more
than another.
"""

from copy import deepcopy
from dataclasses import dataclass

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from portal.core.models.page import is_all_open, may_read, name_for
from portal.meetings.models import AgendaItem, Meeting, Minutes, Task, UnitAttendance
from portal.meetings.oversight import oversees_meetings
from portal.units.models import UnitPage
from portal.units.permissions import unit_ids_of

MOMENTS = ("start_at", "end_at", "actual_start_at", "actual_end_at")


@dataclass(frozen=True)
class Sight:
    """What of one meeting a visitor may see."""

    whole: bool  #: items that are not public, and people's names
    proceedings: bool  #: discussion, results, conclusions, who came


def sight_of(user, meeting):
    """Return what ``user`` may see of a meeting that is readable for them."""
    status = minutes_of(meeting).status if minutes_of(meeting) else None
    if oversees_meetings(user):
        return Sight(whole=True, proceedings=True)
    if meeting.attendances.filter(unit_id__in=unit_ids_of(user)).exists():
        return Sight(whole=True, proceedings=status in Minutes.SENT_OUT)
    return Sight(whole=False, proceedings=status == Minutes.Status.ISSUED)


def minutes_of(meeting):
    """Return the minutes of a meeting, or None before it began."""
    return getattr(meeting, "minutes", None)


def record_of(meeting):
    """Return all of a meeting as data for JSON; choices are kept as stored, without words."""
    minutes = minutes_of(meeting)
    return {
        "title": meeting.title,
        "kind": meeting.kind,
        "convenor": meeting.convenor.title,
        "convenor_parent": meeting.convenor.parent_unit.title
        if meeting.convenor.parent_unit
        else "",
        "place": meeting.place,
        "chair": meeting.chair,
        "secretary": meeting.secretary.get_full_name() if meeting.secretary else "",
        **{name: _iso(getattr(meeting, name)) for name in MOMENTS},
        "opening": minutes.opening if minutes else "",
        "closing": minutes.closing if minutes else "",
        "units": [_unit(row) for row in _attendances(meeting)],
        "items": [_item(item) for item in _items(meeting)],
    }


def _iso(moment):
    return timezone.localtime(moment).isoformat() if moment else None


def _attendances(meeting):
    return meeting.attendances.select_related("unit").prefetch_related("attendees")


def _items(meeting):
    return meeting.agenda_items.select_related("presenter_unit").prefetch_related(
        "conclusions__tasks__lead_unit", "conclusions__tasks__coordinating_units"
    )


def _unit(row):
    return {
        "unit": row.unit.title,
        "reply": row.reply,
        "presence": row.presence,
        "people": [
            {"name": person.name, "position": person.position} for person in row.attendees.all()
        ],
    }


def _item(item):
    return {
        "id": item.pk,
        "title": item.title,
        "kind": item.kind,
        "public": item.is_public,
        "presenter": item.presenter_unit.title if item.presenter_unit else "",
        "discussion": item.discussion,
        "result": item.result,
        "conclusions": [
            {
                "kind": conclusion.kind,
                "text": conclusion.text,
                "tasks": [
                    _task(task)
                    for task in conclusion.tasks.all()
                    if task.status != Task.Status.CANCELLED
                ],
            }
            for conclusion in item.conclusions.all()
        ],
    }


def _task(task):
    return {
        "id": task.pk,
        "title": task.title,
        "lead": task.lead_unit.title,
        "coordinating": [unit.title for unit in task.coordinating_units.all()],
        "due_on": task.due_on.isoformat() if task.due_on else None,
        "output": task.expected_output,
    }


def record_for(request, meeting):
    """Return the part of a meeting's record that the visitor may see, moments and days read.

    Once the minutes are signed it is the frozen record that speaks.
    """
    minutes = minutes_of(meeting)
    whole = minutes.snapshot if minutes and minutes.is_frozen else record_of(meeting)
    sight = sight_of(request.user, meeting)
    record = _with_dates(deepcopy(whole))
    if not sight.whole:
        record["items"] = [item for item in record["items"] if item["public"]]
        record["secretary"] = record["opening"] = record["closing"] = ""
        for unit in record["units"]:
            unit["people"] = []
        _withhold_closed_units(record, request)
    if not sight.proceedings:
        record["opening"] = record["closing"] = ""
        for unit in record["units"]:
            unit["people"], unit["presence"] = [], ""
        for item in record["items"]:
            item["discussion"] = item["result"] = ""
            item["conclusions"] = []
    return {**_with_labels(record), "sight": sight}


def _withhold_closed_units(record, request):
    """Leave out of the list of units, and rename elsewhere, those closed to the visitor.

    A frozen record knows units by their names only, so it is names that are compared.
    """
    if is_all_open(request):
        return
    places = list(_places_of_units(record))
    units = UnitPage.objects.filter(title__in={part[key] for part, key in places})
    open_names = {unit.title for unit in units if may_read(unit, request)}
    words = {unit.title: name_for(unit, request) for unit in units if unit.title not in open_names}
    record["units"] = [unit for unit in record["units"] if unit["unit"] not in words]
    for part, key in places:
        part[key] = words.get(part[key], part[key])
    for task in _tasks_of(record):
        task["coordinating"] = [name for name in task["coordinating"] if name not in words]


def _places_of_units(record):
    """Yield the dictionaries and keys under which a record names units."""
    yield record, "convenor"
    yield record, "convenor_parent"
    for unit in record["units"]:
        yield unit, "unit"
    for item in record["items"]:
        yield item, "presenter"
    for task in _tasks_of(record):
        yield task, "lead"
        for name in task["coordinating"]:
            yield {"name": name}, "name"


def _tasks_of(record):
    for item in record["items"]:
        for conclusion in item["conclusions"]:
            yield from conclusion["tasks"]


def _with_labels(record):
    """Add to every choice its name, to be said in the language of whoever reads it."""
    for unit in record["units"]:
        unit["presence_label"] = _label(UnitAttendance.Presence, unit["presence"])
    for item in record["items"]:
        item["kind_label"] = _label(AgendaItem.Kind, item["kind"])
        item["result_label"] = _label(AgendaItem.Result, item["result"])
    return record


def _label(choices, value):
    return choices(value).label if value else ""


def _with_dates(record):
    for name in MOMENTS:
        record[name] = parse_datetime(record[name]) if record[name] else None
    for item in record["items"]:
        for conclusion in item["conclusions"]:
            for task in conclusion["tasks"]:
                task["due_on"] = parse_date(task["due_on"]) if task["due_on"] else None
    return record


def has_begun(meeting):
    """Return whether there is a course of the meeting to tell of."""
    return meeting.status in {
        Meeting.Status.IN_PROGRESS,
        Meeting.Status.HELD,
        Meeting.Status.CLOSED,
    }
