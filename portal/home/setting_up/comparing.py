"""What is new, changed or gone since the regulation was last set up. Pure.

Once a proposal was decided on it is not made again: neither what was dropped, nor what was
accepted and corrected since. Only what the text says otherwise today comes back.
"""

from collections import Counter
from dataclasses import dataclass, field

from portal.home.setting_up.proposing import (
    CENTRE,
    CHANGED,
    GONE,
    NEW,
    OBLIGATION,
    RESPONSIBILITY,
    UNIT,
    Item,
)


@dataclass(frozen=True)
class Prior:
    """A proposal that was decided on: as it was read, what was made of it, what came of it."""

    kind: str
    key: str
    proposed: dict
    values: dict
    target: dict
    is_accepted: bool
    sources: list = field(default_factory=list)


@dataclass
class Standing:
    """What stands in the portal already, whoever made it.

    ``unit_of(item)`` returns the id of the page that bears a proposed unit's name, or None.
    ``responsibilities`` holds ``(unit id, provision id)``; ``obligations`` counts
    ``(kind, unit id, provision id, cadence)``.
    """

    unit_of: object
    responsibilities: frozenset = frozenset()
    obligations: Counter = field(default_factory=Counter)
    centre: dict = field(default_factory=dict)


def difference(items, priors, standing):
    """Return ``(items to decide on, {unit key: id of the page that stands})``.

    ``priors`` are the ``Prior`` of the regulation's earlier set-ups by kind and key.
    """
    matches = _matches(items, priors, standing)
    found = [
        *_centre(items, priors, standing),
        *_units(items, priors, matches),
        *_responsibilities(items, priors, matches, standing),
        *_obligations(items, priors, matches, standing),
    ]
    return [*found, *_gone(items, priors, found)], matches


def _matches(items, priors, standing):
    matches = {}
    for item in items:
        if item.kind != UNIT:
            continue
        prior = priors.get((UNIT, item.key))
        page = prior.target.get("unit") if prior and prior.is_accepted else None
        page = page or standing.unit_of(item)
        if page:
            matches[item.key] = page
    return matches


def _centre(items, priors, standing):
    """Propose what the centre is called where it is not called anything yet, or otherwise."""
    for item in items:
        prior = priors.get((CENTRE, CENTRE))
        if item.kind != CENTRE or (prior and prior.proposed == item.values):
            continue
        if not any(standing.centre.values()):
            yield item
        elif any(
            value and value != standing.centre.get(name) for name, value in item.values.items()
        ):
            item.change, item.is_dropped, item.target = CHANGED, True, dict(standing.centre)
            yield item


def _units(items, priors, matches):
    for item in items:
        is_known = item.key in matches or (UNIT, item.key) in priors
        if item.kind == UNIT and not is_known:
            yield item


def _responsibilities(items, priors, matches, standing):
    for item in items:
        if item.kind != RESPONSIBILITY:
            continue
        prior = priors.get((RESPONSIBILITY, item.key))
        unit = matches.get(item.values["unit"])
        if prior is not None:
            if prior.proposed.get("text") != item.values["text"]:
                yield _changed(item, prior)
        elif (unit, item.values["provision"]) not in standing.responsibilities:
            item.is_dropped = _unit_was_dropped(item.values["unit"], priors, matches)
            yield item


def _unit_was_dropped(key, priors, matches):
    prior = priors.get((UNIT, key))
    return bool(prior) and not prior.is_accepted and key not in matches


def _changed(item, prior):
    """Return the item as a change of what stands; what was dropped once stays dropped."""
    item.change = CHANGED
    item.target = {**prior.target, "replaces": prior.key, "before": prior.values}
    item.is_dropped = not prior.is_accepted
    return item


def _obligations(items, priors, matches, standing):
    unmatched = _vanished(OBLIGATION, items, priors)
    standing_left = Counter(standing.obligations)
    for item in items:
        if item.kind != OBLIGATION:
            continue
        prior = priors.get((OBLIGATION, item.key))
        if prior is not None:
            if _says_otherwise(prior.proposed, item.values):
                yield _changed(item, prior)
            continue
        prior = _take_counterpart(item, unmatched)
        if prior is not None:
            yield _changed(item, prior)
            continue
        if not item.values["units"]:
            yield item
            continue
        lacking = _units_lacking(item, matches, standing_left)
        if lacking:
            item.proposed = dict(item.values)
            item.values["units"] = lacking
            yield item


def _says_otherwise(before, now):
    return any(before.get(name) != now.get(name) for name in ("units", "counterparts", "due"))


def _take_counterpart(item, unmatched):
    """Return, once, the earlier duty that this one has taken the place of.

    The same provision lays a duty of the same kind: its cadence or its words have changed.
    """
    same = [
        prior
        for prior in unmatched
        if prior.proposed["kind"] == item.values["kind"]
        and prior.proposed["provision"] == item.values["provision"]
    ]
    same.sort(key=lambda prior: prior.proposed["cadence"] != item.values["cadence"])
    if not same:
        return None
    unmatched.remove(same[0])
    return same[0]


def _units_lacking(item, matches, standing_left):
    """Return the units that owe it and have no such duty yet; what stands is counted once."""
    lacking = []
    for key in item.values["units"]:
        owed = (
            item.values["kind"],
            matches.get(key),
            item.values["provision"],
            item.values["cadence"],
        )
        if standing_left[owed] > 0:
            standing_left[owed] -= 1
        else:
            lacking.append(key)
    return lacking


def _vanished(kind, items, priors):
    now = {item.key for item in items if item.kind == kind}
    return [
        prior
        for (prior_kind, key), prior in priors.items()
        if prior_kind == kind and key not in now
    ]


def _gone(items, priors, found):
    """Propose to end what was accepted once and stands no longer in the text."""
    replaced = {(item.kind, item.target.get("replaces")) for item in found}
    for kind in (RESPONSIBILITY, OBLIGATION):
        for prior in _vanished(kind, items, priors):
            if prior.is_accepted and (kind, prior.key) not in replaced:
                yield Item(
                    kind,
                    prior.key,
                    dict(prior.values),
                    prior.sources,
                    change=GONE,
                    target=dict(prior.target),
                )


__all__ = ["CHANGED", "GONE", "NEW", "Prior", "Standing", "difference"]
