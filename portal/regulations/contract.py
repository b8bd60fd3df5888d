"""A published text as the structure that ``parse_regulation`` prints.

What reads a parsed file (the proposals of the set-up) reads a published text through this, with
the identifiers that its provisions have.
"""

from portal.regulations.outline import text_of


def structure_of(regulation):
    """Return ``{"decision", "regulation"}`` of the text in force, by the contract's names."""
    return structure_of_text(text_of(regulation))


def structure_of_text(text):
    """Return the structure of a ``RegulationText``: its own articles, and the decision's."""
    decision = [_article(each) for each in text.articles("qd")]
    return {
        "decision": {
            "title": text.decision_title,
            "number": text.document_number,
            "issuer": text.issuer,
            "articles": decision,
        },
        "regulation": {"title": text.title, "divisions": _divisions(text)},
    }


def _divisions(text):
    """Return the headings of the main text in order, each with the articles below it."""
    divisions = []
    for part in text.parts:
        if part.kind == "division" and part.component == "qc":
            divisions.append({"title": part.heading, "number": part.number, "articles": []})
        elif part.kind == "article" and part.component == "qc":
            if not divisions:
                divisions.append({"title": "", "number": "", "articles": []})
            divisions[-1]["articles"].append(_article(part))
    return divisions


def _article(article):
    return {
        "eid": article.eid,
        "number": article.number,
        "title": article.heading,
        "intro": article.intro,
        "clauses": [
            {
                "eid": clause.eid,
                "number": clause.number or None,
                "text": clause.text,
                "points": [
                    {"eid": point.eid, "label": point.label or None, "text": point.text}
                    for point in clause.points
                ],
            }
            for clause in article.clauses
        ],
    }
