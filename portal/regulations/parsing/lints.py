"""The stage that says what an editor should look at; codes are stable, messages are sentences."""

import re

from django.utils.translation import gettext

from portal.regulations.parsing.eids import LEVELS
from portal.regulations.parsing.grammar import flat
from portal.regulations.parsing.result import Lint
from portal.regulations.parsing.sequences import article_faults, division_faults
from portal.regulations.parsing.superseded import superseded_in
from portal.regulations.parsing.words import words_unplaced

ANNEX_NAMED = re.compile(r"\bphu luc(?:\s+(?:so\s+)?([ivxlc]+|\d+))?\b")
ATTACHED_LIST = re.compile(
    r"\b(?:bieu|mau|danh muc|bang|so do)\b[^.;()]{0,70}?\bkem theo\b"
    r"(?!\s+(?:quyet dinh so|nghi|thong tu|luat))"
)
ELSEWHERE = re.compile(
    r"^[^.;]{0,40}?\b(?:nghi dinh|thong tu|luat|quyet dinh so|nghi quyet|cong van|hop dong)\b"
)


def collect_lints(draft):
    """Look through the result and list what an editor should look at, in reading order.

    Reads: text, parsed. Writes: parsed.
    """
    parsed = draft.parsed
    found = []
    for check in (_head_lints, _basis_lints, _structure_lints, _depth_lints, _annex_lints):
        found.extend(check(draft))
    found.extend(_word_lints(draft.text, parsed))
    parsed.lints = sorted(found, key=lambda lint: (lint.line is None, lint.line or 0))


def _head_lints(draft):
    parsed = draft.parsed
    head = parsed.decision or parsed.instrument
    if head is None:
        return
    line = _blank_line(parsed, head)
    if head.number is None and (parsed.decision or line is not None):
        yield Lint("blank_number", None, line, gettext("The number of the document is blank."))
    if head.issued_on is None and (parsed.decision or line is not None):
        yield Lint("blank_date", None, line, gettext("The date of the document is blank."))
    if parsed.decision and not parsed.divisions:
        message = gettext("The decision puts a part into force that is not in the text.")
        yield Lint("attachment_absent", None, head.end, message)


def _blank_line(parsed, head):
    """Return the first line that has a place for number or date."""
    reasons = ("number_and_date_line", "attachment_line")
    lines = [item.line for item in parsed.left_out if item.reason in reasons]
    return min(lines, default=head.start if parsed.decision else None)


def _basis_lints(draft):
    head = draft.parsed.decision or draft.parsed.instrument
    if head is None:
        return
    for line, basis in zip(head.basis_lines, head.legal_bases, strict=True):
        for row in superseded_in(basis):
            message = gettext("%(name)s was replaced by %(replaced_by)s on %(since)s.") % {
                "name": row.name,
                "replaced_by": row.replaced_by,
                "since": row.since,
            }
            yield Lint("superseded_legal_basis", None, line, message)


def _structure_lints(draft):
    parsed = draft.parsed
    decision = parsed.decision.articles if parsed.decision else []
    yield from article_faults(decision)
    yield from division_faults(parsed.divisions)
    yield from article_faults(parsed.articles())
    for annex in parsed.annexes:
        yield from division_faults(annex.divisions)
        yield from article_faults([a for division in annex.divisions for a in division.articles])
    for article in parsed.articles():
        yield from _title_lints(article)


def _title_lints(article):
    if not article.number:
        message = gettext("This text stands outside every article.")
        yield Lint("text_outside_article", article.eid, article.start, message)
    elif not article.title:
        message = gettext("Article %(number)s has no title.") % {"number": article.number}
        yield Lint("untitled_article", article.eid, article.start, message)
    if article.number and not article.intro and not article.clauses:
        message = gettext("Article %(number)s has no text.") % {"number": article.number}
        yield Lint("empty_article", article.eid, article.start, message)
    for clause in article.clauses:
        if clause.number and not clause.text and not clause.points:
            message = gettext("Clause %(number)s has no text.") % {"number": clause.number}
            yield Lint("empty_clause", clause.eid, clause.start, message)


def _depth_lints(draft):
    """Name, for each kind, the first heading marked deeper or shallower than its like."""
    usual, reported = {}, set()
    for paragraph in draft.paragraphs:
        if not paragraph.depth or paragraph.kind not in (*LEVELS, "article"):
            continue
        known = usual.setdefault(paragraph.kind, paragraph.depth)
        if paragraph.depth != known and paragraph.kind not in reported:
            reported.add(paragraph.kind)
            message = gettext("“%(heading)s” is marked at another depth than its like.") % {
                "heading": paragraph.printed
            }
            yield Lint("heading_depth_jump", None, paragraph.start, message)


def _annex_lints(draft):
    """Name annexes that the text announces and the file does not hold, each once."""
    parsed = draft.parsed
    present = {flat(annex.number) for annex in parsed.annexes if annex.number}
    reported = set()
    for eid, line, text in _texts(parsed):
        for announced in _announced(text, bool(parsed.annexes)):
            if announced in reported or announced in present:
                continue
            reported.add(announced)
            message = gettext("The text announces an annex that is not in the file.")
            yield Lint("annex_announced_but_absent", eid, line, message)


def _announced(text, has_annexes):
    """Yield the number of each annex that ``text`` announces, "" for one without a number."""
    plain = flat(text)
    for found in ANNEX_NAMED.finditer(plain):
        if not ELSEWHERE.match(plain[found.end() :]) and (found[1] or not has_annexes):
            yield found[1] or ""
    if not has_annexes and ATTACHED_LIST.search(plain):
        yield ""


def _texts(parsed):
    """Yield eid, line and words of every piece of the regulation."""
    for article in parsed.articles():
        yield article.eid, article.start, f"{article.title} {article.intro}"
        for clause in article.clauses:
            yield clause.eid, clause.start, clause.text
            for point in clause.points:
                yield point.eid, point.start, point.text
    if parsed.closing_note:
        yield None, parsed.spans["closing_note"][0], parsed.closing_note


def _word_lints(text, parsed):
    missing = words_unplaced(text, parsed)
    by_line = {}
    for item in missing:
        by_line.setdefault(item.line, []).append(item.word)
    for line, words in by_line.items():
        message = gettext("These words of the source have no place: %(words)s") % {
            "words": " ".join(words)
        }
        yield Lint("words_unplaced", None, line, message)
