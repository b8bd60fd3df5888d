"""Workbooks: which sheet is meant, where its header stands, and its rows as texts."""

from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from portal.core.table_files.encodings import confirm_fonts
from portal.core.table_files.header_rows import HEADER_WITHIN, choose_header
from portal.core.table_files.legacy_fonts import FONTS
from portal.core.table_files.reading import NeedsConfirmation, UnreadableFile
from portal.core.table_files.records import Record
from portal.core.table_files.spreadsheet_cells import EPOCH_1904_OFFSET, cell_text, seen_text
from portal.core.table_files.workbook_parts import Parts, refuse_far_cells

HEAD_ROWS = 2_000


@contextmanager
def opened_workbook(path):
    try:
        book = CalamineWorkbook.from_path(str(path))
        try:
            yield book
        finally:
            book.close()
    except CalamineError as fault:
        raise UnreadableFile("damaged_file") from fault


@dataclass(frozen=True)
class Sheets:
    """The sheets of a workbook; each is looked at before the reader lays it out in memory."""

    book: CalamineWorkbook
    path: Path
    parts: Parts

    def open(self, name):
        refuse_far_cells(self.path, self.parts.sheets.get(name, ""))
        return self.book.get_sheet_by_name(name)

    def head(self, name):
        return head_of(self.open(name))

    @property
    def _listed(self):
        return [each for each in self.book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]

    @property
    def names(self):
        return [each.name for each in self._listed]

    @property
    def visible(self):
        return [each.name for each in self._listed if each.visible == SheetVisibleEnum.Visible]


def choose_sheet(sheets, names, wanted):
    """Return the sheet that fits best; raise ``NeedsConfirmation`` when several fit as well."""
    if wanted:
        if wanted not in sheets.names:
            raise UnreadableFile("no_such_sheet", value=wanted)
        return wanted
    visible = sheets.visible
    if len(visible) == 1:
        return visible[0]
    fits = {name: _fitness(sheets.head(name), names) for name in visible}
    best = max(fits.values(), default=(0, 0))
    if best == (0, 0):
        raise UnreadableFile("no_sheet")
    tied = [name for name in visible if fits[name] == best]
    if len(tied) > 1 and best[0]:
        raise NeedsConfirmation("ambiguous_sheet", [_candidate(sheets, name) for name in tied])
    return tied[0]


def _candidate(sheets, name):
    head = [record.cells[:12] for record in sheets.head(name)]
    return {"field": "sheet", "value": name, "sample": [list(cells) for cells in head[:4]]}


def head_of(sheet):
    """Return the first rows of a sheet that are not blank."""
    rows = enumerate(sheet.iter_rows(), start=1)
    records = (
        Record(number, tuple(map(_shown, cells))) for number, cells in islice(rows, HEAD_ROWS)
    )
    return [record for record in records if not record.is_blank]


def _shown(value):
    return cell_text(value).lstrip("\x1d")


def _fitness(head, names):
    """Return how many columns the best row names, and whether rows follow it."""
    scores = [names.score(record.cells) for record in head[:HEADER_WITHIN]]
    best = max(scores, default=0)
    return best, int(bool(head) and scores.index(best) < len(head) - 1)


def confirm_characters(head):
    text = "\n".join(" ".join(record.cells) for record in head)
    confirm_fonts({"utf-8": text, **{font: read(text) for font, read in FONTS.items()}}, "utf-8")


def header_of(head, names, reading, read):
    if read:
        head = [Record(each.row, tuple(map(read, each.cells))) for each in head]
    header = choose_header(head, names, reading.header_row)
    cells = list(header.cells)
    while cells and not cells[-1].strip():
        cells.pop()
    return Record(header.row, tuple(cells))


class Rows:
    """The rows of a sheet as texts; what is special in a cell is known as the row comes."""

    def __init__(self, sheet, marked, kinds, read, starts_1904):
        self.sheet, self.kinds, self.read = sheet, kinds, read
        self.starts_1904 = starts_1904
        self._marked = iter(marked)
        self._next = next(self._marked, None)

    def __iter__(self):
        for number, values in enumerate(self.sheet.iter_rows(), start=1):
            cells = list(map(cell_text, values))
            self._correct(number, cells)
            if self.read:
                cells = [cell if cell.startswith("\x1d") else self.read(cell) for cell in cells]
            if self.starts_1904:
                self._shift_days(cells)
            yield number, cells

    def _correct(self, number, cells):
        while self._next is not None and self._next.row <= number:
            special = self._next
            if special.row == number:
                cells += [""] * (special.column + 1 - len(cells))
                kind = self.kinds[special.column] if special.column < len(self.kinds) else ""
                cells[special.column] = seen_text(cells[special.column], special, kind)
            self._next = next(self._marked, None)

    def _shift_days(self, cells):
        """Days are counted from 1904 in some workbooks; cells formatted as days are right."""
        for place, kind in enumerate(self.kinds[: len(cells)]):
            if kind == "date" and cells[place][1:].isdigit() and cells[place][0] == "\x1d":
                cells[place] = f"\x1d{int(cells[place][1:]) + EPOCH_1904_OFFSET}"
