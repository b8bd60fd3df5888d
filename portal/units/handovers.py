"""What a unit has, and who takes it when the unit merges, splits or ends.

The upper apps register the kinds of things that hang on a unit: units know nothing of datasets
and tasks, but an event asks for each of them, shows them to the person who decides, and hands
them over in the one transaction of the event.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise


class HandoverRefused(Exception):
    """A thing can no longer be handed over or taken back; ``str()`` is a sentence for people."""


@dataclass(frozen=True)
class Possession:
    """One thing of a unit. ``mark`` changes whenever the thing does; ``note`` tells more."""

    unit_id: int
    pk: int
    label: str
    note: str = ""
    mark: str = ""
    may_end: bool = True


@dataclass(frozen=True)
class PossessionKind:
    """Things of one kind, and what an event does to them.

    ``of_units(units, event)`` returns the ``Possession`` list of all the units, in a number of
    queries that does not depend on how many there are. ``hand_over(pks, successor, event, user)``
    and ``end(pks, event, user, reason)`` return plain data from which ``take_back(data, event,
    user)`` restores what was; where it cannot it raises ``HandoverRefused``. ``may_stay`` says
    whether a thing may remain with a unit that has ended.
    """

    key: str
    label: str | Promise
    of_units: Callable
    hand_over: Callable
    take_back: Callable
    end: Callable | None = None
    may_stay: bool = False
    order: int = 50


_kinds: dict[str, PossessionKind] = {}


def register_possessions(kind):
    """Let things of this kind take part in the events of units."""
    _kinds[kind.key] = kind


def possession_kinds():
    """Return the kinds in the order in which they are shown and handed over."""
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.key))


def possession_kind(key):
    """Return the kind of this key."""
    return _kinds[key]
