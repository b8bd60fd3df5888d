"""The stage that joins wrapped lines into paragraphs and settles which marks are real.

A mark counts only where its context allows one: "Điều 5. …" at the start of a line is a reference
when the line before ends in "quy định tại", and "2. …" is the rest of "khoản 2." there.
"""

import re
from dataclasses import dataclass, field

from portal.regulations.parsing.grammar import (
    LONE_ROMAN,
    TITLE_OPENER,
    Mark,
    expects_number,
    flat,
    heading_mark,
    is_finished,
    is_open_ended,
    is_upper,
    item_mark,
    leading_number,
    starts_lower,
)
from portal.regulations.parsing.layout import TITLES, Page
from portal.regulations.parsing.quotations import Quotations
from portal.regulations.parsing.sequences import ordinal

REFERENCE = re.compile(
    r"\b(?:tại|theo|và|hoặc|các|của|nêu|từ|đến)\s+(?:khoản|điểm|điều)$", re.IGNORECASE
)


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
    is_quoted: bool = False
    is_mark_bold: bool = False
    is_head_row: bool = False
    is_below_heading: bool = False
    breaks: list[tuple[int, int]] = field(default_factory=list)
    capitals: tuple[int, bool] = (-1, False)

    @property
    def number(self):
        """The number or letter as printed, None without one."""
        return self.mark.number if self.mark else None

    @property
    def printed(self):
        """The mark as printed, empty without one."""
        return self.mark.printed if self.mark else ""

    def line_at(self, position):
        """Return the source line on which the character at ``position`` stands."""
        passed = [line for start, line in self.breaks if start <= position]
        return passed[-1] if passed else self.start

    def whole(self):
        """The paragraph as printed, mark and words."""
        return f"{self.printed} {self.text}".strip() if self.mark else self.text

    def is_capitals(self):
        """Say whether the words are capitals only, as titles are."""
        if self.capitals[0] != len(self.text):
            self.capitals = len(self.text), is_upper(self.text)
        return self.capitals[1]


def join_lines(draft):
    """Join lines to paragraphs and give each paragraph its mark.

    Reads: lines. Writes: paragraphs.
    """
    _Joiner(draft.lines).run(draft.paragraphs)


