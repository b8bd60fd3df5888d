"""Workbooks: which sheet is meant, where its header stands, and its rows as texts."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from portal.core.table_files.encodings import confirm_fonts
from portal.core.table_files.header_rows import HEADER_WITHIN, choose_header
from portal.core.table_files.legacy_fonts import FONTS
from portal.core.table_files.reading import NeedsConfirmation, UnreadableFile
from portal.core.table_files.records import Record
from portal.core.table_files.sheet_xml import Looked, look_over, specials
from portal.core.table_files.spreadsheet_cells import (
    EPOCH_1904_OFFSET,
    NATIVE_SIGN,
    cell_text,
    column_texts,
    seen_text,
)
from portal.core.table_files.workbook_parts import Parts

MOST_SHEETS = 200  #: so many are looked at for the one that is meant
HEAD_ROWS, HEAD_CELLS = 2_000, 500_000
CELLS_AT_ONCE, LEAST_ROWS = 5_000, 50


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


@dataclass
class Sheets:
    """The sheets of a workbook; each is looked at before the reader lays it out in memory.

    The sheet that was opened last is kept: it is mostly the one that is wanted.
    """

    book: CalamineWorkbook
    path: Path
    parts: Parts
    _name: str | None = None
    _sheet: CalamineSheet | None = None
    _looked: Looked = field(default_factory=Looked)

    def open(self, name):
        if name != self._name:
            self._name = self._sheet = None
            part = self.parts.sheets.get(name, "")
            self._looked = look_over(self.path, part, self.parts.formats)
            self._sheet, self._name = self.book.get_sheet_by_name(name), name
        return self._sheet

    def batches(self, name, kinds, read=None):
        """Return the rows of a sheet whose columns are of ``kinds``, as ``Batches``."""
        sheet, marked = self.open(name), ()
        if self._looked.may_be_special:
            marked = specials(self.path, self.parts.sheets[name], self.parts.formats)
        return Batches(sheet, marked, kinds, read, self.parts.starts_1904)

    def merged(self, name):
        """Return the merged cells: first row, last row, first and last place of each."""
        self.open(name)
        return self._looked.merged

    def hidden(self, name):
        """Return the numbers of the rows that people do not see."""
        self.open(name)
        return self._looked.hidden

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
    if len(visible) > MOST_SHEETS:
        raise UnreadableFile("too_many_sheets", expected=str(MOST_SHEETS))
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
    most = max(HEADER_WITHIN, min(HEAD_ROWS, HEAD_CELLS // max(1, sheet.width)))
    records = (Record(number, tuple(map(_shown, cells))) for number, cells in islice(rows, most))
    return [record for record in records if not record.is_blank]


def _shown(value):
    return cell_text(value).lstrip(NATIVE_SIGN)


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


class Batches:
    """The rows of a sheet as texts, some thousand at a time and column by column.

    Yields the number of the first row, and for each column a list of as many texts as rows.
    ``marked`` are the special cells in the order of rows; ``kinds`` the types of the columns.
    """

    def __init__(self, sheet, marked, kinds, read, starts_1904):
        self.sheet, self.kinds, self.read = sheet, kinds, read
        self.starts_1904 = starts_1904
        self._marked = iter(marked)
        self._next = next(self._marked, None)

    def __iter__(self):
        rows, first = self.sheet.iter_rows(), 1
        size = max(LEAST_ROWS, CELLS_AT_ONCE // max(1, self.sheet.width))
        while batch := list(islice(rows, size)):
            columns = list(map(column_texts, zip(*batch, strict=True)))
            yield first, self._seen(first, len(batch), columns)
            first += len(batch)
        # Behind the last value may stand formulas that nobody calculated: records all the same.
        while self._next is not None:
            first = max(first, self._next.row)
            yield first, self._seen(first, 1, [])
            first += 1

    def _seen(self, first, count, columns):
        """Return the columns as people see them in the sheet."""
        for special in self._marks(first, first + count - 1):
            place = special.column
            columns += ([""] * count for _missing in range(place + 1 - len(columns)))
            text = columns[place][special.row - first]
            columns[place][special.row - first] = seen_text(text, special, self._kind(place))
        if self.read:
            columns = [self._with_letters(column) for column in columns]
        if self.starts_1904:
            columns = [self._shifted(*each) for each in enumerate(columns)]
        return columns

    def _marks(self, first, last):
        while self._next is not None and self._next.row <= last:
            if self._next.row < first:  # no office program writes rows in another order
                raise UnreadableFile("damaged_file")
            yield self._next
            self._next = next(self._marked, None)

    def _kind(self, place):
        return self.kinds[place] if place < len(self.kinds) else ""

    def _with_letters(self, column):
        return [cell if cell.startswith(NATIVE_SIGN) else self.read(cell) for cell in column]

    def _shifted(self, place, column):
        """Days are counted from 1904 in some workbooks; cells formatted as days are right."""
        if self._kind(place) != "date":
            return column
        return [
            f"{NATIVE_SIGN}{int(cell[1:]) + EPOCH_1904_OFFSET}"
            if cell[:1] == NATIVE_SIGN and cell[1:].isdigit()
            else cell
            for cell in column
        ]

    def rows(self):
        """Yield the number and the texts of each row."""
        for first, columns in self:
            yield from enumerate(map(list, zip(*columns, strict=True)), start=first)
