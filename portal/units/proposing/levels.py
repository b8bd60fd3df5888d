"""On which level of government a proposed unit stands, told from its name and its centre's."""

import re

from portal.core.text import nfc

PROVINCE, DISTRICT, COMMUNE, INTERNAL = "province", "district", "commune", "internal"
#: The lowest level first: “các xã, phường thuộc tỉnh” are communes. “Xã hội” is no place.
_WORDS = (
    (COMMUNE, re.compile(r"\b(?:(?<!thị )xã(?! hội)|phường|thị trấn|đặc khu|thôn|khu phố)\b")),
    (DISTRICT, re.compile(r"\b(?:huyện|quận|thị xã)\b")),
    (PROVINCE, re.compile(r"\btỉnh\b")),
)
#: “Các huyện, thành phố” speaks of what lies below a province, “thành phố” alone of either.
_CITY = re.compile(r"\bthành phố\b")
_LOCAL_BODIES = frozenset({"commune", "district", "authority", "village"})
_OF_THE_CENTRE = frozenset({"division", "office", "police", "group"})


def level_of_centre(name, units):
    """Return the level of a centre by its name; a city's by whether it has sở or phòng."""
    words = _words(name or "")
    for level, pattern in reversed(_WORDS):
        if pattern.search(words):
            return level
    kinds = {unit["kind"] for unit in units if not unit["is_group"]}
    if "department" in kinds:
        return PROVINCE
    return DISTRICT if "division" in kinds else ""


def level_of_unit(unit, centre_level):
    """Return the level of a proposed unit, empty where its name does not tell."""
    words, kind = _words(unit["name"]), unit["kind"]
    if kind in ("staff", "team"):
        return INTERNAL
    if kind == "department":
        return PROVINCE
    if kind == "centre":
        return _level_in(words) or centre_level
    if kind in _LOCAL_BODIES:
        return _level_in(words) or (centre_level if _CITY.search(words) else "")
    return _level_in(words) or (centre_level if kind in _OF_THE_CENTRE else "")


def _words(name):
    return re.sub(r"\s+", " ", nfc(name).lower())


def _level_in(words):
    return next((level for level, pattern in _WORDS if pattern.search(words)), "")
