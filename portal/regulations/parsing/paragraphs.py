"""The stage that joins wrapped lines into paragraphs and settles which marks are real.

A mark counts only where its context allows one: "Điều 5. …" at the start of a line is a reference
when the line before ends in "quy định tại", and "2. …" is the rest of "khoản 2." there.
"""

import re
from dataclasses import dataclass, field

from portal.regulations.parsing.grammar import (
    Mark,
    expects_number,
    heading_mark,
    is_finished,
    is_open_ended,
    is_upper,
    item_mark,
    starts_lower,
)
from portal.regulations.parsing.layout import is_double_spaced, wrap_width

TITLES = {"part", "chapter", "section", "subsection", "annex"}
OPENING = re.compile(r"^[“\"„«]")
CLOSING = re.compile(r"[”\"»]\s*[.;,]?(?:/\.)?$")


@dataclass
class Paragraph:
    """One paragraph of the source: its mark, its own words, the lines it stands on."""

    kind: str
    text: str
    start: int
    end: int
    mark: Mark | None = None
    depth: int = 0
    bold_until: int = 0
    is_bold: bool = False
    blank_before: bool = False
    last_line: str = ""
    column: int = 0
    texts: list[str] = field(default_factory=list)

    @property
    def number(self):
        """The number or letter as printed, None without one."""
        return self.mark.number if self.mark else None

    @property
    def printed(self):
        """The mark as printed, empty without one."""
        return self.mark.printed if self.mark else ""

    def whole(self):
        """The paragraph as printed, mark and words."""
        return f"{self.printed} {self.text}".strip() if self.mark else self.text

    def is_capitals(self):
        """Say whether the words are capitals only, as titles are."""
        return is_upper(self.text)


def join_lines(draft):
    """Join lines to paragraphs and give each paragraph its mark.

    Reads: lines. Writes: paragraphs.
    """
    _Joiner(draft.lines).run(draft.paragraphs)


class _Joiner:
    """Walks over the lines with what is known of the page: its width, the last numbers seen."""

    def __init__(self, lines):
        self.lines = lines
        self.width = wrap_width(lines)
        self.is_double_spaced = is_double_spaced(lines)
        self.article = self.clause = 0
        self.quoted_until = -1
        self.has_articles = any(_is_article(line) for line in lines)

    def run(self, paragraphs):
        for position, line in enumerate(self.lines):
            previous = paragraphs[-1] if paragraphs else None
            mark = self._mark_of(position, line, previous)
            if mark:
                self._remember(mark)
                paragraphs.append(_paragraph(line, mark))
            elif previous and self._continues(previous, line, position):
                _append(previous, line)
            else:
                paragraphs.append(_paragraph(line, None))

    def _mark_of(self, position, line, previous):
        """Return the mark of a line if its context allows one."""
        if line.is_table or position <= self.quoted_until:
            return None
        if OPENING.match(line.text) and self._opens_quotation(position):
            return None
        mark = heading_mark(line.text)
        if mark:
            return mark if self._allows_heading(mark, line, previous) else None
        mark = item_mark(line.text) or self._roman_mark(line)
        if mark and self._allows_item(mark, line, previous):
            return mark
        return None

    def _opens_quotation(self, position):
        """Remember until where a quoted provision reaches, so that its marks stay its own."""
        inner = self.lines[position].text[1:]
        if not (heading_mark(inner) or item_mark(inner)):
            return False
        for end in range(position, min(position + 400, len(self.lines))):
            text = self.lines[end].text if end > position else inner
            if CLOSING.search(text):
                self.quoted_until = end
                return True
        return False

    def _roman_mark(self, line):
        """In a text without any Điều, "I. TITLE" is a heading."""
        found = re.match(r"([IVXLC]+)\s*[.)]\s+(?=\S)", line.text)
        if self.has_articles or not found:
            return None
        return Mark("section", found.group(1), found.group(0).strip(), found.end())

    def _allows_heading(self, mark, line, previous):
        rest = line.text[mark.length :]
        if mark.kind == "annex" and not _is_annex_heading(mark, line, previous):
            return False
        if line.depth and mark.firm:
            return True
        is_next = mark.kind == "article" and _leading(mark.number) == self.article + 1
        if previous and previous.kind not in TITLES and not previous.is_capitals():
            if _refers(previous, line):
                return False
            if not is_finished(previous.text) and not line.blank_before and starts_lower(rest):
                return False
        if mark.firm:
            return not (starts_lower(rest) and not is_next and not line.is_bold())
        return bool(is_next and (line.is_bold() or line.bold_until() >= mark.length - 1)) or (
            is_next and bool(line.depth)
        )

    def _allows_item(self, mark, line, previous):
        if previous is None:
            return mark.kind != "dash"
        if mark.kind == "clause":
            return self._allows_clause(mark, line, previous)
        if mark.kind == "dash":
            return not self._runs_on(previous, line)
        if expects_number(previous.text) and not line.blank_before:
            return False
        if not mark.firm:
            return is_finished(previous.text) or previous.kind in ("point", "clause", "article")
        return True

    def _allows_clause(self, mark, line, previous):
        if expects_number(previous.text) and previous.kind not in TITLES and previous.text:
            return previous.kind == "article" and line.blank_before
        number = _leading(mark.number)
        if number == self.clause + 1 or line.depth or line.bold_until() >= len(mark.printed):
            return True
        if previous.kind == "article" or is_finished(previous.text):
            return True
        return line.blank_before and not line.page_before

    def _runs_on(self, previous, line):
        """Say whether a dash at the start of a line is a hyphen of the sentence before."""
        if line.blank_before or is_finished(previous.text) or previous.kind == "article":
            return False
        return bool(self.width) and len(previous.last_line) >= 0.8 * self.width

    def _continues(self, previous, line, position):
        """Say whether a line without a mark goes on with the paragraph before it."""
        if line.is_table or not previous.text:
            return not line.is_table and previous.kind in ("clause", "point", "dash")
        if self.lines[position - 1].is_table or previous.kind in TITLES:
            return False
        if line.column != previous.column:
            return False
        if is_upper(line.text) and (previous.is_capitals() or not _unclosed(previous.text)):
            return previous.kind == "article" and previous.is_capitals() and not line.blank_before
        if _unclosed(previous.text):
            return True
        if line.blank_before and not self.is_double_spaced:
            return self._continues_over_gap(previous, line)
        return self._continues_next_line(previous, line)

    def _continues_over_gap(self, previous, line):
        if is_finished(previous.text) or previous.is_capitals():
            return False
        if starts_lower(line.text) or is_open_ended(previous.text):
            return True
        return line.page_before and not _is_title(previous)

    def _continues_next_line(self, previous, line):
        finished = is_finished(previous.text)
        if previous.is_capitals() and previous.kind != "article":
            return False
        if starts_lower(line.text):
            return not finished or (previous.text[-1] not in ";:" and self._is_full(previous, line))
        if not finished and (is_open_ended(previous.text) or line.page_before):
            return True
        if _is_title(previous) or finished:
            return self._is_full(previous, line)
        return bool(self.width) and len(previous.last_line) >= 0.6 * self.width

    def _is_full(self, previous, line):
        """Say whether the first word of ``line`` had no room left on the line before."""
        word = line.text.split(" ", 1)[0]
        return bool(self.width) and len(previous.last_line) + 1 + len(word) > self.width

    def _remember(self, mark):
        if mark.kind == "article":
            self.article, self.clause = _leading(mark.number), 0
        elif mark.kind == "clause":
            self.clause = _leading(mark.number)


