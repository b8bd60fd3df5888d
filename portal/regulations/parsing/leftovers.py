"""Stages that take out what is on the page but not in the text, each line with its reason.

Reasons: ``image``, ``page_number``, ``running_header``, ``letterhead``, ``seal``,
``table_of_contents``. Nothing is dropped silently: every word goes to ``left_out``.
"""

import re
from bisect import bisect_left, bisect_right

from portal.regulations.parsing.grammar import (
    flat,
    heading_mark,
    is_finished,
    is_upper,
    starts_lower,
)
from portal.regulations.parsing.result import LeftOut

MOTTO = re.compile(r"^\W*doc lap\W+tu do\W+hanh phuc\W*$")
NATION_NAME = re.compile(
    r"C[ỘO]NG H(?:ÒA|OÀ|OA) X[ÃA] H[ỘO]I(?: CH[ỦU] NGH[ĨI]A VI[ỆE]T NAM)?|^CHỦ NGHĨA VIỆT NAM$"
)
NATION = re.compile(r"cong hoa xa hoi chu nghia viet nam(?:\s*doc lap.*)?$")
LONGEST_MOTTO = 90
SEAL = re.compile(
    r"^[(\[]?\s*(?:da ky|dau|ky ten,? (?:va )?dong dau|da ky,? (?:va )?(?:da )?dong dau|signed"
    r"|ky va ghi ro ho ten|chu ky so|dong dau)\s*[)\]]?\.?$"
    r"|^(?:nguoi ky|ky boi|ngay ky|thoi gian ky|co quan|ky so boi|signature|digitally signed by"
    r"|email)\s*:.{0,80}$"
    r"|\d{1,2}[:.]\d{2}[:.]\d{2}\s*\+0?7"
)
BLOCK_CELL = re.compile(
    r"cong hoa xa hoi|doc lap\s*-\s*tu do|^so\s*:|noi nhan\s*:|^(?:tm|kt|tl|tuq|q)\.|^chu tich$"
)
LEADER = re.compile(r"(?:[.…·_]{4,}|(?:\s\.){3,}|\x1f)\s*\d{1,3}\s*$")
TRAILING_PAGE = re.compile(r"[\s.…·_\x1f]*\d{1,3}$")
DRAWN = re.compile(r"[\s\x1e]*[-_–—]{4,}[\s\x1e]*")
MOST_COLUMNS = 3
MANY, LONGEST_RUN = 4, 24
CONTENTS = re.compile(r"^(?:muc luc|noi dung muc luc|bang muc luc)\s*:?$")


def explode_blocks(draft):
    """Cut the two-column blocks of a page (letterhead, recipients and signature) into lines.

    Reads: lines. Writes: lines.
    """
    lines = []
    for line in draft.lines:
        cells = _cells(line)
        if 1 < len(cells) <= MOST_COLUMNS and any(BLOCK_CELL.search(flat(cell)) for cell in cells):
            draft.in_columns = True
        if 1 < len(cells) <= MOST_COLUMNS and (draft.in_columns or line.is_table):
            lines.extend(_cell_lines(line, cells) if _is_block(cells, draft) else [line])
            continue
        draft.in_columns = draft.in_columns and line.is_table
        lines.extend(_cell_lines(line, cells) if line.is_table and len(cells) == 1 else [line])
    for line in lines:
        line.text = line.text.replace("\x1e", " ")
        line.text = line.text.replace("\x1f", "\t" if LEADER.search(line.text) else " ")
    draft.lines = lines


def _cells(line):
    if line.is_table:
        cells = [cell.strip() for cell in line.text.strip("| ").split("|")]
        is_block = len(cells) <= MOST_COLUMNS and any(BLOCK_CELL.search(flat(c)) for c in cells)
        # A cell of a block holds lines; that of a table is one text.
        return [part for cell in cells for part in DRAWN.split(cell)] if is_block else cells
    return [cell.strip() for cell in line.text.split("\x1f")]


def _is_block(cells, draft):
    return draft.in_columns or any(BLOCK_CELL.search(flat(cell)) for cell in cells)


def _cell_lines(line, cells):
    """Return one line for each filled cell, right-hand cells marked by their column."""
    position, found = 0, []
    for column, cell in enumerate(cells):
        if not cell:
            continue
        position = line.text.index(cell, position)
        for piece in cell.split("\x1e"):
            position = line.text.index(piece, position)
            part = line.cut(position, position + len(piece))
            part.is_table, part.depth, part.column = False, 0, column
            part.blank_before = True
            position += len(piece)
            found.extend([part] if piece.strip() else [])
    return found


def leave_out_contents(draft):
    """Leave out a printed table of contents: headings without text that all come again later.

    Reads: lines. Writes: lines, left_out.
    """
    entries = _Entries(draft.lines)
    start = _contents_start(draft.lines, entries)
    if start is None:
        return
    end = _contents_end(draft.lines, entries, start)
    if end - start >= 3:
        leave_out_lines(draft, set(range(start, end)), "table_of_contents")


