"""The stage that joins a word and its number ("Điều", "Số:") where a line broke between them."""

import re
from dataclasses import replace

from portal.regulations.parsing.grammar import flat

WORD = re.compile(r"(?:dieu|chuong|muc|tieu muc|phan|phu luc|so\s?:)$")
NUMBER = {
    "so:": re.compile(r"\d[\w.]*\s?/"),
    "dieu": re.compile(r"[\dl]{1,3}[a-z]?\s*(?:[.:]|\[|$)"),
    "phan": re.compile(r"(?:[ivxlc]+|\d+|thu \w+)\b"),
}
DIVISION_NUMBER = re.compile(r"(?:[ivxlc]+|\d{1,2}[a-z]?)(?=[\s.:]|$)")


def mend_split_headings(draft):
    """Join "Điều" and "5. …", "Số:" and "12/QĐ-UBND" when they stand on two lines.

    Reads: lines. Writes: lines.
    """
    lines = []
    for line in draft.lines:
        if lines and _is_cut(lines[-1], line):
            lines[-1] = _joined(lines[-1], line)
        else:
            lines.append(line)
    draft.lines = lines


def _is_cut(line, following):
    word = flat(line.text)
    if not line.text[:1].isupper() or not WORD.match(word):
        return False
    return bool(NUMBER.get(word.replace(" :", ":"), DIVISION_NUMBER).match(flat(following.text)))


def _joined(line, following):
    """Return one line; it stands where its first half stands."""
    shift = len(line.text) + 1
    bold = [(first + shift, last + shift) for first, last in following.bold]
    if line.bold and bold and bold[0][0] == shift:
        bold[0] = (line.bold[0][0], bold[0][1])
    else:
        bold = [*line.bold, *bold]
    return replace(line, text=f"{line.text} {following.text}", bold=bold, end=following.number)
