"""From a working copy back to a structure, by the parser's own classes and rules."""

from dataclasses import dataclass, field

from portal.regulations.importing.blocks import DIVISIONS, name_of, source_body
from portal.regulations.parsing import (
    LeftOut,
    ParsedAnnex,
    ParsedArticle,
    ParsedClause,
    ParsedDecision,
    ParsedDivision,
    ParsedFootnote,
    ParsedPoint,
    ParsedRegulation,
    ParsedSigner,
    as_json,
)
from portal.regulations.parsing.eids import assign_eids
from portal.regulations.parsing.grammar import heading_mark, item_mark
from portal.regulations.parsing.pipeline import Draft


@dataclass
class Structure:
    """A ParsedRegulation, and for each block the part that was made of it."""

    parsed: ParsedRegulation
    parts: list = field(default_factory=list)

    def eids(self):
        """Return the identifier of each block's part by the block's id."""
        return {block["id"]: part.eid for block, part in self.parts}


def structure_from_blocks(working):
    """Return the structure that a working copy stands for, addresses included."""
    structure = _build(working, working["head"], _Corrected)
    assign_eids(Draft("", parsed=structure.parsed))
    return structure


def structure_as_read(working):
    """Return the structure with every word as the source has it, edited or not.

    Only for the proof that no word of the source is lost. It strikes what was left out off its
    lines, one after the other: the narrow ones first, as a wide one may reach around them.
    """
    structure = _build(working, working["read"], _AsRead)
    structure.parsed.left_out.sort(
        key=lambda item: ((item.end or item.line) - item.line, item.line)
    )
    return structure


def corrected_json(working):
    """Return the corrected text by the contract of the parser."""
    return as_json(structure_from_blocks(working).parsed)


def _build(working, head, builder_class):
    read = working["read"]
    parsed = ParsedRegulation(
        title=head["regulation_title"],
        closing_note=head["closing_note"] or None,
        start=read["lines"][0],
        end=read["lines"][1],
        spans={name: tuple(span) for name, span in read["spans"].items()},
    )
    parsed.spans.setdefault("closing_note", (parsed.end, parsed.end))
    parsed.left_out = [
        LeftOut(item["line"], item["text"], item["reason"], item["end"])
        for item in working["left_out"]
    ]
    structure = Structure(parsed)
    builder = builder_class(structure)
    of_decision = [block for block in working["blocks"] if block["component"] == "qd"]
    _add_head(parsed, head, read, has_articles=bool(of_decision))
    if of_decision:
        divisions = builder.divisions(of_decision)
        parsed.decision.articles = [a for division in divisions for a in division.articles]
    parsed.divisions = builder.divisions(
        [block for block in working["blocks"] if block["component"] == "qc"]
    )
    for blocks in _annexes(working["blocks"]):
        parsed.annexes.append(builder.annex(blocks))
    return structure


def _annexes(blocks):
    """Return the annexes, each with the blocks that hang below it."""
    annexes = []
    for block in blocks:
        if block["kind"] == "annex":
            annexes.append([block])
        elif block["component"] == "annex":
            annexes[-1].append(block)
    return annexes


def _add_head(parsed, head, read, has_articles):
    """Put the head where it belongs: to a cover decision, or to the document itself."""
    own = ParsedDecision(
        number=head["number"] or None,
        issued_on=head["issued_on"] or None,
        issuer=head["issuer"] or None,
        title=head["title"],
        legal_bases=list(head["legal_bases"]),
        recipients=list(head["recipients"]),
        signer=_signer(head),
        start=read["head_lines"][0],
        end=read["head_lines"][1],
        spans={name: tuple(span) for name, span in read["head_spans"].items()},
    )
    lines = read["basis_lines"][: len(own.legal_bases)]
    own.basis_lines = lines + [own.start] * (len(own.legal_bases) - len(lines))
    says_something = any(
        (own.number, own.issued_on, own.issuer, own.legal_bases, own.recipients, own.signer)
    )
    if head["is_decision"] or has_articles or own.title:
        parsed.decision = own
    elif says_something:
        parsed.instrument = own


def _signer(head):
    capacity, name = head["signer_capacity"] or None, head["signer_name"] or None
    return ParsedSigner(capacity, name) if capacity or name else None


class _Builder:
    """Hangs blocks one below the other, and notes which part was made of which block."""

    def __init__(self, structure):
        self.parts = structure.parts

    def divisions(self, blocks):
        """Return the divisions of one component, flat and in reading order."""
        divisions = []
        for block in blocks:
            if block["kind"] in DIVISIONS:
                divisions.append(self._division(block))
                continue
            if not divisions:
                divisions.append(ParsedDivision(None, None, None, None, *block["lines"]))
            self._hang(block, divisions[-1])
        return divisions

    def annex(self, blocks):
        """Return an annex with the divisions below it."""
        first = blocks[0]
        title, text = self.words_of(first)
        annex = ParsedAnnex(
            self.label_of(first),
            first["label"] or None,
            title,
            text,
            "",
            *first["lines"],
        )
        self.parts.append((first, annex))
        annex.divisions = self.divisions(blocks[1:])
        annex.end = max([annex.end, *(division.end for division in annex.divisions)])
        return annex

    def _division(self, block):
        title, text = self.words_of(block)
        division = ParsedDivision(
            block["kind"],
            block["label"] or None,
            title or text or None,
            None,
            *block["lines"],
            printed=block["mark"],
        )
        self.parts.append((block, division))
        return division

    def _hang(self, block, division):
        if block["kind"] in ("article", "text"):
            division.articles.append(self._article(block))
        else:
            if not division.articles:
                division.articles.append(ParsedArticle("", "", "", "", *block["lines"]))
            self._hang_below(block, division.articles[-1])
        article = division.articles[-1]
        article.footnotes += [ParsedFootnote(**note) for note in block.get("footnotes", ())]
        article.end = max(article.end, block["lines"][1])
        division.end = max(division.end, article.end)

    def _article(self, block):
        title, text = self.words_of(block)
        article = ParsedArticle(
            block["label"], title, "", text, *block["lines"], printed=block["mark"]
        )
        self.parts.append((block, article))
        return article

    def _hang_below(self, block, article):
        _title, text = self.words_of(block)
        place = (block["label"] or None, "", text, *block["lines"])
        if block["kind"] == "clause":
            part = ParsedClause(*place, printed=block["mark"])
            article.clauses.append(part)
        else:
            part = ParsedPoint(*place, printed=block["mark"])
            if not article.clauses:
                article.clauses.append(ParsedClause(None, "", "", *block["lines"]))
            article.clauses[-1].points.append(part)
            article.clauses[-1].end = max(article.clauses[-1].end, block["lines"][1])
        self.parts.append((block, part))


class _Corrected(_Builder):
    """Takes numbers and words as they now stand."""

    def words_of(self, block):
        return block["title"], block["text"]

    def label_of(self, block):
        """Return what an annex is called: as printed, unless it got its number or kind here."""
        mark = block["mark"]
        found = heading_mark(mark) or item_mark(mark) if mark else None
        is_own = mark and "label_read" not in block and (found is None or found.kind == "annex")
        return mark if is_own else name_of(block)


class _AsRead(_Builder):
    """Takes marks and words as the source has them."""

    def words_of(self, block):
        return "", source_body(block)

    def label_of(self, block):
        return block["mark"]
