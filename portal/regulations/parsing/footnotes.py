"""The stages that lift footnotes out of the text and hang them on the article that marks them."""

import re

from portal.regulations.parsing.grammar import heading_mark, is_finished, item_mark, starts_lower
from portal.regulations.parsing.result import LeftOut, ParsedFootnote

NOTE = re.compile(
    r"^(?:\[\^?(?P<bracket>\d{1,3}|\*)\]:?|(?P<super>[¹²³⁰⁴-⁹]+)|(?P<star>\(\*+\)))\s*(?=\S)"
)
MARK = re.compile(r"\[\^?(?:\d{1,3}|\*)\]|[¹²³⁰⁴-⁹]+|\(\*+\)")


def take_out_footnotes(draft):
    """Take out lines that begin with a mark which an earlier line carries in its words.

    Reads: lines. Writes: lines, footnotes.
    """
    kept, note, texts, marks = [], None, {}, set()
    for line in draft.lines:
        found = NOTE.match(line.text)
        mark = found.group(0).rstrip(": ") if found else None
        if mark in marks:
            note = ParsedFootnote(_bare(found), line.text[found.end() :], line.number, line.number)
            draft.footnotes.append((mark, note))
            texts[id(note)] = line
        elif note and _continues_note(note, line):
            note.text, note.end = f"{note.text} {line.text}", line.number
        else:
            if note and kept:
                line.page_before = True
                line.blank_before = line.blank_before or texts[id(note)].blank_before
            note = None
            kept.append(line)
            marks.update(MARK.findall(line.text))
    draft.lines = kept


def _bare(found):
    return found["bracket"] or found["super"] or found["star"]


def _continues_note(note, line):
    if line.blank_before or line.page_before or heading_mark(line.text) or item_mark(line.text):
        return False
    return not is_finished(note.text) and (starts_lower(line.text) or line.text[:1].isdigit())


def place_footnotes(draft):
    """Give each footnote to the first article that carries its mark.

    Reads: footnotes, parsed. Writes: parsed, left_out.
    """
    parsed = draft.parsed
    articles = parsed.articles()
    if parsed.decision:
        articles = [*parsed.decision.articles, *articles]
    for annex in parsed.annexes:
        articles += [article for division in annex.divisions for article in division.articles]
    owners = {}
    for article in articles if draft.footnotes else ():
        for mark in MARK.findall(_marks_of(article)):
            owners.setdefault(mark, article)
    for mark, note in draft.footnotes:
        owner = owners.get(mark)
        if owner:
            owner.footnotes.append(note)
        else:
            text = f"{mark} {note.text}"
            reason = "footnote_without_article"
            draft.left_out.append(LeftOut(note.start, text, reason, note.end))


def _marks_of(article):
    texts = [article.printed, article.title, article.intro]
    for clause in article.clauses:
        texts.append(clause.text)
        texts.extend(point.text for point in clause.points)
    return "\n".join(texts)
