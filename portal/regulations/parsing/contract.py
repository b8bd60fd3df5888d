"""The JSON form of a ParsedRegulation, as the parse_regulation command prints it.

Beside what the contract asks for, every part says from which ``lines`` of the source it was read:
first and last, counted from 1.
"""


def as_json(parsed):
    """Return ``parsed`` as the contract's dictionary; ``left_out`` stands beside it."""
    return {
        "decision": _decision(parsed.decision) if parsed.decision else None,
        "regulation": _regulation(parsed),
        "lints": [
            {"code": lint.code, "eid": lint.eid, "line": lint.line, "message": str(lint.message)}
            for lint in parsed.lints
        ],
        "left_out": [
            {"line": item.line, "text": item.text, "reason": item.reason}
            for item in sorted(parsed.left_out, key=lambda item: item.line)
        ],
    }


def _decision(decision):
    return {
        "number": decision.number,
        "issued_on": decision.issued_on,
        "issuer": decision.issuer,
        "title": decision.title,
        "legal_bases": decision.legal_bases,
        "articles": [_article(article) for article in decision.articles],
        "recipients": decision.recipients,
        "signer": (
            {"capacity": decision.signer.capacity, "name": decision.signer.name}
            if decision.signer
            else None
        ),
    }


def _regulation(parsed):
    regulation = {
        "title": parsed.title,
        "divisions": [_division(division) for division in parsed.divisions],
        "closing_note": parsed.closing_note,
        "annexes": [_annex(annex) for annex in parsed.annexes],
    }
    if parsed.instrument:
        head = _decision(parsed.instrument)
        regulation["instrument"] = {
            key: value for key, value in head.items() if key not in ("articles", "title")
        }
    return regulation


def _division(division):
    return {
        "level": division.level,
        "number": division.number,
        "title": division.title,
        "lines": _lines(division),
        "articles": [_article(article) for article in division.articles],
    }


def _article(article):
    return {
        "number": article.number,
        "title": article.title,
        "eid": article.eid,
        "lines": _lines(article),
        "intro": article.intro,
        "clauses": [_clause(clause) for clause in article.clauses],
        "footnotes": [{"mark": note.mark, "text": note.text} for note in article.footnotes],
    }


def _clause(clause):
    return {
        "number": clause.number,
        "eid": clause.eid,
        "lines": _lines(clause),
        "text": clause.text,
        "points": [_point(point) for point in clause.points],
    }


def _point(point):
    return {
        "label": point.label,
        "eid": point.eid,
        "lines": _lines(point),
        "text": point.text,
    }


def _annex(annex):
    return {
        "label": annex.label,
        "number": annex.number,
        "title": annex.title,
        "eid": annex.eid,
        "lines": _lines(annex),
        "text": annex.text,
        "divisions": [_division(division) for division in annex.divisions],
    }


def _lines(part):
    """Return the first and the last line of the source on which ``part`` stands."""
    return [part.start, part.end]
