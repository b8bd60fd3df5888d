"""The stage that gives every part its address: ``qc__dieu_5__khoan_2__diem_dd``.

Scoped by component (``qd`` decision, ``qc`` regulation, ``pl_1`` annex); chapters are not in the
address of an article, because numbers of Điều run through a document. Unnumbered parts are counted
(``khoan_nn_1``, ``gach_1``); a second part with the same address gets ``_2``.
"""

import re

from portal.regulations.parsing.grammar import flat

LEVELS = {"part": "phan", "chapter": "chuong", "section": "muc", "subsection": "tieu_muc"}


def assign_eids(draft):
    """Give eids to divisions, articles, clauses, points and annexes.

    Reads: parsed. Writes: parsed.
    """
    parsed = draft.parsed
    if parsed.decision:
        _address_articles(parsed.decision.articles, "qd", {}, {})
    _address_divisions(parsed.divisions, "qc")
    taken = {}
    for position, annex in enumerate(parsed.annexes, start=1):
        number = clean_number(annex.number) if annex.number else str(position)
        annex.eid = _unique(f"pl_{number}", taken)
        _address_divisions(annex.divisions, annex.eid)


def clean_number(number):
    """Return a printed number as part of an eid: "12Đ" → "12dd", "a.1" → "a-1"."""
    spelled = re.sub("[đĐ]", "dd", number)
    return re.sub(r"[^a-z0-9]+", "-", flat(spelled)).strip("-")


def _unique(eid, taken):
    candidate, count = eid, taken.get(eid, 0) + 1
    while candidate in taken:
        candidate, count = f"{eid}_{count}", count + 1
    taken[candidate] = 1
    taken[eid] = max(taken.get(eid, 1), count - 1)
    return candidate


def _address_divisions(divisions, component):
    taken, counts, above = {}, {}, {}
    for division in divisions:
        if division.level:
            name = LEVELS[division.level]
            number = clean_number(division.number) if division.number else "nn_1"
            order = list(LEVELS)
            above = {k: v for k, v in above.items() if order.index(k) < order.index(division.level)}
            parent = list(above.values())[-1] if above else component
            division.eid = above[division.level] = _unique(f"{parent}__{name}_{number}", taken)
        _address_articles(division.articles, component, taken, counts)


def _address_articles(articles, component, taken, counts):
    for article in articles:
        if article.number:
            eid = f"{component}__dieu_{clean_number(article.number)}"
        else:
            counts["article"] = counts.get("article", 0) + 1
            eid = f"{component}__dieu_nn_{counts['article']}"
        article.eid = _unique(eid, taken)
        _address_clauses(article, taken)


def _address_clauses(article, taken):
    unnumbered = 0
    for clause in article.clauses:
        if clause.number:
            part = f"khoan_{clean_number(clause.number)}"
        else:
            unnumbered += 1
            part = f"khoan_nn_{unnumbered}"
        clause.eid = _unique(f"{article.eid}__{part}", taken)
        dashes = 0
        for point in clause.points:
            dashes += point.label is None
            part = f"gach_{dashes}" if point.label is None else f"diem_{clean_number(point.label)}"
            point.eid = _unique(f"{clause.eid}__{part}", taken)
