"""The stage that cuts khoản and điểm apart which a source runs on in one paragraph.

A number or letter inside a paragraph counts only where the count of what follows misses it: "2." in
khoản 1 opens khoản 2 when the next khoản is 3 or none, never when khoản 2 stands on its own line.
"""

import re
from dataclasses import replace

from portal.regulations.parsing.grammar import UPPER, item_mark
from portal.regulations.parsing.sequences import LETTERS

CLOSED = r"(?:[.;:!?”\"/)]\s*|\.\s?/\.\s*)"
OPENS = rf"(?=[{UPPER}“\"(])"
STOP = ("part", "chapter", "section", "subsection", "article", "annex", "table")
LOOKAHEAD = 400
FIRST_POINTS = re.compile(r"[:.;]\s*(a\))\s+(?=\S)(?=.*?[;.,:]\s*b\)\s+\S)")


def split_run_on_items(draft):
    """Cut the next khoản or điểm off the paragraph in which it runs on.

    Reads: paragraphs. Writes: paragraphs.
    """
    waiting, done = list(reversed(draft.paragraphs)), []
    while waiting:
        paragraph = waiting.pop()
        position = None if paragraph.is_quoted else _cut_of(paragraph, waiting)
        if position is None:
            done.append(paragraph)
            continue
        first, second = _cut(paragraph, position)
        done.append(first)
        waiting.append(second)
    draft.paragraphs = done


def _cut_of(paragraph, waiting):
    """Return where the next item begins inside ``paragraph``, None if it does not."""
    if paragraph.kind == "clause" and paragraph.number.isdigit():
        point = _first_point(paragraph, waiting)
        clause = _next_clause(paragraph, int(paragraph.number) + 1, waiting)
        found = [position for position in (point, clause) if position is not None]
        return min(found, default=None)
    if paragraph.kind == "point" and paragraph.number in LETTERS:
        return _next_point(paragraph, waiting)
    return None


def _next_clause(paragraph, number, waiting):
    following = _following(waiting, "clause")
    if following == str(number):
        return None
    found = re.search(rf"{CLOSED}({number}[.)])\s?{OPENS}", paragraph.text)
    if not found and following == str(number + 1):
        found = re.search(rf"\s({number}\.)\s{OPENS}", paragraph.text)
    return found.start(1) if found else None


def _first_point(paragraph, waiting):
    if _following(waiting, "point") == "a":
        return None
    found = FIRST_POINTS.search(paragraph.text)
    if not found and _following(waiting, "point") == "b":
        found = re.search(rf"[:.;]\s*(a\))\s{OPENS}", paragraph.text)
    return found.start(1) if found else None


def _next_point(paragraph, waiting):
    place = LETTERS.index(paragraph.number) + 1
    if place == len(LETTERS) or _following(waiting, "point") == LETTERS[place]:
        return None
    found = re.search(rf"[.;:,]\s*({LETTERS[place]}\))\s+(?=\S)", paragraph.text)
    return found.start(1) if found else None


def _following(waiting, kind):
    """Return the number of the next item of ``kind`` before the next heading (or khoản)."""
    for paragraph in waiting[: -LOOKAHEAD - 1 : -1]:
        if paragraph.kind == kind:
            return paragraph.number
        if paragraph.kind in STOP or (kind == "point" and paragraph.kind == "clause"):
            return None
    return None


def _cut(paragraph, position):
    """Return both halves; the second one has its own mark and knows its line."""
    text = paragraph.text[position:]
    mark = item_mark(text)
    own = text[mark.length :].lstrip() if mark else text
    line = paragraph.line_at(position)
    first = replace(
        paragraph,
        capitals=(-1, False),
        text=paragraph.text[:position].rstrip(),
        end=paragraph.line_at(position - 1),
    )
    shift = position + len(text) - len(own)
    second = replace(
        paragraph,
        kind=mark.kind if mark else "text",
        text=own,
        mark=mark,
        start=line,
        bold_until=0,
        is_bold=False,
        blank_before=False,
        capitals=(-1, False),
        breaks=[(max(at - shift, 0), number) for at, number in paragraph.breaks if at > position],
    )
    return first, second
