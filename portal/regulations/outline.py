"""From pages to a ``RegulationText``: the one reading of what editors keep in pages and blocks."""

from collections import Counter
from dataclasses import replace

from portal.core.models.page import keep_readable
from portal.regulations.citations import article_label, clause_label, letter_id, point_label
from portal.regulations.structure import (
    Annex,
    Article,
    Clause,
    Division,
    Footnote,
    Point,
    RegulationText,
)

LEVEL_IDS = {"part": "phan", "chapter": "chuong", "section": "muc", "subsection": "tieu_muc"}


class Identifiers:
    """Gives parts their eids; the second of the same name below one parent gets ``_2``."""

    def __init__(self):
        self._taken = Counter()

    def take(self, parent, name):
        """Return the eid of a part called ``name`` below ``parent``."""
        eid = f"{parent}__{name}" if parent else name
        self._taken[eid] += 1
        times = self._taken[eid]
        return eid if times == 1 else f"{eid}_{times}"

    def count(self, parent, name):
        """Return the eid of a part without a number: the first ends in ``_1``."""
        self._taken[parent, name] += 1
        return f"{parent}__{name}_{self._taken[parent, name]}"


def regulation_pages(regulation, *, live_only=True, request=None):
    """Return the pages below a regulation in reading order, each as its own class.

    With a ``request`` only what its visitor may read.
    """
    pages = regulation.get_descendants().specific()
    if request is not None:
        return list(keep_readable(pages, request))
    return list(pages.live() if live_only else pages)


def body_of(regulation, *, live_only=True, request=None, pages=None):
    """Return the text of a regulation's pages without its head, annexes behind everything else.

    ``pages`` are the pages below it where the caller has them already.
    """
    if pages is None:
        pages = regulation_pages(regulation, live_only=live_only, request=request)
    return RegulationText(
        title=regulation.title,
        short_title=regulation.short_title,
        document_number=regulation.document_number,
        parts=tuple(parts_of(pages)),
    )


def text_of(regulation, *, live_only=True, request=None, pages=None):
    """Return the whole text of a regulation's pages; arguments as for ``body_of``."""
    return replace(
        body_of(regulation, live_only=live_only, request=request, pages=pages),
        issuer=regulation.issuer,
        issued_on=regulation.issued_on.isoformat() if regulation.issued_on else "",
        signer_capacity=regulation.signer_capacity,
        signer_name=regulation.signer_name,
        decision_title=regulation.decision_title,
        legal_bases=tuple(basis.text for basis in regulation.legal_bases.all()),
        recipients=tuple(line for line in regulation.recipients.splitlines() if line.strip()),
        closing_note=regulation.closing_note,
    )


def parts_of(pages):
    """Yield the parts that ``pages`` hold, with the eids that their printed numbers give."""
    identifiers = Identifiers()
    annexes = [page for page in pages if page.kind == "annex"]
    inside = {page.pk: annex for annex in annexes for page in pages if page.is_descendant_of(annex)}
    main = [page for page in pages if page.kind != "annex" and page.pk not in inside]
    yield from _parts(main, "qc", identifiers)
    for ordinal, annex in enumerate(annexes, start=1):
        eid = identifiers.take("", f"pl_{letter_id(annex.number) or ordinal}")
        yield Annex(eid, annex.label, annex.number, annex.heading, annex.body, id=str(annex.pk))
        below = [page for page in pages if inside.get(page.pk) == annex]
        yield from _parts(below, eid, identifiers)


def _parts(pages, component, identifiers):
    above = []
    for page in pages:
        if page.kind == "article":
            yield article_of(page, eid=_article_eid(page, component, identifiers))
            continue
        above = [each for each in above if page.path.startswith(each[0])]
        parent = above[-1][1] if above else component
        number = letter_id(page.number) or "nn_1"
        eid = identifiers.take(parent, f"{LEVEL_IDS[page.level]}_{number}")
        above.append((page.path, eid))
        yield Division(eid, page.level, page.number, page.heading, id=str(page.pk))


def _article_eid(page, component, identifiers):
    component = "qd" if page.component == "qd" else component
    if page.number:
        return identifiers.take(component, f"dieu_{letter_id(page.number)}")
    return identifiers.count(component, "dieu_nn")


def article_of(page, eid=None):
    """Return the ``Article`` of one page, at the eid that its last publication gave it."""
    eid = eid or page.eid
    component = eid.partition("__")[0]
    return Article(
        eid=eid,
        number=page.number,
        heading=page.heading,
        intro=page.intro,
        clauses=tuple(_clauses(page.clauses, eid, article_label(page.number, component))),
        footnotes=tuple(
            Footnote(note.value.get("mark") or "", note.value.get("text") or "")
            for note in page.footnotes
        ),
        component=component,
        id=str(page.pk or ""),
    )


def _clauses(blocks, article_eid, cited):
    identifiers, unnumbered = Identifiers(), 0
    for block in blocks:
        number = (block.value.get("number") or "").strip()
        unnumbered += not number
        name = f"khoan_{letter_id(number)}" if number else f"khoan_nn_{unnumbered}"
        eid = identifiers.take(article_eid, name)
        citation = f"{clause_label(number, unnumbered)} {cited}"
        points = tuple(_points(block.value["points"], eid, citation))
        yield Clause(eid, number, block.value.get("text") or "", points, citation, block.id or "")


def _points(points, clause_eid, clause_citation):
    identifiers, dashes = Identifiers(), 0
    for block in getattr(points, "bound_blocks", ()):
        label = (block.value.get("label") or "").strip()
        dashes += not label
        eid = identifiers.take(
            clause_eid, f"diem_{letter_id(label)}" if label else f"gach_{dashes}"
        )
        citation = f"{point_label(label, dashes)} {clause_citation}"
        # ``id`` would be invented at every reading where a list was stored without identifiers.
        yield Point(eid, label, block.value.get("text") or "", citation, block.original_id or "")