class _Joiner:
    """Walks over the lines with what is known of the page: its width, the last numbers seen."""

    def __init__(self, lines):
        self.lines = lines
        self.page = Page(lines)
        self.article = self.clause = self.chapter = 0
        self.quotations = Quotations(lines)
        self.has_articles = any(_is_article(line) for line in lines)

    def run(self, paragraphs):
        for position, line in enumerate(self.lines):
            previous = paragraphs[-1] if paragraphs else None
            self.quotations.look_at(position, self.article)
            mark = self._mark_of(position, line, previous)
            if mark:
                self._remember(mark)
                paragraphs.append(_paragraph(line, mark))
            elif (
                previous
                and not self.quotations.opens_part(position)
                and (self.page.continues(previous, line, position))
            ):
                _append(previous, line)
            else:
                paragraphs.append(_paragraph(line, None))
                paragraphs[-1].is_quoted = self.quotations.holds(position)
                if previous and previous.kind == "article" and not previous.text:
                    paragraphs[-1].is_below_heading = True

    def _mark_of(self, position, line, previous):
        """Return the mark of a line if its context allows one."""
        if line.is_table or self.quotations.holds(position):
            return None
        mark = heading_mark(line.text)
        if mark:
            return mark if self._allows_heading(mark, line, previous) else None
        mark = item_mark(line.text) or self._roman_mark(position, line)
        if self.clause == 0 and previous and previous.kind in ("article", "text"):
            mark = _misread_one(mark)
        if mark and self._allows_item(mark, line, previous):
            return mark
        return None

    def _roman_mark(self, position, line):
        """In a text without any Điều "I. Title" is a heading; with Điều, it is a chapter.

        Then it has to be the first or the next one, in capitals, right above a Điều.
        """
        found = LONE_ROMAN.match(line.text)
        if not found:
            return None
        kind = "chapter" if self.has_articles else "section"
        if self.has_articles and not self._is_next_chapter(position, found):
            return None
        return Mark(kind, found["number"], found.group(0).strip(), found.end())

    def _is_next_chapter(self, position, found):
        title = self.lines[position].text[found.end() :]
        if ordinal(found["number"]) not in (1, self.chapter + 1) or not is_upper(title):
            return False
        for following in self.lines[position + 1 : position + 4]:
            if _is_article(following):
                return True
            if LONE_ROMAN.match(following.text) or not is_upper(following.text):
                return False
        return False

    def _allows_heading(self, mark, line, previous):
        rest = line.text[mark.length :]
        if mark.kind == "annex" and not _is_annex_heading(mark, line, previous):
            return False
        if line.depth and mark.firm:
            return True
        is_next = mark.kind == "article" and leading_number(mark.number) == self.article + 1
        if is_next and mark.firm and line.is_bold() and not starts_lower(rest):
            return True
        if previous and previous.kind not in TITLES and not previous.is_capitals():
            if _refers(previous, line):
                return False
            if not is_finished(previous.text) and not line.blank_before and starts_lower(rest):
                return False
        if mark.firm:
            return not (starts_lower(rest) and not is_next and not line.is_bold())
        if previous and mark.kind == "article" and self._is_bare_heading(mark, line, previous):
            return True
        return bool(is_next and (line.is_bold() or line.bold_until() >= mark.length - 1)) or (
            is_next and bool(line.depth)
        )

    def _is_bare_heading(self, mark, line, previous):
        """Say whether "Điều 5 Phạm vi …", without a stop, is the next heading: a noun follows."""
        title = line.text[mark.length :]
        begins = previous.kind in TITLES or previous.is_capitals() or previous.text[-1:] == ")"
        number = leading_number(mark.number)
        if number != self.article + 1 and not (number == 1 and begins):
            return False
        is_apart = begins or line.blank_before or is_finished(previous.text)
        is_noun = bool(TITLE_OPENER.match(flat(title))) and title[:1].isupper()
        return is_apart and is_noun and not is_finished(title)

    def _allows_item(self, mark, line, previous):
        if previous is None:
            return mark.kind != "dash"
        if mark.kind == "clause":
            return self._allows_clause(mark, line, previous)
        if mark.kind == "dash":
            return not self.page.runs_on(previous, line)
        if expects_number(previous.text) and not line.blank_before:
            return False
        if not mark.firm:
            return is_finished(previous.text) or previous.kind in ("point", "clause", "article")
        return True

    def _allows_clause(self, mark, line, previous):
        number = leading_number(mark.number)
        is_apart = line.blank_before or previous.is_bold
        if (
            number == 1
            and self.clause == 0
            and (is_apart or (previous.kind == "article" and not REFERENCE.search(previous.text)))
        ):
            return True
        if expects_number(previous.text) and previous.kind not in TITLES and previous.text:
            return previous.kind == "article" and line.blank_before
        if number == self.clause + 1 or line.depth or line.bold_until() >= len(mark.printed):
            return True
        if previous.kind == "article" or is_finished(previous.text):
            return True
        return line.blank_before and not line.page_before

    def _remember(self, mark):
        if mark.kind == "article":
            self.article, self.clause = leading_number(mark.number), 0
        elif mark.kind == "clause":
            self.clause = leading_number(mark.number)
        elif mark.kind in TITLES:
            self.clause = 0
        if mark.kind == "chapter":
            self.chapter = ordinal(mark.number or "") or 0


def _misread_one(mark):
    """Return "l." as the "1." that it was before a machine read it."""
    if mark and mark.kind == "point" and mark.number == "l" and not mark.firm:
        return Mark("clause", "1", mark.printed, mark.length)
    return mark


def _paragraph(line, mark):
    text = line.text[mark.length :].lstrip() if mark else line.text
    lead = len(line.text) - len(text)
    return Paragraph(
        kind=mark.kind if mark else ("table" if line.is_table else "text"),
        text=text,
        start=line.number,
        end=line.end,
        mark=mark,
        depth=line.depth,
        bold_until=max(line.bold_until() - lead, 0),
        is_bold=line.is_bold(),
        is_mark_bold=bool(mark) and line.bold_until() >= len(mark.printed) - 1,
        is_head_row=line.is_head_row,
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
    paragraph.breaks.append((len(paragraph.text) + len(join), line.number))
    paragraph.text += join + line.text
    paragraph.end, paragraph.last_line = line.end, line.text


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
