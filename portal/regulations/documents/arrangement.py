"""A text arranged as the decree on clerical work prints it: what stands where, in which words.

Every format draws the same arrangement, so that a line is on the PDF exactly when it is in the
DOCX, the Markdown and the XML. The words here are the decree's (NĐ 30/2020, Phụ lục I and III), the
same in every language of the interface.
"""

import re
from dataclasses import dataclass
from datetime import date

from portal.core.formats import format_date_long
from portal.regulations.annex_blocks import annex_blocks
from portal.regulations.documents.heads import (
    agency_of,
    authority_of,
    instrument_kind,
    name_of,
    place_of,
    signature_lines,
    split_title,
)
from portal.regulations.structure import LEVELS, Annex, Footnote, RegulationText

ENACTING_WORDS = {"Quyết định": "QUYẾT ĐỊNH:", "Nghị quyết": "QUYẾT NGHỊ:"}
#: A table with so many columns needs the page on its side.
WIDE_COLUMNS = 7
#: So many letters of 14 pt fit on a line.
ONE_LINE = 66


@dataclass(frozen=True)
class Piece:
    """A run of words, or the place of a footnote."""

    text: str = ""
    note: Footnote | None = None


@dataclass(frozen=True)
class Placed:
    """A division or an article, and how many headings stand over it."""

    part: object
    depth: int

    @property
    def heading_level(self):
        """Return the level of its heading below the title, as HTML and Word count."""
        return min(self.depth + 2, 6)


@dataclass(frozen=True)
class Section:
    """An instrument, or the text that it issues: a title of its own and parts below it."""

    kind: str
    subject: str
    attached_by: str = ""
    parts: tuple[Placed, ...] = ()

    @property
    def attached_lines(self):
        """Return by what it was issued, the authority on a line of its own."""
        return _before_authority(self.attached_by)


@dataclass(frozen=True)
class PlacedAnnex:
    """An annex with what stands below it; ``is_wide`` when a table needs the page on its side."""

    annex: Annex
    attached_by: str
    blocks: tuple
    parts: tuple[Placed, ...] = ()

    @property
    def attached_lines(self):
        """Return to what it belongs, the authority on a line of its own."""
        return _before_authority(self.attached_by)

    @property
    def is_wide(self):
        """Tell whether the page has to lie on its side."""
        return any(block.rows and len(block.rows[0]) >= WIDE_COLUMNS for block in self.blocks)


@dataclass(frozen=True)
class Arrangement:
    """A document from its first line to its last.

    ``sections`` holds the cover instrument, if the text has one, and the text. What closes an
    instrument (signature, recipients) closes the first section when there is a cover, and the
    last otherwise. An ``excerpt`` has neither head nor closing. Number and date of an instrument
    that has none yet are dots, as on a form; a text of which nothing is known has not even them.
    """

    text: RegulationText
    excerpt: str
    agency: tuple[str, ...]
    number: str
    number_line: str
    place_and_date: str
    authority: str
    enacting_word: str
    sections: tuple[Section, ...]
    annexes: tuple[PlacedAnnex, ...]
    signature: tuple[str, ...]

    @property
    def has_cover(self):
        """Tell whether the instrument that issues the text stands before it."""
        return len(self.sections) > 1

    @property
    def is_closed(self):
        """Tell whether there is anything to close the instrument with."""
        return not self.excerpt and bool(
            self.signature or self.text.signer_name or self.text.recipients
        )

    @property
    def closed_sections(self):
        """Return the section below which signature and recipients stand, if any."""
        return self.sections[:1] if self.is_closed else ()

    @property
    def headings(self):
        """Return what a table of contents lists of the text itself, a cover left out."""
        return self.sections[-1].parts

    @property
    def recipients(self):
        """Return the lines of “Nơi nhận”: “- …;”, the last with a full stop."""
        lines = [re.sub(r"^[-–—]\s*|[;.,\s]+$", "", line) for line in self.text.recipients]
        ends = [";"] * (len(lines) - 1) + ["."]
        return [f"- {line}{end}" for line, end in zip(lines, ends, strict=bool(lines))]


