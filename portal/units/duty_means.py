"""By what a duty is met: the upper apps say what acts on which kinds of duty.

A duty to supply data is met by a dataset with its due days, a duty to report by a report
schedule, a duty to meet by a series of meetings. Units know none of these: each app registers
its means, the living list asks them how each duty stands, and the set-up of a centre asks
them to establish what the regulation makes necessary.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from portal.units.models import UnitPage


class DutyState(StrEnum):
    """How a duty stands: the worst of what acts on it."""

    MET = "met"
    DUE_SOON = "due_soon"
    LATE = "late"  #: something is overdue
    MISSING = "missing"  #: nothing acts on it yet
    WITHHELD = "withheld"  #: something acts on it of which the person who asks may not know


@dataclass(frozen=True)
class MeansLink:
    """One thing that acts on a duty; ``url`` is empty where the person may not open it."""

    title: str
    url: str = ""


@dataclass(frozen=True)
class Standing:
    """How a duty stands, as far as the person who asks may know.

    ``summary`` says how well, such as “5 of 6 periods in time”; ``missing`` what is still to do;
    ``action_url`` where to do it.
    """

    state: DutyState
    links: tuple[MeansLink, ...] = ()
    summary: str = ""
    missing: str = ""
    action_url: str = ""


@dataclass(frozen=True)
class DutyMeans:
    """What acts on duties of some ``kinds`` (values of ``Obligation.Kind``).

    ``standings(obligations, request)`` returns ``{pk: Standing}`` for those it acts on, in a
    number of queries that does not depend on how many there are. The obligations that it gets
    carry ``bound_ids``, the pks of the units that owe each. ``establish(obligation, user=…)``
    makes what acts on the duty unless it stands already, and returns it, a list where it is
    several things, or None where a person has to decide more than the duty says.
    ``follow(before, after, user=…)`` brings into line what acts on a duty that was corrected,
    succeeded or ended; ``relink(before, after, user=…)`` lets it name the same duty of another
    unit, where an event of units decides on the thing itself; ``reopen(obligation, user=…)`` wakes
    what rests since the duty ended. ``user`` is None where a command
    asks, which has no person. ``order`` says whose word on what is missing comes first.
    """

    key: str
    kinds: frozenset
    standings: Callable
    establish: Callable | None = None
    follow: Callable | None = None
    relink: Callable | None = None
    reopen: Callable | None = None
    order: int = 50


_means: dict[str, DutyMeans] = {}


def register_means(means):
    """Let ``means`` act on duties of its kinds."""
    _means[means.key] = means


def means_for(kind):
    """Return the means that act on duties of ``kind``."""
    return [means for means in _in_order() if kind in means.kinds]


def _in_order():
    return sorted(_means.values(), key=lambda means: means.order)


def standings_of(obligations, request):
    """Return ``{obligation pk: [Standing]}`` of all that acts on them.

    The number of queries depends on the means, not on how many obligations there are.
    """
    note_bound_units(obligations)
    found = {obligation.pk: [] for obligation in obligations}
    for means in _in_order():
        concerned = [each for each in obligations if each.kind in means.kinds]
        if not concerned:
            continue
        for pk, standing in means.standings(concerned, request).items():
            found[pk].append(standing)
    return found


def note_bound_units(obligations):
    """Set ``bound_ids`` on each obligation, with one query for all: who owes it today."""
    units = {obligation.unit_id for obligation in obligations}
    members = defaultdict(list)
    links = UnitPage.groups.through.objects.filter(
        to_unitpage__in=units,
        to_unitpage__is_group=True,
        from_unitpage__in=UnitPage.objects.live().existing(timezone.localdate()),
    )
    for kind, member in links.values_list("to_unitpage_id", "from_unitpage_id"):
        members[kind].append(member)
    kinds = set(UnitPage.objects.filter(pk__in=units, is_group=True).values_list("pk", flat=True))
    for obligation in obligations:
        is_kind = obligation.unit_id in kinds
        obligation.bound_ids = members[obligation.unit_id] if is_kind else [obligation.unit_id]


#: From the best to the worst; what is withheld outweighs all, because it may be any of them.
_RANKS = (DutyState.MET, DutyState.DUE_SOON, DutyState.LATE, DutyState.WITHHELD)


def state_of(standings):
    """Return how a duty stands by all that acts on it; missing only where nothing acts."""
    acting = [each.state for each in standings if each.state is not DutyState.MISSING]
    return max(acting, key=_RANKS.index) if acting else DutyState.MISSING


def establish(obligation, *, user):
    """Make what acts on the duty where nothing does yet; return the list of what stands now."""
    standing = []
    for means in means_for(obligation.kind):
        made = means.establish(obligation, user=user) if means.establish else None
        standing += made if isinstance(made, list) else [made]
    return [thing for thing in standing if thing is not None]


def follow(before, after, *, user):
    """Bring into line what acts on a duty that has changed.

    ``before`` is the duty as it was, its former counterparts loaded; ``after`` the same duty
    corrected, the one that succeeds it and is established already, or None where it ended.
    """
    for means in means_for(before.kind):
        if means.follow is not None:
            heir = after if after is not None and after.kind in means.kinds else None
            means.follow(before, heir, user=user)


def relink(before, after, *, user):
    """Let what acts on ``before`` name ``after``, the same duty of another unit."""
    for means in means_for(before.kind):
        if means.relink is not None:
            means.relink(before, after, user=user)


def reopen(obligation, *, user):
    """Wake what rests since the duty ended: it stands again."""
    for means in means_for(obligation.kind):
        if means.reopen is not None:
            means.reopen(obligation, user=user)
