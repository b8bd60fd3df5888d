"""A whole small table out of a file: its header and its rows as texts, each with its line."""

import re
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from portal.core.table_files.dialects import find_layout
from portal.core.table_files.encodings import codec_of, decided_encoding, detect_encoding
from portal.core.table_files.other_workbooks import OTHER_WORKBOOKS
from portal.core.table_files.reading import Reading, UnreadableFile
from portal.core.table_files.records import read_records
from portal.core.table_files.sniff import sniff
from portal.core.table_files.workbook_parts import open_parts
from portal.core.table_files.workbooks import (
    Sheets,
    choose_sheet,
    confirm_characters,
    header_of,
    opened_workbook,
)
from portal.core.text import nfc

#: What a cell is taken for before anything is known of its column: zeros in front stay.
_AS_CODES = "code"
#: Twenty thousand rows of a catalogue take a fraction of it.
MOST_UNPACKED = 100_000_000
#: Signs that no text holds, and by which this code marks what a spreadsheet held.
_OWN_SIGNS = re.compile("[\x00\x1c-\x1f]")


@dataclass(frozen=True)
class Line:
    """One row of a table: ``number`` as a spreadsheet or an editor counts it.

    ``fault`` is the code of what breaks the row as a whole.
    """

    number: int
    cells: tuple[str, ...]
    fault: str = ""


@dataclass
class TableFile:
    """A table as it was read. Blank rows are left out; ``reading`` says how it was read."""

    header: tuple[str, ...]
    lines: list[Line]
    reading: Reading = field(default_factory=Reading)


def read_table(path, names, *, most_rows, sheet_names=None, reading=None):
    """Return the ``TableFile`` at ``path``; ``names.score(cells)`` finds its header.

    ``sheet_names`` finds the sheet where ``names`` would not, and what ``reading`` says is taken
    as decided. Raise ``UnreadableFile`` for what is no table or has more than ``most_rows``
    rows, and ``NeedsConfirmation`` where more than one reading fits.
    """
    path = Path(path)
    reading = replace(reading or Reading(), format=sniff(path))
    read = {"csv": _read_csv, "xlsx": _read_xlsx}.get(reading.format, _read_other)
    fits = _Fits(names, sheet_names or names)
    with tempfile.TemporaryDirectory() as folder:
        header, lines = read(path, Path(folder), fits, reading, most_rows)
    return TableFile(header, lines, reading)


@dataclass(frozen=True)
class _Fits:
    """What finds the header, and what finds the sheet."""

    header: object
    sheet: object


def _read_csv(path, folder, fits, reading, most_rows):
    if reading.encoding:
        reading.encoding = decided_encoding(path, reading.encoding)
    else:
        reading.encoding = detect_encoding(path)
    plain = folder / "plain.txt"
    plain.write_text(_decoded(path, reading.encoding), encoding="utf-8", newline="\n")
    layout = find_layout(plain, fits.header, reading)
    reading.delimiter, reading.quote = layout.delimiter, layout.quote
    header = _without_blank_end(layout.header.cells)
    reading.header_row = layout.header.row
    lines = []
    with plain.open(encoding="utf-8", newline="\n") as source:
        texts = (line.rstrip("\n") for line in source)
        for record in read_records(texts, layout.delimiter, layout.quote, len(header)):
            if record.row >= reading.header_row + layout.header.lines and not record.is_blank:
                _refuse_too_many(lines, most_rows)
                lines.append(_line(record.row, record.cells, record.fault, len(header), True))
    return header, lines


def _decoded(path, encoding):
    codec, read = codec_of(encoding)
    try:
        text = path.read_bytes().decode(codec)
    except UnicodeError as fault:
        raise UnreadableFile("undecodable", expected=encoding) from fault
    text = (read(text) if read else text).removeprefix("\ufeff")
    return _OWN_SIGNS.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _read_xlsx(path, folder, fits, reading, most_rows):
    parts = open_parts(path, MOST_UNPACKED)
    with opened_workbook(path) as book:
        sheets = Sheets(book, path, parts)
        reading.sheet = choose_sheet(sheets, fits.sheet, reading.sheet)
        head = sheets.head(reading.sheet)
        read = _characters(head, reading)
        found = header_of(head, fits.header, reading, read)
        header, reading.header_row = found.cells, found.row
        lines = []
        kinds = [_AS_CODES] * len(header)
        for number, cells in sheets.batches(reading.sheet, kinds, read).rows():
            if number > found.row and any(cell and not cell.isspace() for cell in cells):
                _refuse_too_many(lines, most_rows)
                lines.append(_line(number, cells, "", len(header), False))
    return header, lines


def _read_other(path, folder, fits, reading, most_rows):
    sheets = OTHER_WORKBOOKS[reading.format](path)
    reading.sheet = choose_sheet(sheets, fits.sheet, reading.sheet)
    head = sheets.head(reading.sheet)
    read = _characters(head, reading)
    found = header_of(head, fits.header, reading, read)
    header, reading.header_row = found.cells, found.row
    lines = []
    for number, cells in sheets.rows(reading.sheet, [_AS_CODES] * len(header), read):
        if number > found.row and any(cell and not cell.isspace() for cell in cells):
            _refuse_too_many(lines, most_rows)
            lines.append(_line(number, cells, "", len(header), False))
    return header, lines


def _characters(head, reading):
    """Return what turns the signs of a font into Unicode, or None; ask where it is in doubt."""
    if reading.encoding:
        return codec_of(reading.encoding)[1]
    confirm_characters(head)
    return None


def _line(number, cells, fault, width, is_strict):
    """Return a row of ``width`` cells; too few are a fault only where a file writes them all."""
    cells = [nfc(cell) for cell in cells]
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    if not fault and (len(cells) > width or (is_strict and len(cells) < width)):
        fault = "wrong_number_of_cells"
    return Line(number, tuple(cells + [""] * (width - len(cells))), fault)


def _without_blank_end(cells):
    cells = list(cells)
    while cells and not cells[-1].strip():
        cells.pop()
    return tuple(cells)


def _refuse_too_many(lines, most_rows):
    if len(lines) >= most_rows:
        raise UnreadableFile("too_many_rows", expected=f"{most_rows:,}".replace(",", "."))
