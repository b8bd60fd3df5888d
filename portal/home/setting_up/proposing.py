"""From what a regulation proposes to items that can be decided on. Pure: nothing is read here.

An item of a unit says all that its page will say; responsibilities and obligations name units by
their keys, provisions by their identifiers and rows.
"""

import hashlib
from dataclasses import dataclass, field

from portal.core.text import fold_words
from portal.units.models import UnitPage
from portal.units.proposing.levels import level_of_centre, level_of_unit

CENTRE, UNIT, RESPONSIBILITY, OBLIGATION = "centre", "unit", "responsibility", "obligation"
DEFINITION = "definition"
NEW, CHANGED, GONE = "new", "changed", "gone"
CERTAIN, LIKELY, UNSURE = "certain", "likely", "unsure"
#: Kinds of the proposals that the directory calls otherwise.
_KINDS = {"district": "authority", "village": "other", "staff": "other", "group": "other"}
#: Who is meant by “các sở, ban, ngành”: units with a name of their own, of these kinds.
_MEMBERS_OF_AGENCIES = frozenset({"department", "division", "office", "police"})
_BELOW_THE_AUTHORITY = frozenset({"department", "division", "office"})


@dataclass
class Item:
    """One proposal; ``target`` names what stands already of a changed or vanished one.

    ``proposed`` is what the text says in full where ``values`` ask for less, because a part of it
    stands already.
    """

    kind: str
    key: str
    values: dict
    sources: list = field(default_factory=list)
    confidence: str = CERTAIN
    change: str = NEW
    target: dict = field(default_factory=dict)
    is_dropped: bool = False
    proposed: dict | None = None


def items_of(setup, provision_ids):
    """Return the items of a set-up by its contract, in the order of the text.

    ``provision_ids`` gives the row of each identifier; what cites none of them is left out of
    responsibilities and obligations, because nothing could be shown for it.
    """
    units = _unit_items(setup)
    centre_key = _key_of_centre(setup)
    return [
        _centre_item(setup),
        *units,
        *_responsibility_items(setup, provision_ids),
        *_obligation_items(setup, provision_ids, centre_key),
    ]


def _centre_item(setup):
    centre = setup["centre"]
    values = {
        "name": centre["name"],
        "short_name": centre["short_name"] or "",
        "owner_name": centre["owner"] or "",
        "managing_name": ", ".join(centre["managers"]),
    }
    return Item(CENTRE, CENTRE, values, confidence=LIKELY)


def _key_of_centre(setup):
    """Return the unit that follows up what names nobody: the centre, or who manages or owns it."""
    centre, units = setup["centre"], setup["units"]
    answering = [*centre["managers"], centre["owner"]]
    candidates = [
        *(unit["key"] for unit in units if unit["kind"] == "centre"),
        *(unit["key"] for name in answering for unit in units if unit["name"] == name),
    ]
    return next(iter(candidates), None)


def _unit_items(setup):
    named = setup["units"]
    level = level_of_centre(setup["centre"]["name"], named)
    levels = {unit["key"]: level_of_unit(unit, level) for unit in named}
    agencies = [unit["key"] for unit in named if unit["is_group"] and unit["kind"] == "group"]
    owner = next((u["key"] for u in named if u["name"] == setup["centre"]["owner"]), None)
    wanted = _keys_in_use(setup)
    items = []
    for unit in named:
        values = {
            "name": unit["name"],
            "short_names": unit["short_names"],
            "kind": _KINDS.get(unit["kind"], unit["kind"]),
            "is_group": unit["is_group"],
            "level": levels[unit["key"]],
            "centre_role": _role(unit, setup["centre"]),
            "groups": _of_one_level(unit, _groups_of(unit, agencies), levels),
            "parent": next(iter(_of_one_level(unit, _above(unit, owner), levels)), None),
            "existing": None,
        }
        only_mentioned = unit["confidence"] == UNSURE and unit["key"] not in wanted
        items.append(
            Item(
                UNIT,
                unit["key"],
                values,
                unit["sources"],
                unit["confidence"],
                is_dropped=only_mentioned,
            )
        )
    return items


def _keys_in_use(setup):
    """Return the keys of units that a responsibility or an obligation names."""
    keys = {each["unit"] for each in setup["responsibilities"]}
    for obligation in setup["obligations"]:
        keys.update(obligation["units"], obligation["counterparts"])
    return keys


def _role(unit, centre):
    roles = (
        (UnitPage.Role.OWNER, [centre["owner"]]),
        (UnitPage.Role.MANAGING, centre["managers"]),
        (UnitPage.Role.COORDINATING, centre["coordinators"]),
    )
    found = next((role for role, names in roles if unit["name"] in names), None)
    return str(found or UnitPage.Role.PARTICIPATING)


def _groups_of(unit, agencies):
    if unit["is_group"] or unit["kind"] not in _MEMBERS_OF_AGENCIES:
        return []
    return list(agencies)


def _above(unit, owner):
    is_own = not unit["is_group"] and unit["kind"] in _BELOW_THE_AUTHORITY
    return [owner] if owner and is_own and unit["key"] != owner else []


def _of_one_level(unit, keys, levels):
    """Leave out what stands on another level: a sở is not of the “cơ quan, ban ngành huyện”."""
    own = levels[unit["key"]]
    return [key for key in keys if not own or not levels[key] or levels[key] == own]


def _responsibility_items(setup, provision_ids):
    items = {}
    for each in setup["responsibilities"]:
        provision = provision_ids.get(each["eid"])
        key = f"{each['unit']}|{provision}"
        if provision is None or key in items:
            continue
        values = {
            "unit": each["unit"],
            "eid": each["eid"],
            "provision": provision,
            "text": each["text"],
        }
        items[key] = Item(
            RESPONSIBILITY, key, values, [{"eid": each["eid"], "words": each["text"]}], CERTAIN
        )
    return list(items.values())


def _obligation_items(setup, provision_ids, centre_key):
    """Return the obligations, each once; one that names nobody is followed up by the centre."""
    items = {}
    for each in setup["obligations"]:
        source = each["sources"][0]
        provision = provision_ids.get(source["eid"])
        if provision is None:
            continue
        words = source["words"].strip()
        key = f"{each['kind']}|{provision}|{each['cadence']}|{_digest(words)}"
        units, is_assumed = each["units"], not each["units"]
        if is_assumed:
            units = [centre_key] if centre_key else []
        values = {
            "kind": each["kind"],
            "units": units,
            "is_assumed": is_assumed,
            "counterparts": each.get("counterparts") or [],
            "cadence": each["cadence"],
            "due": each.get("due"),
            "text": words[:1].upper() + words[1:],
            "words": words,
            "eid": source["eid"],
            "provision": provision,
        }
        known = items.get(key)
        if known is not None:
            known.values["units"] += [k for k in units if k not in known.values["units"]]
            continue
        items[key] = Item(OBLIGATION, key, values, each["sources"], each["confidence"])
    return list(items.values())


def _digest(words):
    return hashlib.sha256(fold_words(words).encode()).hexdigest()[:12]
