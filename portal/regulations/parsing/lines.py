"""Stages from raw text to clean lines that remember their number, depth and bold runs."""

import html
import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace

from portal.regulations.parsing.grammar import nfc
from portal.regulations.parsing.result import LeftOut

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\x1c\x1d\x1e\x1f"))
SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
HEADING = re.compile(r"^\s{0,3}(?:>\s?)*(#{1,6})\s*(?=\S)")
BULLET_STAR = re.compile(r"^(\s*)\*(\s+)")
EMPHASIS = re.compile(
    r"(?<!\\)(?:\*\*\*(?!\*)|\*\*|(?<!\w)__(?=\w)|(?<=\w)__(?!\w)|(?<=[.,:;)])__(?!\w)|</?(?:b|strong)>"
    r"|\*(?=[\w“\"(])|(?<=[\w.,:;)”\"!?…])\*|(?<=\S)\s\*(?=\s*$)"
    r"|(?<![\w_])_(?=\w)|(?<=[\w.,:;)])_(?![\w_]))",
    re.IGNORECASE,
)
TAG = re.compile(r"</?(?:p|div|span|i|em|u|center|font|sup|sub|a|li|ul|ol)(?:\s[^<>]*)?/?>", re.I)
LINK = re.compile(r"(?<!!)\[([^\[\]^]+)\]\((?:[^()\s]|\([^()]*\))*\)")
IMAGE = re.compile(
    r"!\[[^\[\]]{0,500}\]\([^()]{0,2000}\)|<img[^<>]{0,2000}>|<!--(?:(?!<!--).){0,5000}?-->"
)
BREAK = re.compile(r"[\f\v\u2028\u2029]|<br\s*/?>", re.IGNORECASE)
CELL_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
NO_RUN = re.compile(r"^\s*\*\s+|\\\*|\(\*+\)")
LONGEST_RUN = 12
TABLE_ROW = re.compile(r"^\s*(?:\|\s*)*[^|\s].*\|\s*$|^\s*\|[\s|]*\|\s*$")
HEAD_RULE = re.compile(r"^\s*\|(?:\s*:?-+:?\s*\|)+\s*$")
RULE = re.compile(r"^[\s\-_=*~–—.·•|:+]*$")


@dataclass
class Line:
    """One line of the source, or a part of it after a glued heading was split off."""

    number: int
    text: str
    depth: int = 0
    bold: list[tuple[int, int]] = field(default_factory=list)
    blank_before: bool = False
    page_before: bool = False
    is_table: bool = False
    is_head_row: bool = False
    is_glued: bool = False
    column: int = 0
    end: int = 0

    def __post_init__(self):
        self.end = max(self.end, self.number)

    def cut(self, start, end):
        """Return the part of this line between two positions, bold runs moved along."""
        text = self.text[start:end]
        lead = len(text) - len(text.lstrip())
        start += lead
        text = text.strip()
        begun = max(bisect_right(self.bold, (start, 0)) - 1, 0)
        ended = bisect_right(self.bold, (start + len(text), 0))
        bold = [
            (max(first - start, 0), min(last - start, len(text)))
            for first, last in self.bold[begun:ended]
            if first < start + len(text) and last > start
        ]
        if lead == start:
            return replace(self, text=text, bold=bold)
        return replace(
            self,
            text=text,
            bold=bold,
            depth=0,
            blank_before=False,
            page_before=False,
            is_glued=False,
        )

    def bold_until(self):
        """Return how far the bold run reaches that begins this line."""
        return self.bold[0][1] if self.bold and self.bold[0][0] == 0 else 0

    def is_bold(self):
        """Say whether the whole line is bold."""
        bold = sum(len(self.text[first:last].replace(" ", "")) for first, last in self.bold)
        return bold > 0 and bold >= len(self.text.replace(" ", ""))


def read_lines(draft):
    """Cut the text into numbered lines, composed and without invisible characters.

    Reads: text. Writes: lines.
    """
    text = nfc(draft.text).translate(INVISIBLE).replace("\r\n", "\n").replace("\r", "\n")
    blank, page = True, False
    for number, raw in enumerate(text.split("\n"), start=1):
        pieces = [CELL_BREAK.sub("\x1e", raw)] if TABLE_ROW.match(raw) else BREAK.split(raw)
        for piece_number, piece in enumerate(pieces):
            page = page or (piece_number > 0 and "\f" in raw)
            if not piece.strip():
                blank = True
                continue
            draft.lines.append(Line(number, piece, blank_before=blank, page_before=page))
            blank, page = False, False