def arrange(text, *, excerpt=""):
    """Return the arrangement of ``text``; ``excerpt`` says what a chosen part of it is."""
    kind, subject = split_title(text.title)
    instrument = instrument_kind(text.document_number)
    placed, annexes = _placed_parts(text)
    cover = [each for each in placed if getattr(each.part, "component", "") == "qd"]
    body = [each for each in placed if each not in cover]
    is_attached = bool(cover) or (instrument and kind and instrument != kind)
    attached_by = _attached_by(text, instrument) if is_attached else ""
    sections = [Section(kind or "", subject, attached_by, tuple(body))]
    if cover:
        instrument = instrument or "Quyết định"
        own = Section(instrument, _sentence(text.decision_title), "", tuple(cover))
        sections = [own, *sections] if body or not excerpt else [own]
    issued_on = date.fromisoformat(text.issued_on) if text.issued_on else None
    is_instrument = bool(cover or text.issuer or text.document_number or text.issued_on)
    return Arrangement(
        text=text,
        excerpt=excerpt,
        agency=agency_of(text.issuer),
        number=text.document_number,
        number_line=f"Số: {text.document_number or '…'}" if is_instrument else "",
        place_and_date=_place_and_date(place_of(text.issuer), issued_on) if is_instrument else "",
        authority=authority_of(text.issuer),
        enacting_word=ENACTING_WORDS.get(instrument, "") if cover and not excerpt else "",
        sections=tuple(sections),
        annexes=tuple(_placed_annexes(text, annexes, kind or instrument or "")),
        signature=signature_lines(text.signer_capacity),
    )


def _placed_parts(text):
    """Return the parts before the first annex, and those from it on."""
    first = next((n for n, part in enumerate(text.parts) if part.kind == "annex"), len(text.parts))
    return list(_with_depths(text.parts[:first])), text.parts[first:]


def _with_depths(parts):
    above = []
    for part in parts:
        if part.kind == "division":
            rank = LEVELS.index(part.level)
            above = [each for each in above if each < rank]
            yield Placed(part, len(above))
            above.append(rank)
        else:
            depth = 0 if getattr(part, "component", "") == "qd" else len(above)
            yield Placed(part, depth)


def _placed_annexes(text, parts, kind):
    groups = []
    for part in parts:
        if part.kind == "annex":
            groups.append((part, []))
        else:
            groups[-1][1].append(part)
    attached_by = f"(Kèm theo {kind})" if kind and text.articles() else ""
    if text.document_number:
        attached_by = _attached_by(text, instrument_kind(text.document_number)).replace(
            "Ban hành kèm theo", "Kèm theo"
        )
    for annex, below in groups:
        blocks = tuple(annex_blocks(annex.body))
        yield PlacedAnnex(annex, attached_by, blocks, tuple(_with_depths(below)))


def _attached_by(text, instrument):
    words = [f"Ban hành kèm theo {instrument or 'Quyết định'}"]
    if text.document_number:
        words.append(f"số {text.document_number}")
    if text.issued_on:
        words.append(format_date_long(date.fromisoformat(text.issued_on)))
    if text.issuer:
        words.append(f"của {name_of(text.issuer)}")
    return f"({' '.join(words)})"


def _before_authority(words):
    before, of, authority = words.rpartition(" của ")
    return [before, f"{of.strip()} {authority}"] if of and len(words) > ONE_LINE else [words]


def _place_and_date(place, day):
    words = format_date_long(day) if day else "ngày … tháng … năm …"
    return f"{place}, {words}" if place else words[:1].upper() + words[1:]


def _sentence(title):
    return title[:1].upper() + title[1:]


def pieces(text, notes):
    """Return ``text`` cut where it carries the mark of one of the ``notes``, marks left out."""
    found = sorted(
        (text.find(mark), mark, note) for note in notes for mark in [mark_in(text, note)] if mark
    )
    result, at = [], 0
    for place, mark, note in found:
        if place >= at:
            result += [Piece(text=text[at:place]), Piece(note=note)]
            at = place + len(mark)
    result.append(Piece(text=text[at:]))
    return [piece for piece in result if piece.text or piece.note]


def mark_in(text, note):
    """Return how ``text`` carries the mark of the note; empty when it does not."""
    marks = [f"[^{note.mark}]", f"[{note.mark}]"]
    if not note.mark.isdigit() or not note.mark.isascii():
        marks.append(note.mark)
    return next((mark for mark in marks if note.mark and mark in text), "")


def loose_notes(article):
    """Return the footnotes whose mark no words of the article carry."""
    texts = [article.heading, article.intro]
    for clause in article.clauses:
        texts += [clause.text, *(point.text for point in clause.points)]
    return [note for note in article.footnotes if not any(mark_in(t, note) for t in texts)]
