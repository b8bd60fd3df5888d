"""By what a duty is met: the upper apps say what acts on which kinds of duty.

A duty to supply data is met by a dataset with its due days, a duty to report by a report
schedule, a duty to meet by a series of meetings. Units know none of these: each app registers
its means, the page of duties asks them how each duty stands, and the set-up of a centre asks
them to establish what the regulation makes necessary.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class DutyState(StrEnum):
    """How a duty stands: the worst of what acts on it."""

    MET = "met"
    DUE_SOON = "due_soon"
    LATE = "late"  #: something is overdue
    MISSING = "missing"  #: nothing acts on it yet


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
    number of queries that does not depend on how many there are. ``establish(obligation, user=…)``
    makes what acts on the duty unless it stands already, and returns it, or None where a person
    has to decide more than the duty says.
    """

    key: str
    kinds: frozenset
    standings: Callable
    establish: Callable | None = None


_means: dict[str, DutyMeans] = {}


def register_means(means):
    """Let ``means`` act on duties of its kinds."""
    _means[means.key] = means


def means_for(kind):
    """Return the means that act on duties of ``kind``."""
    return [means for means in _means.values() if kind in means.kinds]


def standings_of(obligations, request):
    """Return ``{obligation pk: [Standing]}`` of all that acts on them."""
    found = {obligation.pk: [] for obligation in obligations}
    for means in _means.values():
        concerned = [each for each in obligations if each.kind in means.kinds]
        if not concerned:
            continue
        for pk, standing in means.standings(concerned, request).items():
            found[pk].append(standing)
    return found


def establish(obligation, *, user):
    """Make what acts on the duty where nothing does yet; return what stands now."""
    made = [
        means.establish(obligation, user=user)
        for means in means_for(obligation.kind)
        if means.establish is not None
    ]
    return [thing for thing in made if thing is not None]
