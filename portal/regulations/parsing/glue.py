"""The stage that cuts lines in which a heading was glued to its neighbour."""

import re

from portal.regulations.parsing.grammar import (
    UPPER,
    flat,
    heading_mark,
    is_upper,
)

ARTICLE_INSIDE = re.compile(r"dieu\s*\d{1,3}[a-z]?\s*(?:\[\d+\]\s*)?[.:]")
DIVISION_INSIDE = re.compile(r"(?:phan|chuong|tieu muc|muc)\s+(?:[ivxlc]+|\d+|thu \w+)\b")
FIRST_CLAUSE = re.compile(rf"\D(1[.)])\s?(?=[{UPPER}])")
LONGEST_TITLE = 300
COUNTED = re.compile(r"\b(?:khoan|dieu|muc|so|phu luc|quy|cap|loai|nhom|giai doan|phan|chuong)$")
CLOSED = re.compile(r"[.;!?/)”\"]\s*$")


def split_glued_headings(draft):
    """Cut a line where a bold run, a finished sentence or a capital title meets a heading.

    Reads: lines. Writes: lines.
    """
    lines = []
    for line in draft.lines:
        if line.is_table:
            lines.append(line)
            continue
        for part in _cut_headings(line):
            lines.extend(_cut_first_clause(part))
    draft.lines = lines


def _cut_headings(line):
    plain, starts = flat(line.text), {first for first, _last in line.bold}
    cuts = {
        found.start()
        for pattern in (ARTICLE_INSIDE, DIVISION_INSIDE)
        for found in pattern.finditer(plain)
        if found.start() > 0 and _is_glued(line, starts, found, pattern)
    }
    return _parts(line, cuts)


def _is_glued(line, starts, found, pattern):
    """Say whether the heading found inside a line is one, not a reference."""
    start, text = found.start(), line.text
    if not text[start].isupper() or (text[start - 1].isalpha() and start not in starts):
        return False
    before = text[max(start - LONGEST_TITLE, 0) : start]
    after = text[found.end() : found.end() + LONGEST_TITLE].lstrip()
    if start in starts and (pattern is ARTICLE_INSIDE or is_upper(after[:20]) or not after):
        return True
    if pattern is ARTICLE_INSIDE:
        opens = not after or bool(re.match(rf"[{UPPER}\[]", after))
        return opens and (bool(CLOSED.search(before[-9:])) or _ends_title(before, start))
    title = after.split(" Điều ")[0]
    if not (is_upper(title) or (title and not after)):
        return False
    return bool(CLOSED.search(before[-9:])) or _ends_title(before, start)


def _ends_title(before, start):
    """Say whether what stands before is a phần, chương or mục with its title in capitals."""
    mark = heading_mark(before) if start <= LONGEST_TITLE else None
    if mark is None or mark.kind in ("article", "annex"):
        return False
    rest = before[mark.length :]
    return not rest.strip() or is_upper(rest)


def _parts(line, cuts):
    if not cuts:
        return [line]
    borders = [0, *sorted(cuts), len(line.text)]
    parts = [line.cut(a, b) for a, b in zip(borders, borders[1:], strict=False)]
    return [part for part in parts if part.text]


def _cut_first_clause(line):
    """Cut khoản 1 off a heading when they share one line."""
    mark = heading_mark(line.text)
    if mark and mark.kind == "article" and mark.firm:
        starts = {first for first, _last in line.bold}
        candidates = FIRST_CLAUSE.finditer(line.text, mark.length - 1)
        found = next((c for c in candidates if c[0][0].isspace() or c.start(1) in starts), None)
        if found and not COUNTED.search(flat(line.text[: found.start()])):
            return _parts(line, {found.start(1)})
    return [line]