def _entry(line):
    """Return the key under which a heading comes again: kind, number, start of its title."""
    mark = heading_mark(line.text)
    if mark is None:
        return None
    if len(line.text) > mark.length and is_finished(line.text) and not LEADER.search(line.text):
        return None
    rest = TRAILING_PAGE.sub("", flat(line.text[mark.length :]))
    return mark.kind, mark.number.lower() if mark.number else "", re.sub(r"\W+", "", rest)[:24]


class _Entries:
    """The headings of a text by position, and whether one of them comes again further down."""

    def __init__(self, lines):
        self.at = [_entry(line) for line in lines]
        self.places = {}
        for position, entry in enumerate(self.at):
            if entry:
                self.places.setdefault(entry[:2], []).append(position)

    def comes_again(self, position):
        """Say whether this heading stands below once more, with this title or without any."""
        kind, number, title = self.at[position]
        places = self.places[kind, number]
        first = bisect_right(places, position)
        titles = [self.at[place][2] for place in places[first : first + MANY]]
        return any(not later or later[:12] == title[:12] for later in titles)


def _contents_start(lines, entries):
    for position, line in enumerate(lines):
        if CONTENTS.match(flat(line.text[:LONGEST_MOTTO]).strip(" .:")):
            return position
        is_entry = entries.at[position] and entries.comes_again(position)
        if is_entry and _run(lines, entries, position):
            return position
    return None


def _run(lines, entries, start):
    """Say whether a run of bare headings starts here: three articles with nothing between."""
    articles = 0
    for position in range(start, min(start + LONGEST_RUN, len(lines))):
        if entries.at[position] is None:
            if not _continues_entry(lines, position):
                break
        elif not entries.comes_again(position):
            break
        else:
            articles += entries.at[position][0] == "article"
            if articles == 3:
                return True
    return False


def _continues_entry(lines, position):
    text = lines[position].text
    return (
        bool(LEADER.search(text))
        or is_upper(text)
        or (not is_finished(text) and starts_lower(text))
    )


def _contents_end(lines, entries, start):
    """Return the first line after the table: one that is neither entry nor piece of an entry."""
    seen, position = set(), start
    if entries.at[start] is None:
        position += 1
    while position < len(lines):
        entry = entries.at[position]
        if entry is not None:
            if entry in seen or not (entries.comes_again(position) or _has_page(lines[position])):
                break
            seen.add(entry)
        elif not _continues_entry(lines, position) and not _has_page(lines[position]):
            break
        position += 1
    return _without_next_title(lines, entries, start, position)


def _without_next_title(lines, entries, start, end):
    """Give back trailing capitals that are no entry: they are the title of what follows."""
    while end > start and entries.at[end - 1] is None and is_upper(lines[end - 1].text):
        if LEADER.search(lines[end - 1].text) or (
            end - start > 1 and _bare_division(entries.at[end - 2])
        ):
            break
        end -= 1
    return end


def _bare_division(entry):
    return bool(entry) and entry[0] in ("part", "chapter", "section") and not entry[2]


def _has_page(line):
    return bool(LEADER.search(line.text) or re.search(r"[\s.…]\d{1,3}$", line.text))


def leave_out_letterhead(draft):
    """Leave out the national name and motto and the leftovers of seals and digital signatures.

    Reads: lines. Writes: lines, left_out.
    """
    motto, seal = _mottoes(draft.lines), set()
    for position, line in enumerate(draft.lines):
        text = flat(line.text)
        if SEAL.search(text) and len(text) < 120:
            seal.add(position)
    leave_out_lines(draft, motto, "letterhead")
    leave_out_lines(draft, seal - motto, "seal", shift=motto)


def _mottoes(lines):
    """Return the positions of the national name and motto, also where a line breaks in them."""
    found = set()
    for position, line in enumerate(lines):
        text = flat(line.text)
        if len(text) > LONGEST_MOTTO or position in found:
            continue
        if MOTTO.match(text) or NATION_NAME.search(line.text):
            found.add(position)
        elif text.startswith("cong"):
            joined = text
            for end in range(position + 1, min(position + 4, len(lines))):
                joined = f"{joined} {flat(lines[end].text)}"
                if NATION.match(joined):
                    found.update(range(position, end + 1))
                    break
    return found


def leave_out_lines(draft, positions, reason, is_page=False, shift=()):
    """Move lines to ``left_out``; ``shift`` are positions that an earlier call already took."""
    gone = sorted(shift)
    positions = {p - bisect_left(gone, p) for p in positions}
    kept, blank, page = [], False, False
    for position, line in enumerate(draft.lines):
        if position in positions:
            draft.left_out.append(LeftOut(line.number, line.text, reason))
            blank, page = True, page or is_page or line.page_before
            continue
        line.blank_before = line.blank_before or (blank and not is_page)
        line.page_before = line.page_before or page
        kept.append(line)
        blank, page = False, False
    draft.lines = kept
