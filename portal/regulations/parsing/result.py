"""What parsing gives back: plain dataclasses, each with the source lines it was read from."""

from dataclasses import dataclass, field


@dataclass
class ParsedPoint:
    """A điểm, or a dash (``label`` is None); ``printed`` is its mark as the source prints it.

    ``more`` collects, while an article is read, the paragraphs that go on below it.
    """

    label: str | None
    eid: str
    text: str
    start: int
    end: int
    printed: str = ""
    more: list[str] = field(default_factory=list)


@dataclass
class ParsedClause:
    """A khoản, or an unnumbered paragraph (``number`` is None)."""

    number: str | None
    eid: str
    text: str
    start: int
    end: int
    points: list[ParsedPoint] = field(default_factory=list)
    printed: str = ""
    more: list[str] = field(default_factory=list)


@dataclass
class ParsedFootnote:
    """A note that the source prints apart from the words it explains."""

    mark: str
    text: str
    start: int
    end: int


@dataclass
class ParsedArticle:
    """An Điều; ``number`` is empty for text that stands outside every Điều."""

    number: str
    title: str
    eid: str
    intro: str
    start: int
    end: int
    clauses: list[ParsedClause] = field(default_factory=list)
    footnotes: list[ParsedFootnote] = field(default_factory=list)
    printed: str = ""


@dataclass
class ParsedDivision:
    """A phần, chương, mục or tiểu mục; ``level`` is None for articles before any heading."""

    level: str | None
    number: str | None
    title: str | None
    eid: str | None
    start: int
    end: int
    articles: list[ParsedArticle] = field(default_factory=list)
    printed: str = ""


@dataclass
class ParsedAnnex:
    """A phụ lục, or a further attached part with divisions of its own."""

    label: str
    number: str | None
    title: str
    text: str
    eid: str
    start: int
    end: int
    divisions: list[ParsedDivision] = field(default_factory=list)


@dataclass
class ParsedSigner:
    """Who signed: the capacity lines joined, and the name."""

    capacity: str | None
    name: str | None


@dataclass
class ParsedDecision:
    """The cover instrument, or the head of a document that needs none (then without articles).

    ``spans`` says for each field that holds words from which lines it was read.
    """

    number: str | None = None
    issued_on: str | None = None
    issuer: str | None = None
    title: str = ""
    legal_bases: list[str] = field(default_factory=list)
    articles: list[ParsedArticle] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    signer: ParsedSigner | None = None
    start: int = 1
    end: int = 1
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    basis_lines: list[int] = field(default_factory=list)


@dataclass
class LeftOut:
    """Words of the source that are no part of the structure, and why; ``reason`` is a code."""

    line: int
    text: str
    reason: str
    end: int | None = None


@dataclass
class Lint:
    """Something an editor should look at."""

    code: str
    eid: str | None
    line: int | None
    message: str


@dataclass
class ParsedRegulation:
    """The whole file: ``decision`` is None when it holds the regulation alone.

    ``instrument`` is then the document's own head (number, date, legal bases, signer), if printed.
    """

    title: str = ""
    divisions: list[ParsedDivision] = field(default_factory=list)
    closing_note: str | None = None
    annexes: list[ParsedAnnex] = field(default_factory=list)
    decision: ParsedDecision | None = None
    instrument: ParsedDecision | None = None
    lints: list[Lint] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    start: int = 1
    end: int = 1
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)

    def articles(self):
        """Every article of the regulation proper, in reading order."""
        return [article for division in self.divisions for article in division.articles]
