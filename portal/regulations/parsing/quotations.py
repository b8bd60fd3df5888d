"""Provisions that an amendment quotes: their Điều, khoản and điểm are not the document's own."""

import re

from portal.regulations.parsing.grammar import flat, heading_mark, item_mark, leading_number

OPENING = re.compile(
    r"[“\"„«](?=\s?(?:[ĐÐD]i|[Pp]h|[CcMm]|[Tt]i|\d{1,3}\s?[a-zđ]?\s?[.)/]|\(?[a-zđ]{1,2}[).]|[-–+•]))"
)
CLOSERS = {"“": "”", "„": "”", "«": "»", '"': '"'}
CLOSING = re.compile(r"[”\"»]\s*[.;,]?(?:/\.)?$")
INSTRUCTION = re.compile(r"\b(?:sua doi|bo sung|thay the|bai bo|thay cum tu)\b")
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
        closed, own, end = [], None, None
        depth, opening, closing = 0, found.group(0), CLOSERS[found.group(0)]
        lines = self.lines[position : position + LONGEST]
        for number, line in enumerate(lines):
            text = line.text if number else line.text[found.start() :]
            if number and own is None and _is_article(line, article + 1):
                own = number
            if number and _opens_article(text):
                # No article is quoted within another: the first quotation was left open.
                own = next((n for n in range(number - 1, 0, -1) if _instructs(lines[n])), number)
                return position + own - 1
            if own is None and CLOSING.search(text[-9:]):
                closed.append(number)
            depth += text.count(opening) - (opening != closing) * text.count(closing)
            if depth <= 0 or (opening == closing and depth % 2 == 0):
                end = number
                break
        return self._settle(position, len(lines), closed, own, end)

    def _settle(self, position, length, closed, own, end):
        """Decide between the balanced end, the last mark that closes, and the next own Điều."""
        if end is not None and (own is None or not closed):
            return position + end
        if closed:
            return position + (closed[0] if own is None else closed[-1])
        if own is not None:
            return position + own - 1
        self.searched_until = position + length - 1
        return position - 1


def _opens_article(text):
    found = OPENING.match(text)
    mark = heading_mark(text[found.end() :]) if found else None
    return mark is not None and mark.kind == "article"


def _instructs(line):
    """Say whether a line is the khoản that says what the next quotation changes."""
    mark = item_mark(line.text)
    return mark is not None and mark.kind == "clause" and bool(INSTRUCTION.search(flat(line.text)))


def _is_article(line, number):
    mark = heading_mark(line.text)
    is_article = mark is not None and mark.kind == "article" and mark.firm
    return is_article and leading_number(mark.number) == number
