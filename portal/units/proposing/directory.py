"""The units of one regulation while it is read: one entry a key, its fullest name, its sources."""

import re
from dataclasses import dataclass, field

from portal.core.text import slugify_vi
from portal.units.proposing.fields import written_out
from portal.units.proposing.names import kind_of, tidy_name
from portal.units.proposing.unit_patterns import (
    AGENCIES,
    CENTRE,
    COMMUNE_BODIES,
    COORDINATOR,
    DISTRICT_BODIES,
    ENTERPRISES,
    GROUPS,
    LOCALITIES,
    MANAGER,
    OWNER,
    ROLES,
    SCHOOLS,
    STAFF,
    TEAMS,
    VILLAGES,
)
from portal.units.proposing.units import Source

CERTAIN, LIKELY, UNSURE = "certain", "likely", "unsure"
_RANK = {CERTAIN: 2, LIKELY: 1, UNSURE: 0}
_KINDS = {
    AGENCIES: "group",
    COMMUNE_BODIES: "commune",
    DISTRICT_BODIES: "district",
    LOCALITIES: "group",
    STAFF: "staff",
    ENTERPRISES: "enterprise",
    TEAMS: "team",
    VILLAGES: "village",
    SCHOOLS: "group",
    CENTRE: "centre",
}
#: The words that say no more than “and those whom it concerns”.
_VAGUE = re.compile(r"\s+(?:khác|(?:có\s+)?liên\s+quan)\b|\s+trong(?=$)", re.IGNORECASE)
SOURCES_KEPT = 5


@dataclass
class Entry:
    """A unit with every writing of its name."""

    key: str
    name: str
    is_group: bool
    confidence: str
    writings: list[str] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    #: Whether the name stands as the regulation's heading or glossary gives it.
    named_officially: bool = False


class Directory:
    """Entries by key, in the order in which the text names them."""

    def __init__(self):
        self.entries = {}
        self.roles = {OWNER: [], MANAGER: [], COORDINATOR: []}

    def take(self, key, words, source, confidence, *, official=False):
        """Note that ``words`` name the unit of ``key``; return its entry."""
        written = tidy_name(_VAGUE.sub("", words))
        name = written_out(written)
        entry = self.entries.get(key)
        if entry is None:
            entry = Entry(key, name, key in GROUPS, confidence, named_officially=official)
            self.entries[key] = entry
        elif _is_fuller(name, entry, official):
            entry.name = name
            entry.named_officially = official
        for each in (name, written):
            if each not in entry.writings:
                entry.writings.append(each)
        if len(entry.sources) < SOURCES_KEPT and source.eid not in {
            known.eid for known in entry.sources
        }:
            entry.sources.append(source)
        if _RANK[confidence] > _RANK[entry.confidence]:
            entry.confidence = confidence
        return entry

    def note(self, mention, source, confidence):
        """Take the units of a mention, except roles and localities that are known by name."""
        for key in mention.keys:
            if key in ROLES or (key == LOCALITIES and self._local_bodies()):
                continue
            words = "Các địa phương" if key == LOCALITIES else mention.words
            if len(mention.keys) > 1 and key in self.entries:
                words = self.entries[key].name
            self.take(key, words, source, confidence)

    def _local_bodies(self):
        return [each for each in (DISTRICT_BODIES, COMMUNE_BODIES) if each in self.entries]

    def give_role(self, role, key):
        """Note that the unit of ``key`` owns, manages or coordinates the centre."""
        if key not in self.roles[role]:
            self.roles[role].append(key)

    def resolve(self, keys):
        """Return the keys of entries that ``keys`` lead to: roles and localities told apart."""
        found = []
        for key in keys:
            found.extend(self._resolve(key))
        return [key for key in dict.fromkeys(found) if key in self.entries]

    def _resolve(self, key):
        if key in ROLES:
            return self.roles[key]
        if key == LOCALITIES:
            return self._local_bodies() or [LOCALITIES]
        return [key]

    def public_keys(self):
        """Return the key that the proposals print for each entry; no two are equal."""
        printed = {}
        for key, entry in self.entries.items():
            slug = slugify_vi(entry.name)
            number = sum(
                known == slug or known.startswith(f"{slug}--") for known in printed.values()
            )
            printed[key] = f"{slug}--{number + 1}" if number else slug
        return printed

    def units(self):
        """Return the entries by the contract, in the order of the text."""
        keys = self.public_keys()
        return [_unit(entry, keys[key]) for key, entry in self.entries.items()]


def _unit(entry, key):
    return {
        "key": key,
        "name": entry.name,
        "short_names": [each for each in entry.writings if each != entry.name],
        "kind": _KINDS.get(entry.key) or kind_of(entry.name),
        "is_group": entry.is_group,
        "sources": [{"eid": source.eid, "words": source.words} for source in entry.sources],
        "confidence": entry.confidence,
    }


def _is_fuller(name, entry, official):
    """Return whether ``name`` says more than the entry's.

    “Các cơ quan, đơn vị” keep the name of their heading: elsewhere the text lists only some. The
    bodies of places say more the longer they are (“UBND cấp xã”, “Ủy ban nhân dân các xã”).
    """
    if entry.is_group and entry.key not in (COMMUNE_BODIES, DISTRICT_BODIES):
        if entry.named_officially != official:
            return official
        if not official:
            return name.count(",") > entry.name.count(",")
        return official and len(name) > len(entry.name)
    return len(name) > len(entry.name)
