"""Where a text speaks of units: each mention with its words, its sort and its key.

A key is the form in which two writings of one unit are equal. Units of the centre's own level
lose their level (“Công an huyện” and “Công an”); those of another keep it. Groups have the keys
of ``GROUPS``, the centre itself ``CENTRE``.
"""

import re
from dataclasses import dataclass

from portal.core.text import fold_words
from portal.units.proposing.fields import ABBREVIATION, FIELD, FIELDS, field_key, spelled_out
from portal.units.proposing.places import (
    COMMUNES,
    DISTRICTS,
    LEVEL_AND_PLACE,
    PROVINCES,
    Place,
    level_of,
)
from portal.units.proposing.sentences import LONGEST_READ
from portal.units.proposing.spelling import usual_spelling
from portal.units.proposing.unit_patterns import (
    CENTRE,
    COMMUNE_BODIES,
    COORDINATOR,
    DISTRICT_BODIES,
    ENTERPRISES,
    GROUP_CLASSES,
    MANAGER,
    NAMED,
    OWNER,
    PATTERNS,
    SCHOOLS,
    STAFF,
    TEAMS,
    VILLAGES,
    centre_pattern,
)


@dataclass(frozen=True)
class Mention:
    """Words between ``start`` and ``end`` that name the units of ``keys``."""

    start: int
    end: int
    words: str
    keys: tuple[str, ...]


class Reader:
    """Finds mentions in texts of one regulation, whose place and names it knows."""

    def __init__(self, place=None, *, centre_names=(), unit_names=()):
        self.place = place or Place()
        self.fields = _fields_of(unit_names)
        known = [re.escape(name) for name in sorted(set(unit_names), key=len, reverse=True)]
        patterns = {"centre": centre_pattern(centre_names)}
        patterns |= PATTERNS
        if known:
            flexible = "|".join(re.sub(r"(?:\\ )+", r"\\s+", name) for name in known)
            patterns["known"] = rf"(?i:{flexible})(?!\w)"
        patterns["named"] = NAMED
        self.pattern = re.compile(
            "|".join(rf"(?<!\w)(?P<{name}>{pattern})" for name, pattern in patterns.items())
        )

    def mentions(self, text):
        """Return the mentions of ``text`` from left to right; none overlaps another."""
        found = []
        for match in self.pattern.finditer(usual_spelling(text[:LONGEST_READ])):
            keys = self._keys(match)
            if keys:
                words = re.sub(r"(?:\s+và)?\s*$", "", match[0])
                end = match.start() + len(words)
                found.append(Mention(match.start(), end, text[match.start() : end], keys))
        return found

    def key_of(self, name):
        """Return the keys of a name that stands alone, as in a heading or a glossary."""
        found = self.mentions(name)
        return tuple(key for mention in found for key in mention.keys)

    def _keys(self, match):
        sort = match.lastgroup if match.lastgroup in _READ else None
        sort = sort or next(name for name in _READ if match.groupdict().get(name))
        return _READ[sort](self, match)

    def _level(self, tail):
        """Return a key's ending for a level that is not the regulation's own."""
        words = level_of(tail or "")
        words = self.place.without(words)
        if self.place.is_own(words) or not words:
            return ""
        return f" {words}"

    def _office(self, match):
        words = fold_words(match["office"])
        council_only = not re.search(r"ubnd|uy ban", words)
        return (f"van phong{' hdnd' if council_only else ''}{self._level(match['office_tail'])}",)

    def _committee(self, match):
        tail = match["committee_tail"] or ""
        folded = level_of(tail)
        levels = _levels_in(folded)
        several = len(levels) > 1 or folded.startswith("cac ") or folded.startswith("cap ")
        if several and levels <= COMMUNES and not self._is_own_cap(folded):
            return (COMMUNE_BODIES,)
        if several and levels <= DISTRICTS:
            return (DISTRICT_BODIES,)
        if several and levels <= DISTRICTS | COMMUNES:
            return (DISTRICT_BODIES, COMMUNE_BODIES)
        return (f"ubnd{self._level(tail)}",)

    def _is_own_cap(self, folded):
        return folded == f"cap {self.place.level}"

    def _field(self, match):
        name = match["field_name"]
        if re.fullmatch(ABBREVIATION, name):
            name = spelled_out(name, self.fields)
            if name is None:
                return ()
        head = fold_words(match["field_head"])
        return (f"{head} {field_key(name)}{self._level(match['field_tail'])}",)

    def _body(self, match):
        name = fold_words(match["body_name"]).removeprefix("nganh ")
        return (f"{name}{self._level(match['body_tail'])}",)

    def _plain(self, match):
        words = self.place.without(fold_words(match[0]))
        if self.place.level:
            words = re.sub(rf" {self.place.level}$", "", words)
        return (words,)

    def _role(self, match):
        what = fold_words(match["role_what"])
        if what.startswith("chu"):
            return (OWNER,)
        return (COORDINATOR,) if what.startswith("phoi hop") else (MANAGER,)

    def _group(self, match):
        folded = fold_words(match["group"])
        if re.search(r"\bngoai\b", folded):
            return ()
        return tuple(key for key, pattern in GROUP_CLASSES if pattern.search(folded))

    def _centre(self, match):
        tail = match["centre"]
        level = re.search(rf"{LEVEL_AND_PLACE}$", tail)
        other = self._level(level[0]) if level else ""
        return () if other else (CENTRE,)

    def _named(self, match):
        """A name nobody told us: the centre's when it says so, else kept as it is written."""
        words = fold_words(match["named"])
        if re.search(r"dieu hanh|ioc", words) and words.startswith("trung tam"):
            return (CENTRE,)
        if words.startswith(("trung tam", "to ", "bo phan", "doi ")) and len(words.split()) < 4:
            return ()
        return self._plain(match)


_READ = {
    "centre": Reader._centre,
    "office": Reader._office,
    "committee": Reader._committee,
    "field": Reader._field,
    "body": Reader._body,
    "enterprise": Reader._plain,
    "role": Reader._role,
    "staff": lambda reader, match: (STAFF,),
    "teams": lambda reader, match: (TEAMS,),
    "villages": lambda reader, match: (VILLAGES,),
    "schools": lambda reader, match: (SCHOOLS,),
    "firms": lambda reader, match: (ENTERPRISES,),
    "group": Reader._group,
    "known": Reader._plain,
    "named": Reader._named,
}


def _levels_in(folded):
    found = re.findall(
        r"cap tinh|cap huyen|cap xa|thanh pho|thi xa|thi tran|dac khu|tinh|huyen|quan|xa|phuong",
        folded,
    )
    return frozenset(found) - PROVINCES if len(found) > 1 else frozenset(found)


def _fields_of(names):
    """Return the fields that ``names`` of units end with, so that initials find them first."""
    found = []
    for name in names:
        match = re.match(rf"(?i:sở|phòng|ban)\s+(?P<field>(?i:{FIELD}))", name)
        if match:
            found.append(match["field"])
    return [*found, *FIELDS]
