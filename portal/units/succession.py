"""Who takes the place of a unit that has ended, and whose place a unit has taken. Reads only.

A unit that merged into one which was renamed later is today what the renamed one is: chains are
followed to the units that stand on the day asked for. The graph of all events is read at once,
so that a page of any length asks a constant number of questions.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from portal.units.models import EventPredecessor, EventSuccessor, UnitEvent, UnitPage
from portal.units.proposing import same_unit


@dataclass
class SuccessionGraph:
    """The steps from unit to unit: ``after[pk]`` and ``before[pk]`` hold (day, pk) pairs."""

    after: dict = field(default_factory=lambda: defaultdict(list))
    before: dict = field(default_factory=lambda: defaultdict(list))

    def add(self, old, new, day):
        """Note that ``new`` took the place of ``old`` on ``day``."""
        self.after[old].append((day, new))
        self.before[new].append((day, old))

    def ends(self, start, on: date):
        """Return the keys of the units that stand in the place of ``start`` on a day."""
        found, seen, queue = [], {start}, [start]
        while queue:
            current = queue.pop(0)
            following = [pk for day, pk in self.after[current] if day <= on]
            if not following and current != start:
                found.append(current)
            queue.extend(pk for pk in following if pk not in seen)
            seen.update(following)
        return list(dict.fromkeys(found))

    def origins(self, start, on: date):
        """Return the keys of the units whose place ``start`` has taken by a day, nearest first."""
        found, queue = [], [start]
        while queue:
            for day, pk in self.before[queue.pop(0)]:
                if day <= on and pk != start and pk not in found:
                    found.append(pk)
                    queue.append(pk)
        return found


def read_graph():
    """Return the graph of all events that stand, in two queries."""
    standing = {
        "event__status": UnitEvent.Status.PERFORMED,
        "event__kind__in": UnitEvent.ENDING,
    }
    successors = defaultdict(list)
    for event, unit in EventSuccessor.objects.filter(**standing).values_list("event", "unit"):
        successors[event].append(unit)
    graph = SuccessionGraph()
    rows = EventPredecessor.objects.filter(**standing).order_by("event__happened_on", "pk")
    for event, old, day in rows.values_list("event", "unit", "event__happened_on"):
        if old not in successors[event]:  # it goes on itself
            for new in successors[event]:
                graph.add(old, new, day)
    return graph


def successors_of_units(units, on=None, *, among=None, graph=None):
    """Return ``{pk: [UnitPage]}``: what each of the units is on a day, today when none is given.

    Units that have not ended by then stand for themselves and have no entry. ``among`` narrows
    the answer to a queryset, such as the units that a visitor may read.
    """
    day = on or timezone.localdate()
    ended = {unit.pk for unit in units if unit.valid_to and unit.valid_to < day}
    if not ended:
        return {}
    graph = graph or read_graph()
    found = {pk: graph.ends(pk, day) for pk in ended}
    wanted = {pk for pks in found.values() for pk in pks}
    known = _among(among).existing(day).in_bulk(wanted)
    return {pk: [known[each] for each in pks if each in known] for pk, pks in found.items()}


def successors_of(unit, on=None, *, among=None):
    """Return the units that stand in the place of ``unit`` on a day; none while it exists."""
    return successors_of_units([unit], on, among=among).get(unit.pk, [])


def predecessors_of(unit, on=None, *, among=None):
    """Return the units whose place ``unit`` has taken by a day, the nearest first."""
    pks = read_graph().origins(unit.pk, on or timezone.localdate())
    known = _among(among).in_bulk(pks)
    return [known[pk] for pk in pks if pk in known]


def _among(units):
    return UnitPage.objects.live() if units is None else units


def successors_for(request, unit):
    """Return the successors that the visitor may read, reading the graph once for a request."""
    today = timezone.localdate()
    if not unit.valid_to or unit.valid_to >= today:
        return []
    known = request.__dict__.setdefault("_portal_successors", {})
    if unit.pk not in known:
        if not hasattr(request, "_portal_succession"):
            graph = read_graph()
            pks = {pk for old in list(graph.after) for pk in graph.ends(old, today)}
            readable = UnitPage.objects.readable_by(request).existing(today).in_bulk(pks)
            request._portal_succession = (graph, readable)
        graph, readable = request._portal_succession
        known[unit.pk] = [readable[pk] for pk in graph.ends(unit.pk, today) if pk in readable]
    return known[unit.pk]


def named_otherwise(name, unit):
    """Return whether a regulation's ``name`` is none of the names of ``unit``."""
    names = [unit.title, *unit.short_names.splitlines()]
    return bool(name) and not any(same_unit(each, name) for each in names if each.strip())


def events_of(unit, among):
    """Return the events in the life of ``unit``, oldest first, with the units ``among`` readable.

    Each is ``(event, predecessors, successors)``.
    """
    events = list(
        UnitEvent.objects.performed()
        .touching([unit.pk])
        .for_listing()
        .order_by("happened_on", "pk")
    )
    parts = {part.pk for event in events for part in _parts(event)}
    readable = set(among.filter(pk__in=parts).values_list("pk", flat=True)) if parts else set()
    return [
        (
            event,
            [part for part in event.predecessors.all() if part.pk in readable],
            [part for part in event.successors.all() if part.pk in readable],
        )
        for event in events
    ]


def _parts(event):
    return [*event.predecessors.all(), *event.successors.all()]
