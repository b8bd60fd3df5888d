"""A parsed text as a few lines that a person can check against the source."""

from portal.regulations.parsing import as_json, parse_text


def outline(text):
    """Return head, structure, lints and what was left out, one fact a line."""
    structure = as_json(parse_text(text))
    regulation = structure["regulation"]
    lines = [*_head(structure["decision"]), *_head(regulation.get("instrument"))]
    lines.append(f"TITLE {regulation['title']}")
    lines.extend(_divisions(regulation["divisions"]))
    if regulation["closing_note"]:
        lines.append(f"NOTE {regulation['closing_note']}")
    for annex in regulation["annexes"]:
        lines.append(f"ANNEX {annex['label']} | {annex['title']} | {_flat(annex['text'])}")
        lines.extend(_divisions(annex["divisions"]))
    lines.extend(f"LINT {x['code']} {x['eid'] or '-'} {x['line']}" for x in structure["lints"])
    lines.extend(f"OUT {x['line']} {x['reason']} {_flat(x['text'])}" for x in structure["left_out"])
    return "\n".join(lines) + "\n"


def _flat(text):
    return text.replace("\n", " ⏎ ")


def _head(head):
    if not head:
        return
    yield f"HEAD {head['number']} | {head['issued_on']} | {head['issuer']} | {head.get('title')}"
    for basis in head["legal_bases"]:
        yield f"  basis {basis}"
    yield from _articles(head.get("articles", ()))
    if head["recipients"]:
        yield f"  to {' | '.join(head['recipients'])}"
    if head["signer"]:
        yield f"  signed {head['signer']['capacity']} | {head['signer']['name']}"


def _divisions(divisions):
    for division in divisions:
        if division["level"]:
            yield f"{division['level']} {division['number']} | {division['title']}"
        yield from _articles(division["articles"])


def _articles(articles):
    for article in articles:
        yield f"  Đ{article['number']} | {article['title']} | {_flat(article['intro'])}"
        for clause in article["clauses"]:
            yield f"    ({clause['number'] or ''}) {_flat(clause['text'])}"
            for point in clause["points"]:
                yield f"      <{point['label'] or '-'}> {_flat(point['text'])}"
        for note in article["footnotes"]:
            yield f"    [{note['mark']}] {note['text']}"
