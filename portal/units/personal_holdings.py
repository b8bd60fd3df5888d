"""What is in a person's hands: the upper apps say what of theirs a person looks after.

When somebody leaves, each of these things goes to somebody who acts for its unit. Units know
their memberships only; each app registers a kind, says what a person holds of it in a number of
queries that does not depend on how much there is, and carries one thing over.
"""

from collections.abc import Callable
from dataclasses import dataclass

from portal.units.people import name_of


@dataclass(frozen=True)
class Holding:
    """One thing in a person's hands; ``unit_id`` is None where it belongs to the centre.

    ``needs_successor`` is False for what may end with the person.
    """

    kind: str
    pk: int
    title: str
    unit_id: int | None = None
    unit_name: str = ""
    needs_successor: bool = True

    @property
    def key(self):
        """Return what names the thing in a form."""
        return f"{self.kind}-{self.pk}"


@dataclass(frozen=True)
class HandOverStep:
    """One thing and who gets it; ``successor`` is None where nobody does.

    The leaver's ``last_day`` and the successor's ``first_day`` follow each other.
    """

    holding: Holding
    successor: object | None
    leaver: object
    last_day: object
    first_day: object
    user: object

    @property
    def note(self):
        """Return what the trail of the thing says."""
        return {
            "from": name_of(self.leaver),
            "to": name_of(self.successor) if self.successor else "",
        }


@dataclass(frozen=True)
class HoldingKind:
    """One kind of thing: what a person holds of it, and how one is carried over.

    ``of(user)`` returns the ``Holding`` list; ``hand_over(step)`` carries one over, inside the
    transaction of the whole. ``roles`` are those of which a successor needs one to be able to do
    the work; none named, to act for the unit is enough. ``order`` is the place on paper.
    """

    key: str
    label: str
    of: Callable
    hand_over: Callable
    roles: frozenset = frozenset()
    order: int = 100


_kinds: dict[str, HoldingKind] = {}


def register_holdings(kind):
    """Let things of this kind be handed over when a person leaves."""
    _kinds[kind.key] = kind


def kinds():
    """Return the kinds in the order of the paper."""
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.key))


def kind_named(key):
    """Return the kind of a ``Holding``."""
    return _kinds[key]


def holdings_of(user, unit_id=None):
    """Return all that ``user`` holds, in order; with ``unit_id`` what belongs to that unit."""
    found = [holding for kind in kinds() for holding in kind.of(user)]
    return [each for each in found if unit_id is None or each.unit_id == unit_id]
