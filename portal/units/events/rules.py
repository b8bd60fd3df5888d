"""Which events make sense: how many units, on which day, and nobody their own successor."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.formats import format_date
from portal.units.models import UnitEvent
from portal.units.succession import read_graph

Kind = UnitEvent.Kind


@dataclass(frozen=True)
class Shape:
    """How many units an event of a kind concerns and how many take over; None is any number."""

    predecessors: tuple
    successors: tuple
    may_go_on: bool
    words: object


SHAPES = {
    Kind.MERGE: Shape(
        (2, None), (1, 1), True, gettext_lazy("A merger joins two units or more into one.")
    ),
    Kind.SPLIT: Shape(
        (1, 1), (2, None), True, gettext_lazy("A division makes two units or more out of one.")
    ),
    Kind.RENAME: Shape(
        (1, 1), (1, 1), False, gettext_lazy("A change of name makes one new unit out of one.")
    ),
    Kind.TRANSFER: Shape(
        (1, 1),
        (1, None),
        False,
        gettext_lazy("A transfer passes duties of one unit to other units; all of them go on."),
    ),
    Kind.DISSOLVE: Shape(
        (1, 1), (0, None), False, gettext_lazy("A dissolution ends one unit; others may take over.")
    ),
}


def check_predecessors(kind, day, units):
    """Refuse units that do not fit the kind of event, or do not exist on the day before it."""
    shape = SHAPES[kind]
    faults = []
    if not _fits(len(units), shape.predecessors):
        faults.append(str(shape.words))
    for unit in units:
        if unit.is_group:
            faults.append(
                _("“%(unit)s” is a kind of unit: choose the units themselves.") % {"unit": unit}
            )
        elif unit.valid_from and unit.valid_from >= day:
            faults.append(
                _("“%(unit)s” exists only from %(day)s: the event has to come after that.")
                % {"unit": unit, "day": format_date(unit.valid_from)}
            )
        elif unit.valid_to and unit.valid_to < day:
            faults.append(
                _("“%(unit)s” existed only until %(day)s.")
                % {"unit": unit, "day": format_date(unit.valid_to)}
            )
    _raise(faults)


def check_successors(kind, day, predecessors, existing, new_count):
    """Refuse successors that do not fit the kind of event, have ended, or would make a circle."""
    shape = SHAPES[kind]
    faults = []
    if not _fits(len(existing) + new_count, shape.successors):
        faults.append(str(shape.words))
    if kind == Kind.RENAME and existing:
        faults.append(_("A change of name makes a new page: write down the new name."))
    before = {unit.pk for unit in predecessors}
    if not shape.may_go_on and before & {unit.pk for unit in existing}:
        faults.append(_("The unit concerned cannot take over from itself."))
    for unit in existing:
        if unit.valid_to and unit.valid_to < day:
            faults.append(
                _("“%(unit)s” existed only until %(day)s.")
                % {"unit": unit, "day": format_date(unit.valid_to)}
            )
    faults += _circles(kind, predecessors, existing)
    _raise(faults)


def _circles(kind, predecessors, existing):
    """Say where a successor became, by earlier events, a unit that would now end in it."""
    if kind not in UnitEvent.ENDING or not existing:
        return []
    graph = read_graph()
    lasting = {unit.pk for unit in existing}
    ending = {unit.pk: unit for unit in predecessors if unit.pk not in lasting}
    found = []
    for unit in existing:
        reached, queue = set(), [unit.pk]
        while queue:
            for _day, pk in graph.after[queue.pop()]:
                if pk not in reached:
                    reached.add(pk)
                    queue.append(pk)
        found += [
            _("“%(old)s” has taken the place of “%(new)s” itself: this would be a circle.")
            % {"old": ending[pk], "new": unit}
            for pk in reached
            if pk in ending
        ]
    return found


def ending_units(event):
    """Return the units that end by the event: those concerned that do not go on themselves."""
    if event.kind not in UnitEvent.ENDING:
        return []
    lasting = {unit.pk for unit in event.successors.all()}
    return [unit for unit in event.predecessors.all() if unit.pk not in lasting]


def check_nothing_later(event, units):
    """Refuse to end units that take part in an event of a later day."""
    later = (
        UnitEvent.objects.performed()
        .touching([unit.pk for unit in units])
        .filter(happened_on__gt=event.happened_on)
        .order_by("happened_on")
        .first()
    )
    if later:
        raise ValidationError(
            _("There is a later event, %(event)s with effect from %(day)s; take that back first.")
            % {"event": later, "day": format_date(later.happened_on)}
        )


def _fits(number, bounds):
    least, most = bounds
    return number >= least and (most is None or number <= most)


def _raise(faults):
    if faults:
        raise ValidationError(faults)
