"""Numbers that come twice or are missing, for divisions, articles, khoản and điểm."""

import re

from django.utils.translation import gettext

from portal.regulations.parsing.grammar import flat
from portal.regulations.parsing.result import Lint

LETTERS = list("abcdđeghiklmnopqrstuvxy")
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
ORDINALS = ["nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi"]


def ordinal(number):
    """Return the place of a printed number (5, 12a, IV, "thứ hai"), None if it has none."""
    plain = flat(number)
    digits = re.match(r"\d+", plain)
    if digits:
        return int(digits.group(0))
    if plain.startswith("thu "):
        word = plain.split()[-1]
        return ORDINALS.index(word) + 1 if word in ORDINALS else None
    if plain and all(letter in ROMAN for letter in plain):
        values = [ROMAN[letter] for letter in plain]
        pairs = zip(values, [*values[1:], 0], strict=True)
        return sum(-value if value < after else value for value, after in pairs)
    return None


def article_faults(articles):
    """Yield duplicates and gaps among articles and below each of them."""
    numbered = [(a.number, a.eid, a.start) for a in articles if a.number]
    yield from _number_faults(numbered, must_start=False)
    for article in articles:
        clauses = [(c.number, c.eid, c.start) for c in article.clauses if c.number]
        yield from _number_faults(clauses, must_start=True)
        for clause in article.clauses:
            yield from _letter_faults(clause)


def _number_faults(numbered, must_start):
    seen, last = set(), 0 if must_start else None
    for number, eid, line in numbered:
        place = ordinal(number)
        if number in seen:
            message = gettext("Number %(number)s comes a second time.") % {"number": number}
            yield Lint("duplicate_number", eid, line, message)
        elif last is not None and place is not None and place > last + 1:
            message = gettext("Number %(number)s follows %(before)s.") % {
                "number": number,
                "before": last,
            }
            yield Lint("gap_in_numbers", eid, line, message)
        elif last is not None and place is not None and place < last:
            message = gettext("Number %(number)s stands behind %(before)s.") % {
                "number": number,
                "before": last,
            }
            yield Lint("number_out_of_order", eid, line, message)
        seen.add(number)
        last = max(place or 0, last or 0)


def _letter_faults(clause):
    seen, last = set(), -1
    for point in clause.points:
        label = "đ" if point.label == "dd" else point.label
        if label is None or not (label in LETTERS or label == "f"):
            continue
        if label in seen:
            message = gettext("Letter %(label)s comes a second time.") % {"label": point.label}
            yield Lint("duplicate_number", point.eid, point.start, message)
        place = LETTERS.index(label) if label in LETTERS else LETTERS.index("g")
        if label not in seen and place > last + 1 and not _skips_only_dd(last, place):
            message = gettext("Letter %(label)s comes too early.") % {"label": point.label}
            yield Lint("gap_in_numbers", point.eid, point.start, message)
        if label not in seen and place < last:
            message = gettext("Letter %(label)s comes too late.") % {"label": point.label}
            yield Lint("point_out_of_order", point.eid, point.start, message)
        seen.add(label)
        last = max(place, last)


def _skips_only_dd(last, place):
    """Say whether only đ is left out between d and e, as foreign lists do."""
    return LETTERS[last : last + 1] == ["d"] and place == last + 2


def division_faults(divisions):
    """Yield chapters and sections whose numbers repeat, jump or are missing."""
    last = {}
    order = ("part", "chapter", "section", "subsection")
    levels = {division.level for division in divisions}
    open_levels = set()
    for division in divisions:
        if division.level is None:
            continue
        level = order.index(division.level)
        open_levels = {name for name in open_levels if order.index(name) < level}
        above = order[level - 1] if level > 1 else None
        if above and above not in open_levels and (above in levels or level == 3):
            message = gettext("This heading skips a level: none stands directly above it.")
            yield Lint("level_jump", division.eid, division.start, message)
        open_levels.add(division.level)
        place = ordinal(division.number) if division.number else None
        yield from _division_faults(division, place, last.get(level, 0))
        below = level if level != 0 else 1
        last = {key: value for key, value in last.items() if key <= below}
        if place is not None:
            last[level] = max(place, last.get(level, 0))


def _division_faults(division, place, last):
    names = {"number": division.number or "", "before": last}
    if division.number is None:
        message = gettext("This heading has no number.")
        yield Lint("chapter_gap", division.eid, division.start, message)
    elif place is not None and place > last + 1:
        message = gettext("Number %(number)s follows %(before)s.") % names
        yield Lint("chapter_gap", division.eid, division.start, message)
    elif place is not None and 0 < place <= last:
        message = gettext("Number %(number)s comes a second time.") % names
        yield Lint("duplicate_number", division.eid, division.start, message)
