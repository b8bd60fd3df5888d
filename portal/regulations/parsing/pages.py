"""The stage that takes out page numbers and what is printed again on every page."""

import re
from collections import Counter

from portal.regulations.parsing.grammar import (
    flat,
    heading_mark,
    is_finished,
    is_open_ended,
    item_mark,
    starts_lower,
)
from portal.regulations.parsing.leftovers import leave_out_lines

PAGE_NUMBER = re.compile(r"^(?:[-–—|\s]*|trang\s+|page\s+)(\d{1,3})(?:\s*/\s*\d{1,3})?[-–—|\s]*$")
PLAIN_NUMBER = re.compile(r"^\d{1,3}$")
GAZETTE = re.compile(r"^(?:\d+\s+)?cong bao/so\b")


def leave_out_page_marks(draft):
    """Leave out page numbers and the headers that come again on every page.

    Reads: lines. Writes: lines, left_out.
    """
    drop = {
        position
        for position, line in enumerate(draft.lines)
        if _is_page_number(line) or GAZETTE.match(flat(line.text))
    }
    plain = [n for n, line in enumerate(draft.lines) if PLAIN_NUMBER.match(line.text)]
    if _look_like_pages(draft.lines, plain):
        drop.update(plain)
    headers = _running_headers(draft.lines, drop)
    leave_out_lines(draft, headers, "running_header", is_page=True)
    leave_out_lines(draft, drop - headers, "page_number", is_page=True, shift=headers)


def _is_page_number(line):
    text = flat(line.text)
    return bool(PAGE_NUMBER.match(text)) and not PLAIN_NUMBER.match(text) and not line.is_table


def _look_like_pages(lines, positions):
    """Say whether lone numbers rise like page numbers and stand apart like pages."""
    numbers = [int(lines[position].text) for position in positions]
    if not numbers or any(a >= b for a, b in zip(numbers, numbers[1:], strict=False)):
        return False
    gaps = [b - a for a, b in zip(positions, positions[1:], strict=False)]
    return not gaps or sum(gaps) / len(gaps) > 4


def _running_headers(lines, drop):
    """Return positions of short lines that stand beside page breaks and come again.

    Three times beside a page break is enough for any line. A line that is no heading, item or
    sentence needs to come but twice there, or to repeat the title, which stands on two lines.
    """
    beside = {
        position
        for position, line in enumerate(lines)
        if line.page_before or position - 1 in drop or position + 1 in drop
    } - drop
    texts = [flat(line.text) for line in lines]
    everywhere, counts = Counter(texts), Counter(texts[position] for position in beside)
    titles = {f"{first} {second}" for first, second in zip(texts, texts[1:], strict=False)}
    found = set()
    for position in beside:
        text = texts[position]
        if not lines[position].text[0].isupper() or heading_mark(lines[position].text):
            continue
        if text not in titles and _titles_heading(lines, position):
            continue
        comes_often = counts[text] >= 3 or (
            counts[text] == everywhere[text] == 2
            and _is_bare(lines[position].text)
            and not _runs_on(lines, position)
        )
        if comes_often or (text in titles and _is_bare(lines[position].text)):
            found.add(position)
    return found


def _titles_heading(lines, position):
    """Say whether a line stands right below a heading without a title of its own."""
    before = next((n for n in range(position - 1, -1, -1) if not _is_number(lines[n])), None)
    mark = heading_mark(lines[before].text) if before is not None else None
    return mark is not None and mark.length >= len(lines[before].text)


def _is_number(line):
    return bool(PLAIN_NUMBER.match(line.text)) or _is_page_number(line)


def _runs_on(lines, position):
    """Say whether the next line goes on in mid-sentence, as it does within a paragraph."""
    following = lines[position + 1].text if position + 1 < len(lines) else ""
    return starts_lower(following) or following[:1].isdigit()


def _is_bare(text):
    """Say whether a line is some words, neither sentence nor item of a list."""
    is_open = is_finished(text) or is_open_ended(text)
    return 10 <= len(text) <= 120 and not is_open and item_mark(text) is None
