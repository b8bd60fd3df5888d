"""Events of units for tests: prepared, decided and performed by the actions people use."""

from itertools import count

from django.utils import timezone

from portal.units.events import actions
from portal.units.events.plan import Plan
from portal.units.models import UnitEvent

_numbers = count(1)


def new_unit(title, **fields):
    """Return the plain fields of a unit that an event creates."""
    defaults = {"code": f"M{next(_numbers):03}", "kind": "department", "level": "", "parent": None}
    return {"title": title, "short_names": "", **defaults, **fields}


def prepared(kind, predecessors, *, user, existing=(), new=(), **fields):
    """Return the draft of an event with its units."""
    fields.setdefault("happened_on", timezone.localdate())
    fields.setdefault("instrument_number", "12/QĐ-UBND")
    event = actions.prepare_event(UnitEvent(kind=kind, **fields), predecessors, user=user)
    return actions.name_successors(event, existing, new, user=user)


def perform(event, *, user):
    """Perform a draft as it stands."""
    return actions.perform_event(event, Plan(event).token, user=user)


def merged(units, *, user, existing=(), new=None, **fields):
    """Return a performed merger, into a new unit unless an existing one is given."""
    new = [] if existing else [new or new_unit("Đơn vị hợp nhất")]
    return perform(
        prepared("merge", units, user=user, existing=existing, new=new, **fields), user=user
    )


def renamed(unit, title, *, user, **fields):
    """Return the unit after a change of name."""
    event = prepared("rename", [unit], user=user, new=[new_unit(title)], **fields)
    return perform(event, user=user).successors.get()
