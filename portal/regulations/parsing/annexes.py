"""Annexes: heading, title, and text as it stands or articles of their own."""

import re

from portal.regulations.parsing.body import read_body
from portal.regulations.parsing.grammar import flat, is_finished
from portal.regulations.parsing.heads import HEADINGS
from portal.regulations.parsing.result import LeftOut, ParsedAnnex

ATTACHED = re.compile(
    r"^(?:\(\s*(?:duoc\s+)?(?:ban hanh\s+)?(?:kem\s+)?theo|(?:ban hanh\s+)?kem\s+theo)\b.*"
    r"(?:quyet dinh|nghi quyet|thong tu|quy che|quy dinh|nghi dinh|luat|cong van|ke hoach)"
)


def is_attached_line(paragraph):
    """Say whether a paragraph is the line "(Kèm theo Quyết định số …)"."""
    return paragraph.kind == "text" and bool(ATTACHED.match(flat(paragraph.text)))


def read_annex(paragraphs, left_out):
    """Read an annex: its heading and title, then text as it stands or articles of its own."""
    first = paragraphs[0]
    label, title, used = _annex_heading(paragraphs)
    rest = paragraphs[used:]
    attached = [p for p in rest[:2] if is_attached_line(p)]
    for paragraph in attached:
        left_out.append(
            LeftOut(paragraph.start, paragraph.whole(), "attachment_line", paragraph.end)
        )
    rest = [p for p in rest if p not in attached]
    annex = ParsedAnnex(label, first.number, title, "", "", first.start, paragraphs[-1].end)
    if any(p.kind == "article" for p in rest):
        annex.divisions = read_body(rest)
    else:
        annex.text = "\n".join(line for paragraph in rest for line in _lines(paragraph))
    return annex


def _lines(paragraph):
    """Yield a paragraph as an annex keeps it: below the heading of a table a rule of dashes."""
    yield paragraph.whole()
    if paragraph.is_head_row:
        yield f"|{' --- |' * (paragraph.text.count('|') - 1)}"


def _is_short_title(paragraph):
    text = paragraph.text
    return text[:1].isupper() and len(text) < 150 and not is_finished(text)


def _annex_heading(paragraphs):
    """Return label and title of an annex and how many paragraphs they take."""
    first = paragraphs[0]
    if first.kind in HEADINGS:
        return "", "", 0
    if first.kind == "annex":
        label, titles = first.printed, [first.text] if first.text else []
    else:
        label, titles = first.text, []
    used = 1
    for paragraph in paragraphs[1:6]:
        is_title = paragraph.kind == "text" and (
            paragraph.is_capitals()
            or ((paragraph.is_bold or paragraph.depth) and not is_finished(paragraph.text))
            or (not titles and _is_short_title(paragraph))
        )
        if not is_title or is_attached_line(paragraph):
            break
        titles.append(paragraph.text)
        used += 1
    return label, " ".join(titles), used
