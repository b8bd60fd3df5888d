"""The stages that tell the parts of a file apart: decision, regulation, further parts, annexes."""

import re
from dataclasses import dataclass, field

from portal.regulations.parsing.annexes import is_attached_line, read_annex
from portal.regulations.parsing.body import read_body
from portal.regulations.parsing.decision import read_decision
from portal.regulations.parsing.endings import (
    is_capacity,
    is_name,
    read_tail,
    split_closing_note,
    split_tail,
)
from portal.regulations.parsing.grammar import UPPER, flat, is_finished
from portal.regulations.parsing.heads import read_head, split_head
from portal.regulations.parsing.result import LeftOut

TYPES = (
    "BỘ LUẬT|LUẬT|PHÁP LỆNH|HIẾN PHÁP|NGHỊ QUYẾT LIÊN TỊCH|NGHỊ QUYẾT|NGHỊ ĐỊNH|THÔNG TƯ LIÊN TỊCH"
    "|THÔNG TƯ|QUYẾT ĐỊNH|CHỈ THỊ|LỆNH|QUY CHẾ|QUY ĐỊNH|QUY TRÌNH|ĐIỀU LỆ|NỘI QUY|KẾ HOẠCH|ĐỀ ÁN"
    "|CHƯƠNG TRÌNH|HƯỚNG DẪN|PHƯƠNG ÁN|DANH MỤC"
)
TYPE_LINE = re.compile(rf"(?:DỰ THẢO\s+)?(?P<type>{TYPES})(?![{UPPER}\w])(?P<rest>.*)$", re.DOTALL)
ANNEX_LIKE = re.compile(r"^(?:DANH MỤC|BIỂU|BẢNG|MẪU|SƠ ĐỒ)\b")
ENACTING = re.compile(r"^(?:QUYẾT ĐỊNH|QUYẾT NGHỊ)\s*:?\s*$")
HEADINGS = ("part", "chapter", "section", "subsection", "article")


@dataclass
class Component:
    """One part of the file: its kind and its paragraphs."""

    kind: str
    paragraphs: list = field(default_factory=list)


def type_of(paragraph):
    """Return the match of a line that names the kind of a document, in capitals, or None."""
    found = TYPE_LINE.match(paragraph.text.strip()) if paragraph.kind == "text" else None
    if not found or is_finished(paragraph.text) and not ENACTING.match(paragraph.text):
        return None
    return found


def split_components(draft):
    """Split the paragraphs where a further part or an annex begins.

    Reads: paragraphs. Writes: components.
    """
    paragraphs = draft.paragraphs
    borders = _borders(paragraphs)
    first = paragraphs[: borders[0][0]] if borders else paragraphs
    kind = "decision" if _is_cover(first, borders) else "regulation"
    draft.components.append(Component(kind, first))
    for position, (start, kind) in enumerate(borders):
        end = borders[position + 1][0] if position + 1 < len(borders) else len(paragraphs)
        draft.components.append(Component(kind, paragraphs[start:end]))


def _borders(paragraphs):
    """Return where parts begin, as pairs of position and kind."""
    borders, seen = [], _Seen()
    for position, paragraph in enumerate(paragraphs):
        may_restart = not borders and seen.may_restart(paragraph)
        seen.add(paragraph)
        if not seen.articles:
            continue
        if paragraph.kind == "annex":
            borders.append((position, "annex"))
        elif _opens_part(paragraphs, position) and not _titles_annex(paragraphs, position, borders):
            borders.append((position, "part"))
        elif may_restart:
            borders.append((_restart_of(paragraphs, position), "part"))
        elif seen.ended and not borders and is_attached_line(paragraph):
            start = _restart_of(paragraphs, position)
            if start < position:
                borders.append((start, _kind_of_rest(paragraphs[position:])))
        elif seen.ended and _opens_list(paragraph, borders):
            borders.append((position, "annex"))
    return borders


class _Seen:
    """What has been read so far: how many articles, whether something was enacted and ended."""

    def __init__(self):
        self.articles, self.first = 0, None
        self.enacted = self.ended = False

    def add(self, paragraph):
        """Take one more paragraph in."""
        if paragraph.kind == "article":
            self.articles += 1
            self.first = self.first or paragraph
        elif paragraph.kind == "text" and ENACTING.match(paragraph.text):
            self.enacted = True
        self.ended = self.ended or paragraph.text.rstrip().endswith("./.")

    def may_restart(self, paragraph):
        """Say whether Điều 1 comes a second time after the few articles of a decision."""
        if paragraph.kind != "article" or paragraph.number not in ("1", "01"):
            return False
        return 1 <= self.articles <= 9 and (self.enacted or _mentions_attachment([self.first]))


def _kind_of_rest(paragraphs):
    """Tell a further part with articles from a list or form, which is an annex."""
    return "part" if any(p.kind == "article" for p in paragraphs) else "annex"


def _opens_list(paragraph, borders):
    """Say whether a table or form in capitals follows the end, without the word Phụ lục."""
    is_open = bool(borders) and borders[-1][1] == "annex"
    return paragraph.is_capitals() and bool(ANNEX_LIKE.match(paragraph.text)) and not is_open