def strip_markup(draft):
    """Take markdown and HTML marks off the lines and keep what they meant as depth and bold.

    Reads: lines. Writes: lines, left_out (images).
    """
    kept, is_bold = [], False
    _glue_emphasis(draft.lines)
    for line in draft.lines:
        for image in IMAGE.finditer(line.text):
            draft.left_out.append(LeftOut(line.number, image.group(0), "image"))
        line.text = IMAGE.sub(" ", line.text)
        is_rule = RULE.match(line.text) and not is_lone_dash(line.text)
        is_bold = _strip_line(line, is_bold and not line.blank_before)
        if is_rule or (RULE.match(line.text) and not is_lone_dash(line.text)):
            _note_head_row(kept, line)
            _pass_gap(draft, kept, line)
        else:
            kept.append(line)
    _mark_gaps(draft, kept)
    draft.lines = kept


def _note_head_row(kept, line):
    """Remember that the first row of a table is its heading: a rule of dashes stands below it."""
    is_first = bool(kept) and kept[-1].is_table and not (len(kept) > 1 and kept[-2].is_table)
    if is_first and HEAD_RULE.match(line.text):
        kept[-1].is_head_row = True


def _glue_emphasis(lines):
    """Mark the lines that a bold or italic run, opened on a line above, carries on."""
    position = 0
    while position < len(lines):
        end = _end_of_run(lines, position) if "*" in lines[position].text else position
        for line in lines[position + 1 : end + 1]:
            line.is_glued = True
        position = end + 1


def _end_of_run(lines, start):
    """Return the line that closes the run which line ``start`` leaves open, or ``start``."""
    for marks in (r"\*\*", r"(?<!\*)\*(?!\*)"):
        if _count(marks, lines[start]) % 2 == 0:
            continue
        for position in range(start + 1, min(start + LONGEST_RUN, len(lines))):
            if lines[position].blank_before:
                break
            if _count(marks, lines[position]) % 2:
                return position
    return start


def _count(marks, line):
    return len(re.findall(marks, NO_RUN.sub("", line.text)))


def is_lone_dash(text):
    """Say whether a line is nothing but the dash of an item whose words come on the next line."""
    return text.strip() in {"-", "–", "•", "+"}


def _pass_gap(draft, kept, line):
    """Remember that something wordless stood between two lines."""
    draft.gaps.add((kept[-1].number if kept else 0, line.page_before))


def _mark_gaps(draft, kept):
    after = dict(draft.gaps)
    for previous, line in zip(kept, kept[1:], strict=False):
        if previous.number in after and line.number != previous.number:
            line.blank_before = True
            line.page_before = line.page_before or after[previous.number]


def _strip_line(line, is_bold):
    """Clean one line in place; return whether a bold run is still open at its end."""
    text = line.text
    heading = HEADING.match(text)
    if heading:
        line.depth = len(heading.group(1))
        text = re.sub(r"\s+#+\s*$", "", text[heading.end() :])
    text = re.sub(r"^\s{0,3}(?:>\s?)+", "", text)
    text = TAG.sub("", LINK.sub(r"\1", _unescape(text)))
    text = BULLET_STAR.sub(r"\1•\2", text)
    line.is_table = bool(TABLE_ROW.match(text))
    line.text, line.bold, is_bold = _weigh(text.strip(), is_bold)
    return is_bold


def _unescape(text):
    """Return ``text`` with HTML's names of characters as characters, still on one line."""
    return re.sub(r"[\n\r\f\v]", " ", nfc(html.unescape(text))) if "&" in text else text


def clean(raw):
    """Return one raw line without its marks, as the stages read it."""
    plain = TAG.sub("", LINK.sub(r"\1", _unescape(BREAK.sub(" ", raw))))
    return ESCAPE.sub(r"\1", EMPHASIS.sub("", plain))


def _weigh(text, is_bold):
    """Return ``text`` without emphasis marks, its bold runs, and whether one stays open."""
    pieces, bold, length, position = [], [], 0, 0
    opened = 0 if is_bold else None
    for found in [*EMPHASIS.finditer(text), None]:
        piece = text[position : found.start() if found else len(text)]
        piece = SPACES.sub(" ", ESCAPE.sub(r"\1", _keep_columns(piece)))
        if length == 0 or (pieces and pieces[-1].endswith(" ")):
            piece = piece.lstrip(" ")
        pieces.append(piece)
        length += len(piece)
        if found is None:
            break
        position = found.end()
        if found.group(0) in ("*", "_"):
            continue
        if opened is None:
            opened = length
        else:
            bold.append((opened, length))
            opened = None
    if opened is not None:
        bold.append((opened, length))
    clean = "".join(pieces).rstrip()
    bold = [(first, min(last, len(clean))) for first, last in bold if first < min(last, len(clean))]
    return clean, bold, opened is not None


def _keep_columns(piece):
    """Turn the wide gap between two columns of a page into a tab, which survives cleaning."""
    return re.sub(r"(?<=\S)(?:[ \u00a0]{4,}|[ \u00a0]*\t[ \t\u00a0]*)(?=\S)", "\x1f", piece)
