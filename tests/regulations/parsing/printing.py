"""How a regulation gets onto a page: blocks first, then one of many broken ways to write them."""

import random
import textwrap
import unicodedata
from dataclasses import dataclass

WORDS = {"part": "Phần", "chapter": "Chương", "section": "Mục", "subsection": "Tiểu mục"}
DEPTHS = {"division": 2, "article": 3, "title": 1}


@dataclass
class Block:
    """One paragraph to be printed: its kind, its mark, its words."""

    kind: str
    mark: str
    text: str

    def whole(self):
        return f"{self.mark} {self.text}".strip()


def blocks_of(regulation):
    """Yield the paragraphs of a file in reading order."""
    if regulation.decision:
        yield from _decision_blocks(regulation.decision)
    yield Block("title", "", "QUY CHẾ")
    yield Block("title", "", regulation.title.removeprefix("QUY CHẾ "))
    if regulation.decision:
        day = "/".join(reversed(regulation.decision.issued_on.split("-")))
        reference = f"(Kèm theo Quyết định số {regulation.decision.number} ngày {day})"
        yield Block("reference", "", reference)
    for division in regulation.divisions:
        if division.level:
            mark = f"{WORDS[division.level]} {division.number}"
            yield Block("division", mark, division.title)
        for article in division.articles:
            yield from _article_blocks(article)
    for number, title, text in regulation.annexes:
        yield Block("division", f"PHỤ LỤC {number}", title)
        yield Block("text", "", text)


def _decision_blocks(decision):
    year, month, day = decision.issued_on.split("-")
    yield Block("head", "", f"Số: {decision.number}")
    yield Block("head", "", f"Hà Nội, ngày {day} tháng {month} năm {year}")
    yield Block("title", "", "QUYẾT ĐỊNH")
    yield Block("title", "", decision.title)
    yield Block("title", "", decision.issuer)
    for basis in decision.bases:
        yield Block("text", "", basis)
    yield Block("title", "", "QUYẾT ĐỊNH:")
    for article in decision.articles:
        yield from _article_blocks(article)
    yield Block("head", "", "Nơi nhận:")
    for recipient in decision.recipients:
        yield Block("item", "-", f"{recipient};")
    yield Block("head", "", decision.capacity)
    yield Block("head", "", decision.name)


def _article_blocks(article):
    mark = f"Điều {article.number}."
    if article.title:
        yield Block("article", mark, article.title)
        if article.intro:
            yield Block("text", "", article.intro)
    else:
        yield Block("run-in", mark, article.intro)
    for clause in article.clauses:
        if clause.number:
            yield Block("item", f"{clause.number}.", clause.text)
        elif clause.text:
            yield Block("text", "", clause.text)
        for point in clause.points:
            yield Block("item", f"{point.label})" if point.label else "-", point.text)


@dataclass(frozen=True)
class Style:
    """A way to print; every field is one thing that conversions do to a text."""

    markup: str = "none"  # none, bold, bold mark, hashes
    two_lines: bool = False
    spacing: str = "spaced"  # spaced, tight
    width: int = 0
    breaks_pages: bool = False
    glues: bool = False
    decomposes: bool = False
    headers: str = ""
    article: str = "Điều {}."
    clause: str = "{}."
    point: str = "{})"
    capital_words: bool = False
    newline: str = "\n"
    blank: str = " "
    seed: int = 0


def write(regulation, style):
    """Return the text of ``regulation`` in ``style``."""
    chance = random.Random(style.seed)
    paragraphs = [_lines_of(block, style, chance) for block in blocks_of(regulation)]
    if style.glues:
        paragraphs = _glue(paragraphs)
    gap = "\n\n" if style.spacing == "spaced" else "\n"
    text = gap.join("\n".join(lines) for lines in paragraphs)
    if style.breaks_pages:
        text = _break_pages(text, style, chance)
    if style.blank != " ":
        text = "".join(
            style.blank if letter == " " and chance.random() < 0.2 else letter for letter in text
        )
    if style.decomposes:
        text = unicodedata.normalize("NFD", text)
    return text.replace("\n", style.newline)


def hides_borders(regulation, style):
    """Say whether two paragraphs meet where the first one fills its last line.

    Without empty lines nobody could tell them from one paragraph.
    """
    if not style.width or style.spacing == "spaced":
        return False
    blocks = list(blocks_of(regulation))
    for block, following in zip(blocks, blocks[1:], strict=False):
        last = textwrap.wrap(block.whole(), style.width)[-1]
        room = style.width - len(last) - 1
        if not following.mark and len(following.text.split(" ")[0]) + 8 > room:
            return True
    return False


def _lines_of(block, style, chance):
    """Return the lines of one paragraph."""
    is_heading = block.kind in DEPTHS
    mark = _spelled(block, style)
    lines = [f"{mark} {block.text}".strip()]
    if style.two_lines and block.kind in ("division", "article"):
        lines = [mark, block.text]
    if style.width:
        lines = [piece for line in lines for piece in textwrap.wrap(line, style.width)]
    if style.markup == "hashes" and is_heading:
        depth = max(1, DEPTHS[block.kind] + chance.choice((-1, 0, 0, 1)))
        return [f"{'#' * depth} {line}" for line in lines]
    if style.markup == "bold" and is_heading:
        return [f"**{line}**" for line in lines]
    if style.markup == "bold mark" and block.kind in ("article", "run-in"):
        return [lines[0].replace(mark, f"**{mark}**", 1), *lines[1:]]
    return lines


def _spelled(block, style):
    """Return the mark of a block as this style writes it."""
    mark = block.mark
    if block.kind in ("article", "run-in"):
        mark = style.article.format(mark.removeprefix("Điều ").removesuffix("."))
    elif block.kind == "item" and mark[0].isdigit():
        mark = style.clause.format(mark.removesuffix("."))
    elif block.kind == "item" and mark != "-":
        mark = style.point.format(mark.removesuffix(")"))
    elif block.kind == "division" and style.capital_words:
        word, number = mark.rsplit(" ", 1)
        mark = f"{word.upper()} {number}"
    return mark


def _glue(paragraphs):
    """Print a heading of one line behind the heading before it."""
    glued = []
    for lines in paragraphs:
        is_heading = len(lines) == 1 and lines[0].startswith("**")
        if is_heading and "Điều" in lines[0] and glued and glued[-1][-1].startswith("**Chương"):
            glued[-1][-1] += lines[0]
        else:
            glued.append(list(lines))
    return glued


def _break_pages(text, style, chance):
    """Put page numbers between lines, with a running header or without."""
    lines, page, since = [], 2, 0
    for line in text.split("\n"):
        lines.append(line)
        since += 1
        if since > 12 and line and not line.startswith(("#", "**")) and chance.random() < 0.3:
            lines.extend(["", f"\f{page}", ""] if page % 2 else ["", str(page), ""])
            lines.extend([style.headers, ""] if style.headers else [])
            page, since = page + 1, 0
    return "\n".join(lines)
