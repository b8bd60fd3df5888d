"""What an event is about to do: each thing of the units concerned, and who takes it.

The plan is reckoned anew each time from what stands in the database. Its ``token`` sums up
everything that a person was shown; an event is performed only while that is still so.
"""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from portal.units.events.rules import ending_units
from portal.units.handovers import Possession, PossessionKind, possession_kinds
from portal.units.models import UnitEvent, UnitPage

STAY, END, UNDECIDED = "stay", "end", ""


def unit_key(unit):
    """Return the key of an existing unit among those that take over."""
    return f"unit-{unit.pk}"


def line_key(kind, thing):
    """Return the name of a thing's line in forms and in the stored plan."""
    return f"{kind.key}-{thing.unit_id}-{thing.pk}"


@dataclass(frozen=True)
class Target:
    """A unit that takes over: one that exists (``unit``), or one still to be created."""

    key: str
    title: str
    unit: UnitPage | None = None
    fields: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One thing, whose it is now, what may become of it, and what was decided."""

    kind: PossessionKind
    thing: Possession
    unit: UnitPage
    options: tuple
    choice: str
    reason: str
    unit_ends: bool

    @property
    def key(self):
        """Return the name of the line in forms and in the stored plan."""
        return line_key(self.kind, self.thing)

    @property
    def is_decided(self):
        """Return whether it is said who takes the thing."""
        return self.choice != UNDECIDED

    @property
    def needs_reason(self):
        """Return whether a reason has to be given: nobody takes what an ending unit had."""
        return self.unit_ends and self.choice in (STAY, END)

    @property
    def lacks(self):
        """Return what is still missing, as a sentence; empty when nothing is."""
        if not self.is_decided:
            return _("Say who takes this.")
        if self.needs_reason and not self.reason:
            return _("Give the reason why no unit takes this.")
        return ""

    @property
    def choice_label(self):
        """Return the decision in words."""
        return dict(self.options).get(self.choice, "")


class Plan:
    """Everything that the event does, with what is still to be decided."""

    def __init__(self, event):
        self.event = event
        self.predecessors = list(event.predecessors.order_by("sort_key"))
        self.ending = {unit.pk for unit in ending_units(event)}

    @cached_property
    def targets(self):
        """Return the units that take over, the existing ones first."""
        existing = self.event.successors.order_by("sort_key")
        found = [Target(unit_key(unit), unit.title, unit) for unit in existing]
        new = self.event.plan.get("new_units", [])
        return found + [Target(each["key"], each["title"], fields=each) for each in new]

    @cached_property
    def sections(self):
        """Return ``[(unit, [(kind, [Line])])]``, leaving out kinds of which a unit has nothing."""
        concerned = self._concerned()
        found = {unit.pk: [] for unit in concerned}
        for kind in possession_kinds():
            lines = {unit.pk: [] for unit in concerned}
            by_pk = {unit.pk: unit for unit in concerned}
            for thing in kind.of_units(concerned, self.event):
                lines[thing.unit_id].append(self._line(kind, thing, by_pk[thing.unit_id]))
            for pk, each in lines.items():
                if each:
                    found[pk].append((kind, each))
        return [(unit, found[unit.pk]) for unit in concerned]

    def _concerned(self):
        """Return the units whose things are asked for: not one that others merge into."""
        if self.event.kind == UnitEvent.Kind.MERGE:
            return [unit for unit in self.predecessors if unit.pk in self.ending]
        return self.predecessors

    def _line(self, kind, thing, unit):
        unit_ends = unit.pk in self.ending
        options = [(t.key, t.title) for t in self.targets if t.unit is None or t.unit.pk != unit.pk]
        if not unit_ends:
            options.append((STAY, _("stays with “%(unit)s”") % {"unit": unit.title}))
        elif kind.may_stay:
            options.append((STAY, _("stays on the old page")))
        if kind.end is not None and thing.may_end:
            options.append((END, _("ends")))
        decided = self.event.plan.get("decisions", {}).get(line_key(kind, thing), {})
        choice = decided.get("to", self._default())
        if choice not in dict(options):
            choice = UNDECIDED
        reason = decided.get("reason", "")
        return Line(kind, thing, unit, tuple(options), choice, reason, unit_ends)

    def _default(self):
        kinds = UnitEvent.Kind
        if self.event.kind in (kinds.MERGE, kinds.RENAME) and len(self.targets) == 1:
            return self.targets[0].key
        return STAY if self.event.kind == kinds.TRANSFER else UNDECIDED

    @property
    def lines(self):
        """Return every line, in the order shown."""
        return [line for _unit, kinds in self.sections for _kind, each in kinds for line in each]

    @property
    def open_lines(self):
        """Return the lines that still lack something."""
        return [line for line in self.lines if line.lacks]

    @property
    def moves_nothing(self):
        """Return whether a transfer leaves everything where it is."""
        return self.event.kind == UnitEvent.Kind.TRANSFER and not any(
            line.choice not in (STAY, UNDECIDED) for line in self.lines
        )

    @property
    def token(self):
        """Return the seal of everything that this plan shows and does."""
        event = self.event
        seen = [
            [event.kind, event.happened_on.isoformat(), event.instrument_number],
            [[unit.pk, unit.title, _iso(unit.valid_to)] for unit in self.predecessors],
            [[t.key, t.title, t.fields, _iso(t.unit and t.unit.valid_to)] for t in self.targets],
            [[line.key, line.unit.pk, line.thing.mark, line.choice] for line in self.lines],
        ]
        text = json.dumps(seen, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def _iso(day):
    return day.isoformat() if day else None


def handed_over(event):
    """Return ``[(kind in words, number, unit or “ends”)]``: what an event did."""
    names = {unit_key(unit): unit.title for unit in event.successors.all()}
    names |= {each["key"]: each["title"] for each in event.plan.get("new_units", [])}
    names[END] = _("ends")
    labels = {kind.key: kind.label for kind in possession_kinds()}
    return [
        (labels.get(entry["kind"], entry["kind"]), len(entry["pks"]), names.get(entry["to"], "–"))
        for entry in event.outcome.get("handed", [])
    ]
