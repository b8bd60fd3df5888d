"""From what the parser found to a working copy."""

from dataclasses import asdict

from portal.regulations.importing.blocks import make_block
from portal.regulations.parsing import parse_text

HEAD_TEXTS = ("number", "issued_on", "issuer", "title")


def working_copy_of(parsed):
    """Return the working copy of a ParsedRegulation: head, blocks, what was left out.

    ``read`` keeps the head as it was read; only the proof that no word is lost looks at it.
    """
    blocks = blocks_from_structure(parsed)
    for number, block in enumerate(blocks, start=1):
        block["id"] = f"m{number}"
    left_out = [asdict(item) for item in sorted(parsed.left_out, key=lambda item: item.line)]
    for number, item in enumerate(left_out, start=len(blocks) + 1):
        item["id"] = f"m{number}"
    head = _head(parsed)
    return {
        "head": head,
        "read": {**head, **_places(parsed)},
        "blocks": blocks,
        "left_out": left_out,
        "next_id": len(blocks) + len(left_out) + 1,
    }


def read_again(source_text):
    """Return a fresh working copy of a source text."""
    return working_copy_of(parse_text(source_text))


def _head(parsed):
    own = parsed.decision or parsed.instrument
    signer = own.signer if own else None
    return {
        "is_decision": parsed.decision is not None,
        **{name: (getattr(own, name) if own else "") or "" for name in HEAD_TEXTS},
        "legal_bases": list(own.legal_bases) if own else [],
        "recipients": list(own.recipients) if own else [],
        "signer_capacity": (signer.capacity if signer else "") or "",
        "signer_name": (signer.name if signer else "") or "",
        "regulation_title": parsed.title,
        "closing_note": parsed.closing_note or "",
    }


def _places(parsed):
    own = parsed.decision or parsed.instrument
    return {
        "has_head": own is not None,
        "head_lines": [own.start, own.end] if own else [1, 1],
        "head_spans": {name: list(span) for name, span in own.spans.items()} if own else {},
        "basis_lines": list(own.basis_lines) if own else [],
        "lines": [parsed.start, parsed.end],
        "spans": {name: list(span) for name, span in parsed.spans.items()},
    }


def blocks_from_structure(parsed):
    """Return the parts of a ParsedRegulation as blocks in reading order, not yet numbered."""
    blocks = []
    for article in parsed.decision.articles if parsed.decision else ():
        blocks.extend(_article_blocks(article, "qd"))
    blocks.extend(_division_blocks(parsed.divisions, "qc"))
    for annex in parsed.annexes:
        lines = _own_lines(annex, annex.divisions)
        blocks.append(
            make_block(
                "annex",
                "annex",
                lines,
                label=annex.number,
                mark=annex.label,
                title=annex.title,
                text=annex.text,
            )
        )
        blocks.extend(_division_blocks(annex.divisions, "annex"))
    return blocks


def _division_blocks(divisions, component):
    for division in divisions:
        if division.level:
            yield make_block(
                division.level,
                component,
                _own_lines(division, division.articles),
                label=division.number,
                mark=division.printed,
                title=division.title,
            )
        for article in division.articles:
            yield from _article_blocks(article, component)


def _article_blocks(article, component):
    found = []
    if article.number or article.intro or article.title:
        found.append(
            make_block(
                "article" if article.number else "text",
                component,
                _own_lines(article, article.clauses),
                label=article.number,
                mark=article.printed,
                title=article.title,
                text=article.intro,
            )
        )
    for position, clause in enumerate(article.clauses):
        found.extend(_clause_blocks(clause, component, is_first=position == 0))
    if article.footnotes and found:
        found[0]["footnotes"] = [asdict(note) for note in article.footnotes]
    return found


def _clause_blocks(clause, component, is_first):
    """Yield a clause and its points; dashes directly below an article need no clause of words."""
    if clause.number or clause.text or not clause.points or not is_first:
        yield make_block(
            "clause",
            component,
            _own_lines(clause, clause.points),
            label=clause.number,
            mark=clause.printed,
            text=clause.text,
        )
    for point in clause.points:
        yield make_block(
            "point",
            component,
            (point.start, point.end),
            label=point.label,
            mark=point.printed,
            text=point.text,
        )


def _own_lines(part, children):
    """Return the lines of a part without those of its children."""
    if not children:
        return part.start, part.end
    return part.start, max(part.start, min(children[0].start - 1, part.end))