def _paragraph(line, mark):
    text = line.text[mark.length :].lstrip() if mark else line.text
    lead = len(line.text) - len(text)
    return Paragraph(
        kind=mark.kind if mark else ("table" if line.is_table else "text"),
        text=text,
        start=line.number,
        end=line.number,
        mark=mark,
        depth=line.depth,
        bold_until=max(line.bold_until() - lead, 0),
        is_bold=line.is_bold(),
        blank_before=line.blank_before,
        last_line=line.text,
        column=line.column,
    )


def _append(paragraph, line):
    hyphen = paragraph.text.endswith("-") and not paragraph.text.endswith(" -")
    join = "" if not paragraph.text or hyphen else " "
    if paragraph.is_bold and line.is_bold():
        paragraph.bold_until = len(paragraph.text) + len(join) + len(line.text)
    elif paragraph.is_bold:
        reach = line.bold_until()
        paragraph.bold_until = len(paragraph.text) + (len(join) + reach if reach else 0)
        paragraph.is_bold = False
    paragraph.text += join + line.text
    paragraph.end, paragraph.last_line = line.number, line.text


def _leading(number):
    found = re.match(r"\d+", number or "")
    return int(found.group(0)) if found else 0


def _is_article(line):
    mark = heading_mark(line.text)
    return bool(mark) and mark.kind == "article" and mark.firm


def _is_annex_heading(mark, line, previous):
    """Say whether "Phụ lục …" opens an annex rather than a sentence about one."""
    rest = line.text[mark.length :]
    if is_upper(line.text) or line.depth or line.is_bold():
        return True
    if previous and not is_finished(previous.text) and not line.blank_before:
        return False
    return not rest or (is_upper(rest) and not is_finished(rest))


def _refers(previous, line):
    """Say whether the paragraph before ends in words that call for a reference."""
    if is_finished(previous.text):
        return False
    return is_open_ended(previous.text) and not (line.blank_before and line.is_bold())


def _is_title(paragraph):
    if paragraph.kind == "article":
        return True
    return not is_finished(paragraph.text) and bool(paragraph.depth or paragraph.is_bold)


def _unclosed(text):
    """Say whether a bracket stands open not far from the end of ``text``."""
    position = text.rfind("(")
    return position >= 0 and ")" not in text[position:] and len(text) - position < 300
