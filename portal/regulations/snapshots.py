"""The published text as plain data: what editions freeze and set-up reads."""

from portal.regulations.models import AnnexPage, DivisionPage
from portal.regulations.outline import regulation_pages


def regulation_as_json(regulation):
    """Return the published text as plain data, in reading order."""
    return {
        "title": regulation.title,
        "document_number": regulation.document_number,
        "parts": [
            part_as_json(page)
            for page in regulation_pages(regulation)
            if not isinstance(page, AnnexPage)
        ]
        + [
            {"kind": "annex", "title": page.title, "text": page.body}
            for page in regulation_pages(regulation)
            if isinstance(page, AnnexPage)
        ],
    }


def part_as_json(page):
    """Return a division or an article as plain data."""
    if isinstance(page, DivisionPage):
        return {
            "kind": "division",
            "level": page.level,
            "number": page.number,
            "heading": page.heading,
        }
    return {
        "kind": "article",
        "eid": page.eid,
        "number": page.number,
        "heading": page.heading,
        "intro": page.intro,
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
            for clause in page.outline()
        ],
    }
