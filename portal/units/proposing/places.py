"""The place whose centre a regulation sets up: its level and its name."""

import re
from dataclasses import dataclass

from portal.core.text import fold_words, nfc

CAPITALS = "".join(
    char for char in map(chr, range(0x41, 0x1EFA)) if char.isalpha() and char.isupper()
)
CAPITAL_WORD = rf"[{CAPITALS}][\w’']*"
LEVEL_WORD = (
    r"(?:cấp\s+tỉnh|cấp\s+huyện|cấp\s+xã|tỉnh|thành\s+phố|TP\.?|huyện|thị\s+xã|quận|thị\s+trấn|"
    r"xã|phường|đặc\s+khu)"
)
#: A level with the name of the place: “huyện Lộc Ninh”, and “xã” alone.
LEVEL_AND_PLACE = rf"(?i:{LEVEL_WORD})(?:\s+{CAPITAL_WORD}(?:\s+{CAPITAL_WORD}){{0,2}})?"
NAMED_PLACE = re.compile(
    rf"(?P<level>(?i:tỉnh|thành\s+phố|TP\.?|huyện|thị\s+xã|quận|thị\s+trấn|xã|phường|đặc\s+khu))"
    rf"\s+(?P<name>{CAPITAL_WORD}(?:\s+{CAPITAL_WORD}){{0,3}})"
)
COMMUNES = frozenset({"xa", "phuong", "thi tran", "dac khu", "cap xa"})
DISTRICTS = frozenset({"huyen", "quan", "thi xa", "thanh pho", "cap huyen"})
PROVINCES = frozenset({"tinh", "cap tinh"})


@dataclass(frozen=True)
class Place:
    """A place by its folded level and name; both empty when nobody knows."""

    level: str = ""
    name: str = ""

    def is_own(self, level):
        """Return whether a name's ``level`` (folded) says no more than the regulation's own."""
        level = level.removeprefix("cap ")
        return not level or level == self.level or not self.level

    def without(self, words):
        """Return folded ``words`` without the place's own name at their end."""
        if self.name and words.endswith(f" {self.name}"):
            return words[: -len(self.name) - 1]
        return words


def level_of(words):
    """Return the folded level that ``words`` begin with, TP written out."""
    folded = fold_words(words)
    return re.sub(r"^tp\b", "thanh pho", folded)


def place_in(text):
    """Return the first ``Place`` that ``text`` names, an empty one when there is none."""
    match = NAMED_PLACE.search(nfc(text))
    if not match:
        return Place()
    return Place(level_of(match["level"]), fold_words(match["name"]))
