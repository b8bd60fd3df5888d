"""What a source tells about its page, and whether a line goes on with the paragraph before it."""

import re

from portal.regulations.parsing.grammar import (
    TITLE_OPENER,
    flat,
    heading_mark,
    is_finished,
    is_open_ended,
    is_upper,
    item_mark,
    starts_lower,
)

TITLES = {"part", "chapter", "section", "subsection", "annex"}
REFERENCE = re.compile(r"\((?:ban hanh\s+)?kem theo\b")
NEVER_LAST = re.compile(r"(?:,|\b(?:của|và|hoặc|với|tại|theo|các|những|thuộc|bởi|về|cho))$")
WIDE = 130
BRACKET = 300
LONGEST_PARAGRAPH = 20_000
FEW = 3


def wrap_width(lines):
    """Return the width at which the source breaks its lines, 0 if it does not."""
    lengths, neighbours = [], 0
    for line, following in zip(lines, lines[1:], strict=False):
        if following.blank_before or len(line.text) > WIDE:
            continue
        neighbours += 1
        if (
            starts_lower(following.text)
            and not item_mark(following.text)
            and (not is_finished(line.text))
        ):
            lengths.append(len(line.text))
    if len(lengths) < 2 or len(lengths) < 0.12 * neighbours:
        return 0
    lengths.sort()
    width = lengths[int(len(lengths) * 0.97)]
    longer = sum(len(line.text) > 1.3 * width for line in lines if not line.is_table)
    return width if longer <= 0.05 * len(lines) else 0


def is_double_spaced(lines):
    """Say whether empty lines stand between the lines of one paragraph, too."""
    gaps = [(a, b) for a, b in zip(lines, lines[1:], strict=False) if b.blank_before]
    broken = [
        1
        for a, b in gaps
        if starts_lower(b.text) and not item_mark(b.text) and not is_finished(a.text)
    ]
    return len(lines) > 8 and len(gaps) > 0.9 * len(lines) and len(broken) > 0.2 * len(lines)


def is_spaced(lines):
    """Say whether an empty line stands before each paragraph, so that a break without is a wrap."""
    opening = [line for line in lines if _opens(line) and not line.is_table and not line.column]
    spaced = sum(line.blank_before for line in opening)
    return len(opening) >= FEW and spaced >= 0.85 * len(opening)


def has_plain_titles(lines):
    """Say whether some "**Điều 5.** Title" has only its number set apart, and khoản 1 below."""
    for line, following in zip(lines, lines[1:], strict=False):
        mark = heading_mark(line.text)
        if mark and mark.kind == "article" and 0 < line.bold_until() <= mark.length:
            item = item_mark(following.text)
            opens = item is not None and item.kind == "clause" and item.number == "1"
            if opens and len(line.text) > mark.length and not is_finished(line.text):
                return True
    return False


def _opens(line):
    mark = heading_mark(line.text) or item_mark(line.text)
    return bool(mark) and mark.firm and mark.kind in ("article", "clause", "point")


class Page:
    """The page of a source: where it breaks its lines, how it sets paragraphs apart."""

    def __init__(self, lines):
        self.lines = lines
        self.width = wrap_width(lines)
        self.is_double_spaced = is_double_spaced(lines)
        self.sets_apart = is_spaced(lines)
        self.is_spaced = bool(self.width) and self.sets_apart
        self.has_plain_titles = has_plain_titles(lines)

    def runs_on(self, previous, line):
        """Say whether a dash at the start of a line is a hyphen of the sentence before."""
        if line.blank_before or is_finished(previous.text) or previous.kind == "article":
            return False
        if self.is_spaced:
            return previous.kind != "dash"
        return bool(self.width) and len(previous.last_line) >= 0.8 * self.width

    def continues(self, previous, line, position):
        """Say whether a line without a mark goes on with the paragraph before it."""
        if line.is_glued and previous.kind == "article" and not previous.text:
            return True
        if len(previous.text) > LONGEST_PARAGRAPH:
            return False
        if line.is_table or not previous.text:
            return not line.is_table and previous.kind in ("clause", "point", "dash")
        if self.lines[position - 1].is_table or previous.kind in TITLES:
            return False
        if line.column != previous.column or REFERENCE.match(flat(line.text)):
            return False
        if line.is_glued and is_upper(line.text) == previous.is_capitals():
            return True
        if is_upper(line.text):
            return self._continues_in_capitals(previous, line)
        if _unclosed(previous.text):
            return True
        if line.blank_before and not self.is_double_spaced:
            return _continues_over_gap(previous, line)
        return self._continues_next_line(previous, line)

    def _continues_in_capitals(self, previous, line):
        if re.search(r"\w-$", previous.text) and not line.blank_before:
            return True
        if previous.is_capitals():
            return previous.kind == "article" and not line.blank_before
        if _unclosed(previous.text):
            return True
        if line.blank_before or is_finished(previous.text):
            return False
        if self.is_spaced and not _is_title(previous):
            return True
        if NEVER_LAST.search(previous.text[-BRACKET:]):
            return True
        return bool(self.width) and (is_open_ended(previous.text) or is_finished(line.text))

    def _continues_next_line(self, previous, line):
        finished = is_finished(previous.text)
        if previous.is_capitals() and previous.kind != "article":
            return False
        if self.is_spaced and not _is_title(previous, self.has_plain_titles):
            return True
        if starts_lower(line.text):
            is_surely_open = not finished or previous.kind == "article" or self.sets_apart
            return is_surely_open or self._is_full(previous, line)
        if not finished and self._must_go_on(previous, line):
            return True
        if _is_title(previous, self.has_plain_titles) or finished:
            return self._is_full(previous, line)
        return bool(self.width) and len(previous.last_line) >= 0.5 * self.width

    def _must_go_on(self, previous, line):
        """Say whether the words before call for more, or a page break interrupts them.

        A title may end in a word such as "đến"; only words that never end one join it.
        """
        if _is_title(previous, self.has_plain_titles) and not self.width:
            return bool(NEVER_LAST.search(previous.text))
        return is_open_ended(previous.text) or line.page_before

    def _is_full(self, previous, line):
        """Say whether the first word of ``line`` had no room left on the line before."""
        word = line.text.split(" ", 1)[0]
        return bool(self.width) and len(previous.last_line) + 1 + len(word) > self.width


def _continues_over_gap(previous, line):
    if line.page_before and starts_lower(line.text) and not previous.is_capitals():
        return True
    if is_finished(previous.text) or previous.is_capitals():
        return False
    if starts_lower(line.text) or is_open_ended(previous.text):
        return True
    return line.page_before and not _is_title(previous)


def _is_title(paragraph, has_plain_titles=False):
    if paragraph.kind == "article":
        # "**Điều 4.** Chánh Văn phòng …" has no title: only its number is set apart.
        is_bold = not paragraph.is_mark_bold or paragraph.bold_until > 0
        return is_bold or has_plain_titles or bool(TITLE_OPENER.match(flat(paragraph.text)))
    is_set_apart = paragraph.depth or paragraph.is_bold or paragraph.is_below_heading
    return not is_finished(paragraph.text) and bool(is_set_apart)


def _unclosed(text):
    """Say whether a bracket stands open not far from the end of ``text``."""
    text = text[-BRACKET:]
    position = text.rfind("(")
    return position >= 0 and ")" not in text[position:]
