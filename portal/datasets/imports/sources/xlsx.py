"""Workbooks: which sheet is meant, where its header stands, and its rows in the workspace."""

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

from portal.datasets.imports.reading import NeedsConfirmation, UnreadableFile
from portal.datasets.imports.sources import loading
from portal.datasets.imports.sources.encodings import codec_of, confirm_fonts
from portal.datasets.imports.sources.header_rows import HEADER_WITHIN, choose_header
from portal.datasets.imports.sources.legacy_fonts import FONTS
from portal.datasets.imports.sources.records import Record
from portal.datasets.imports.sources.spreadsheet_cells import cell_text, seen_text
from portal.datasets.imports.sources.workbook_parts import (
    Parts,
    open_parts,
    refuse_far_cells,
    specials,
)
from portal.datasets.imports.values import EPOCH_1904_OFFSET

HEAD_ROWS = 2_000


def load_xlsx(workspace, path, schema, names, reading):
    """Load the rows of a workbook's sheet; return the match of its header.

    ``reading`` is completed step by step, so that it tells how far the reading came.
    """
    reading.format = "xlsx"
    parts = open_parts(path)
    with _workbook(path) as book:
        sheets = _Sheets(book, path, parts)
        reading.sheet = _choose_sheet(sheets, names, reading.sheet)
        sheet = sheets.open(reading.sheet)
        head = _head(sheet)
        if not reading.encoding:
            _confirm_characters(head)
        read = codec_of(reading.encoding)[1] if reading.encoding else None
        header = _header(head, names, reading, read)
        reading.header_row = header.row
        match = names.match(header.row, header.cells)
        marked = specials(path, parts.sheets[reading.sheet], parts.formats)
        kinds = _kinds(schema, match)
        rows = _Rows(sheet, marked, kinds, read, parts.starts_1904)
        target = workspace.folder / "rows.txt"
        longest = _write_rows(rows, match, target)
    places = [match.positions.get(column.name) for column in schema.columns]
    loading.read_lines(workspace, target, longest * 4)
    characters = loading.look_at_characters(workspace, is_unusual=True, is_tab_rare=True)
    loading.load_generated(workspace, places, match.unnamed, match.width)
    loading.clean_cells(workspace, len(places), characters, schema.missing_values)
    return match


@contextmanager
def _workbook(path):
    try:
        book = CalamineWorkbook.from_path(str(path))
        try:
            yield book
        finally:
            book.close()
    except CalamineError as fault:
        raise UnreadableFile("damaged_file") from fault


@dataclass(frozen=True)
class _Sheets:
    """The sheets of a workbook; each is looked at before the reader lays it out in memory."""

    book: CalamineWorkbook
    path: Path
    parts: Parts

    def open(self, name):
        refuse_far_cells(self.path, self.parts.sheets.get(name, ""))
        return self.book.get_sheet_by_name(name)

    def head(self, name):
        return _head(self.open(name))


def _choose_sheet(sheets, names, wanted):
    """Return the sheet that fits best; raise ``NeedsConfirmation`` when several fit as well."""
    listed = [each for each in sheets.book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    if wanted:
        if wanted not in {each.name for each in listed}:
            raise UnreadableFile("no_such_sheet", value=wanted)
        return wanted
    visible = [each.name for each in listed if each.visible == SheetVisibleEnum.Visible]
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


def _head(sheet):
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


def _confirm_characters(head):
    text = "\n".join(" ".join(record.cells) for record in head)
    confirm_fonts({"utf-8": text, **{font: read(text) for font, read in FONTS.items()}}, "utf-8")


def _header(head, names, reading, read):
    if read:
        head = [Record(each.row, tuple(map(read, each.cells))) for each in head]
    header = choose_header(head, names, reading.header_row)
    cells = list(header.cells)
    while cells and not cells[-1].strip():
        cells.pop()
    return Record(header.row, tuple(cells))


def _kinds(schema, match):
    """Return the type of the column at each place of the header."""
    places = {place: name for name, place in match.positions.items()}
    return [
        schema.column(places[place]).type if place in places else "" for place in range(match.width)
    ]


class _Rows:
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


def _write_rows(rows, match, target):
    """Write the rows below the header as generated lines; return the length of the longest."""
    longest = 0
    with target.open("w", encoding="utf-8", newline="\n", errors="replace") as file:
        for number, cells in rows:
            if number > match.row:
                line = _line(number, cells, match.width)
                longest = max(longest, len(line))
                file.write(line)
    return longest


def _line(number, cells, width):
    if not any(cell and not cell.isspace() for cell in cells):
        return loading.generated_line(number, [], loading.BLANK)
    if any(cell and not cell.isspace() for cell in cells[width:]):
        return loading.generated_line(number, cells, loading.WRONG_WIDTH)
    return loading.generated_line(number, cells[:width] + [""] * (width - len(cells)))
