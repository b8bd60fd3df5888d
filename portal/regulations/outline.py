"""The clauses and points of an article with their identifiers, addresses and citations.

The reading view, the provision index, the editions and the API all draw on this one outline.
"""

from collections import Counter
from dataclasses import dataclass

from portal.core.models.page import keep_readable
from portal.regulations.citations import (
    article_label,
    clause_label,
    letter_id,
    path_of,
    point_label,
)


@dataclass(frozen=True)
class OutlinePoint:
    """A point: ``label`` is empty for a dash."""

    label: str
    text: str
    eid: str
    citation: str

    @property
    def path(self):
        return path_of(self.eid)


@dataclass(frozen=True)
class OutlineClause:
    """A clause: ``number`` is empty for an unnumbered paragraph."""

    number: str
    text: str
    eid: str
    citation: str
    points: tuple[OutlinePoint, ...]

    @property
    def path(self):
        return path_of(self.eid)


class _Identifiers:
    """Gives each child an identifier; the second of the same name gets ``_2``."""

    def __init__(self, parent):
        self.parent = parent
        self.taken = Counter()

    def take(self, name):
        self.taken[name] += 1
        times = self.taken[name]
        return f"{self.parent}__{name}" if times == 1 else f"{self.parent}__{name}_{times}"


def outline_article(article):
    """Return the article's clauses in order as ``OutlineClause``."""
    identifiers, unnumbered, outline = _Identifiers(article.eid), 0, []
    cited = article_label(article.number, article.component)
    for block in article.clauses:
        number = (block.value.get("number") or "").strip()
        if number:
            eid = identifiers.take(f"khoan_{letter_id(number)}")
        else:
            unnumbered += 1
            eid = identifiers.take(f"khoan_nn_{unnumbered}")
        citation = f"{clause_label(number, unnumbered)} {cited}"
        points = tuple(_outline_points(block.value.get("points") or (), eid, citation))
        outline.append(OutlineClause(number, block.value.get("text") or "", eid, citation, points))
    return tuple(outline)


def _outline_points(points, clause_eid, clause_citation):
    identifiers, dashes = _Identifiers(clause_eid), 0
    for point in points:
        letter = (point.get("label") or "").strip()
        if letter:
            eid = identifiers.take(f"diem_{letter_id(letter)}")
        else:
            dashes += 1
            eid = identifiers.take(f"gach_{dashes}")
        citation = f"{point_label(letter, dashes)} {clause_citation}"
        yield OutlinePoint(letter, point.get("text") or "", eid, citation)


def regulation_pages(regulation, *, live_only=True, request=None):
    """Return the pages below a regulation in reading order, each as its own class.

    With a ``request`` only what its visitor may read.
    """
    pages = regulation.get_descendants().specific()
    if request is not None:
        return list(keep_readable(pages, request))
    return list(pages.live() if live_only else pages)
