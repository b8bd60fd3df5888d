"""The text of a regulation as plain data, apart from where it is kept.

Pages, editions and parsed files all become a ``RegulationText``; the reading view, the redline,
the API and every kind of document are made from it and from nothing else (``outline.text_of`` reads
it from pages, ``snapshots`` writes it as the JSON that editions keep, and reads that back).

``id`` tells that two parts of different editions are the same part whatever their numbers say: the
key of a page, the identifier of a block. ``eid`` is the address in one text, by printed numbers.
"""

from dataclasses import dataclass, field, replace

from portal.core.text import slugify_vi
from portal.regulations.citations import article_label, division_label, path_of


class Addressed:
    """What points, clauses and articles share: an address made from their ``eid``."""

    @property
    def path(self):
        """Return the address below the regulation's."""
        return path_of(self.eid)

    @property
    def anchor(self):
        """Return the name of its place in the full text."""
        return self.path.replace("/", "-")


@dataclass(frozen=True)
class Point(Addressed):
    """A điểm; ``label`` is empty for a dash."""

    eid: str
    label: str
    text: str
    citation: str = ""
    id: str = ""

    kind = "point"


@dataclass(frozen=True)
class Clause(Addressed):
    """A khoản; ``number`` is empty for an unnumbered paragraph."""

    eid: str
    number: str
    text: str
    points: tuple[Point, ...] = ()
    citation: str = ""
    id: str = ""

    kind = "clause"


@dataclass(frozen=True)
class Footnote:
    """A note that is printed apart from the words it explains."""

    mark: str
    text: str


@dataclass(frozen=True)
class Article(Addressed):
    """A Điều; ``number`` is empty for text outside every Điều."""

    eid: str
    number: str
    heading: str
    intro: str = ""
    clauses: tuple[Clause, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    component: str = "qc"
    id: str = ""

    kind = "article"

    @property
    def citation(self):
        """Return “Điều 5”, or “Điều 1 Quyết định” for the decision's own."""
        return article_label(self.number, self.component)

    @property
    def title(self):
        """Return number and heading as printed."""
        if not self.number:
            return self.heading
        return f"Điều {self.number}. {self.heading}" if self.heading else f"Điều {self.number}"

    def provisions(self):
        """Yield the article, its clauses and their points, in reading order."""
        yield self
        for clause in self.clauses:
            yield clause
            yield from clause.points


@dataclass(frozen=True)
class Division:
    """A heading over articles: ``level`` is part, chapter, section or subsection."""

    eid: str
    level: str
    number: str
    heading: str
    id: str = ""

    kind = "division"

    @property
    def component(self):
        """Return the part of the document that it belongs to, as articles say it."""
        return self.eid.partition("__")[0]

    @property
    def anchor(self):
        """Return the name of its place in the full text."""
        return path_of(self.eid).replace("/", "-")

    @property
    def label(self):
        """Return “Chương II”."""
        return division_label(self.level, self.number)

    @property
    def title(self):
        """Return label and heading on one line."""
        return f"{self.label}. {self.heading}" if self.heading else self.label


@dataclass(frozen=True)
class Annex:
    """A phụ lục: ``body`` is Markdown-like text with tables; its own articles follow it."""

    eid: str
    label: str
    number: str
    heading: str
    body: str = ""
    id: str = ""

    kind = "annex"

    @property
    def component(self):
        """Return the part of the document that it is."""
        return self.eid

    @property
    def anchor(self):
        """Return the name of its place in the full text."""
        return slugify_vi(self.eid.replace("_", "-"))

    @property
    def title(self):
        """Return label and heading on one line."""
        return (
            f"{self.label}. {self.heading}"
            if self.heading and self.label
            else (self.heading or self.label)
        )


@dataclass(frozen=True)
class RegulationText:
    """A whole text: what its head says, and its parts, flat and in reading order.

    Dates are ISO strings, so that a snapshot reads back equal. ``legal_bases`` and ``recipients``
    are lists as printed.
    """

    title: str
    short_title: str = ""
    document_number: str = ""
    issuer: str = ""
    issued_on: str = ""
    signer_capacity: str = ""
    signer_name: str = ""
    decision_title: str = ""
    legal_bases: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    closing_note: str = ""
    parts: tuple = field(default=())
    has_head: bool = True  #: False where only the parts were kept: editions of format 1

    def articles(self, component=None):
        """Return the articles in reading order, of one component if asked."""
        return [
            part
            for part in self.parts
            if part.kind == "article" and component in (None, part.component)
        ]

    def annexes(self):
        """Return the annexes in reading order."""
        return [part for part in self.parts if part.kind == "annex"]

    def article(self, path):
        """Return the article at this address (``dieu-5``), None if there is none."""
        return next((each for each in self.articles() if each.path == path), None)

    def by_eid(self):
        """Return every article, clause and point by its eid."""
        return {part.eid: part for each in self.articles() for part in each.provisions()}

    def only(self, ids):
        """Return the text with only those articles and annexes whose ``id`` is in ``ids``.

        Headings over nothing go, too.
        """
        kept = [p for p in self.parts if p.kind == "division" or p.id in ids]
        return replace(self, parts=tuple(_without_empty_divisions(kept)))


LEVELS = ("part", "chapter", "section", "subsection")


def _without_empty_divisions(parts):
    """Drop each division that no article follows before a heading of its level or above."""
    kept, open_levels = [], []
    for part in reversed(parts):
        if part.kind != "division":
            open_levels = list(LEVELS)
            kept.append(part)
        elif part.level in open_levels:
            kept.append(part)
            open_levels = open_levels[: LEVELS.index(part.level)]
    return reversed(kept)
