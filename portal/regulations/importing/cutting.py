"""Where a block is cut in two: what the places are, which words and lines go to which half."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from portal.regulations.importing.blocks import WORD, body_of, source_body, words_in
from portal.regulations.parsing.grammar import heading_mark, item_mark

SENTENCE_END = re.compile(r"(?:\n+|(?<=[.;:!?…])[”\")\]]*\s+)")
KINDS_OF_MARKS = {"dash": "point"}


@dataclass(frozen=True)
class Place:
    """A place where a block may be cut: its position, and the words before and after it."""

    position: int
    before: str
    after: str


def places_in(block):
    """Return the places between the sentences and lines of a block."""
    body, found, start = body_of(block), [], 0
    for gap in SENTENCE_END.finditer(body):
        if gap.end() < len(body) and gap.start() > 0:
            following = SENTENCE_END.search(body, gap.end())
            end = following.start() if following else len(body)
            found.append(Place(gap.end(), body[start : gap.start()], body[gap.end() : end]))
            start = gap.end()
    return found


def start_of_word(text, position):
    """Return ``position``, or the start of the word that it would cut through."""
    position = max(0, min(position, len(text)))
    inside = (found for found in WORD.finditer(text) if found.start() < position < found.end())
    return next((found.start() for found in inside), position)


def mark_of(text):
    """Return kind, label, mark and the words after it, when ``text`` begins like a part."""
    mark = heading_mark(text) or item_mark(text)
    if mark is None or not text[mark.length :].strip():
        return None
    kind = KINDS_OF_MARKS.get(mark.kind, mark.kind)
    return kind, mark.number or "", mark.printed, text[mark.length :].lstrip()


def cut_origin(block, position):
    """Return the words of the source before and after the place ``position`` of the body."""
    body, origin = body_of(block), source_body(block)
    if "origin" not in block:
        return body[:position].rstrip(), body[position:].lstrip()
    place = _matching_word(words_in(origin), words_in(body), len(words_in(body[:position])))
    starts = [found.start() for found in WORD.finditer(origin)]
    cut = starts[place] if place < len(starts) else len(origin)
    return origin[:cut].rstrip(), origin[cut:].lstrip()


def _matching_word(source, words, count):
    """Return how many words of ``source`` stand for the first ``count`` of ``words``."""
    matcher = SequenceMatcher(None, words, source, autojunk=False)
    for _tag, first, last, source_first, source_last in matcher.get_opcodes():
        if first <= count < last:
            return min(source_first + count - first, source_last)
    return len(source)


def line_of_cut(block, before, source_lines):
    """Return the line of the source on which the words ``before`` end."""
    first, last = block["lines"]
    wanted = len(words_in(block["mark"])) + len(words_in(before))
    for line in range(first, last):
        wanted -= len(words_in(source_lines[line - 1])) if line <= len(source_lines) else 0
        if wanted <= 0:
            return line
    return last
