"""Provisions that an amendment quotes: their Điều, khoản and điểm are not the document's own."""

import re

from portal.regulations.parsing.grammar import heading_mark, item_mark, leading_number

OPENING = re.compile(r"[“\"„«]")
CLOSERS = {"“": "”", "„": "”", "«": "»", '"': '"'}
CLOSING = re.compile(r"[”\"»]\s*[.;,]?(?:/\.)?$")
LONGEST = 400


class Quotations:
    """Knows, while the lines are read in order, which of them stand inside a quotation."""

    def __init__(self, lines):
        self.lines = lines
        self.first = self.last = -1
        self.searched_until = -1

    def holds(self, position):
        """Say whether the line at ``position`` is quoted."""
        return self.first <= position <= self.last

    def opens_part(self, position):
        """Say whether a quoted line begins a provision, khoản or điểm of the quoted text."""
        text = OPENING.sub("", self.lines[position].text, count=1)
        return self.holds(position) and bool(heading_mark(text) or item_mark(text))

    def look_at(self, position, article):
        """See whether a quotation opens on this line; ``article`` is the number read last."""
        if position <= max(self.last, self.searched_until):
            return
        text = self.lines[position].text
        for found in OPENING.finditer(text):
            inner = text[found.end() : found.end() + 40]
            if heading_mark(inner) or item_mark(inner):
                self.first = position + (found.start() > 0)
                self.last = self._end(position, found, article)
                return

    def _end(self, position, found, article):
        """Return the line that closes the quotation; one left open ends before the next Điều."""
        lines = self.lines[position : position + LONGEST]
        texts = [line.text for line in lines]
        texts[0] = texts[0][found.start() :]
        end = _balanced_end(texts, found.group(0))
        own = next(
            (n for n, line in enumerate(lines) if n and _is_article(line, article + 1)), len(lines)
        )
        if end is not None and end < own:
            return position + end
        closed = [n for n, text in enumerate(texts[:own]) if CLOSING.search(text)]
        if closed:
            return position + (closed[0] if end is None and own == len(lines) else closed[-1])
        if end is not None:
            return position + end
        if own < len(lines):
            return position + own - 1
        self.searched_until = position + len(lines) - 1
        return position - 1


def _is_article(line, number):
    mark = heading_mark(line.text)
    is_article = mark is not None and mark.kind == "article" and mark.firm
    return is_article and leading_number(mark.number) == number


def _balanced_end(texts, opening):
    """Return the first line after which every opened quotation mark is closed, or None."""
    closing, depth = CLOSERS[opening], 0
    for position, text in enumerate(texts):
        if closing == opening:
            depth = (depth + text.count(closing)) % 2
        else:
            depth += text.count(opening) - text.count(closing)
        if depth <= 0:
            return position
    return None