def _opens_part(paragraphs, position):
    """Say whether a kind of document is named here and its articles or its reference follow."""
    paragraph = paragraphs[position]
    found = type_of(paragraph)
    if not found or ENACTING.match(paragraph.text) or _is_title_of_division(paragraphs, position):
        return False
    for following in paragraphs[position + 1 : position + 9]:
        if is_attached_line(following):
            return True
        if following.kind in HEADINGS:
            return _starts_again(following)
        if following.kind != "text" or is_finished(following.text):
            return False
    return False


def _titles_annex(paragraphs, position, borders):
    """Say whether only capitals stand between an annex's heading and here: its title goes on."""
    if not borders or borders[-1][1] != "annex":
        return False
    return all(
        p.is_capitals() or is_attached_line(p) for p in paragraphs[borders[-1][0] + 1 : position]
    )


def _is_title_of_division(paragraphs, position):
    before = paragraphs[position - 1] if position else None
    return bool(before) and before.kind in HEADINGS[:4] and not before.text


def _starts_again(paragraph):
    return (
        paragraph.kind != "article"
        and paragraph.number in ("I", "1", "i")
        or (paragraph.kind == "article" and paragraph.number in ("1", "01"))
    )


def _restart_of(paragraphs, position):
    """Go back from a second Điều 1 over the headings that stand before it."""
    while position and (
        paragraphs[position - 1].kind in HEADINGS[:4]
        or (paragraphs[position - 1].kind == "text" and _is_heading_like(paragraphs, position - 1))
    ):
        position -= 1
    return position


def _is_heading_like(paragraphs, position):
    paragraph = paragraphs[position]
    if is_attached_line(paragraph):
        return True
    signs = position > 0 and is_capacity(paragraphs[position - 1].text)
    is_signer = is_name(paragraph.text) and (signs or not paragraph.is_capitals())
    if is_capacity(paragraph.text) or is_signer:
        return False
    return paragraph.is_capitals() or bool(paragraph.depth)


def _is_cover(paragraphs, borders):
    """Say whether the first part is a decision that only puts another part into force."""
    enacted = any(
        ENACTING.match(p.text) or (type_of(p) and type_of(p)["type"] == "QUYẾT ĐỊNH")
        for p in paragraphs
        if p.kind == "text"
    )
    articles = [p for p in paragraphs if p.kind == "article"]
    if not articles or any(p.kind == "chapter" for p in paragraphs):
        return False
    has_part = any(kind == "part" for _position, kind in borders)
    return (enacted and (has_part or _mentions_attachment(articles))) or (
        has_part and _mentions_attachment(articles)
    )


def _mentions_attachment(articles):
    return any("kem theo" in flat(paragraph.text) for paragraph in articles[:1])


def read_components(draft):
    """Read each part by its kind into the result.

    Reads: components. Writes: parsed, left_out.
    """
    parsed = draft.parsed
    parsed.left_out = draft.left_out
    parsed.end = max(draft.text.count("\n") + 1, 1)
    is_read = False
    for component in draft.components:
        if component.kind == "decision":
            parsed.decision = read_decision(component.paragraphs, draft.left_out)
        elif component.kind in ("regulation", "part") and not is_read:
            _read_regulation(component, draft)
            is_read = True
        elif component.paragraphs:
            parsed.annexes.append(read_annex(component.paragraphs, draft.left_out))


def _read_regulation(component, draft):
    """Read head, body and end of the regulation proper."""
    parsed = draft.parsed
    paragraphs = component.paragraphs
    if not paragraphs:
        return
    parsed.start, parsed.end = paragraphs[0].start, paragraphs[-1].end
    head, rest = split_head(paragraphs, is_attached=parsed.decision is not None)
    body, tail = split_tail(rest)
    body, note = split_closing_note(body)
    own = read_head(head, draft.left_out, parsed.decision)
    parsed.title, own.title = own.title, ""
    parsed.spans = {"title": own.spans.pop("title", (parsed.start, parsed.start))}
    read_tail(tail, own, draft.left_out)
    if parsed.decision is None and (
        own.number or own.issued_on or own.issuer or own.legal_bases or own.recipients or own.signer
    ):
        parsed.instrument = own
    elif parsed.decision is not None:
        _keep_words(own, draft.left_out)
    if note:
        parsed.closing_note = "\n".join(paragraph.whole() for paragraph in note)
        parsed.spans["closing_note"] = (note[0].start, note[-1].end)
    parsed.divisions = read_body(body)


def _keep_words(own, left_out):
    """List what a second head or signature says, as the result has one place for it only."""
    for name, texts in (
        ("issuer", [own.issuer]),
        ("legal_bases", own.legal_bases),
        ("recipients", own.recipients),
        ("signer", [own.signer.capacity, own.signer.name] if own.signer else []),
    ):
        start, end = own.spans.get(name, (own.start, own.end))
        left_out.extend(LeftOut(start, text, f"second_{name}", end) for text in texts if text)
