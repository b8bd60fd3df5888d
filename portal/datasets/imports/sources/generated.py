"""Records that this code has read itself, on their way into the engine.

They are written to a file of plain columns, which the engine reads many times faster than it
takes values one by one; what the cells hold is looked at while they pass.
"""

from portal.core.table_files.reading import UnreadableFile
from portal.core.table_files.spreadsheet_cells import (
    LONGEST_CELL,
    NATIVE_SIGN,
    marked_too_long,
)
from portal.datasets.imports.issues import VALUE_LENGTH
from portal.datasets.imports.sources import loading
from portal.datasets.imports.sources.plain_text import CELL, LINE, USUAL, is_unusual

#: Bytes that need no closer look; a tab within a cell does.
_USUAL = bytes(set(USUAL) - {0x09} | set(f"{CELL}{LINE}{NATIVE_SIGN}".encode()))
#: How spaces at the end of a cell look in the file, and ends of lines.
_LOOSE_SPACES = (f"{CELL} ", f" {CELL}", " \n")
_LOOSE_LINES = (f"{CELL}{LINE}", f"{LINE}{CELL}", f"{LINE}\n")
ROWS_AT_ONCE = 5_000
BYTES_AT_ONCE = 8_000_000
MOST_BYTES = 1_000_000_000  #: what repetitions in a small file may become


class GeneratedRecords:
    """Takes records of as many cells as the header, then fills ``raw`` and ``odd`` with them.

    ``places`` are the cells that the columns want, None for a column that the file does not
    have; other cells are not kept. No cell may hold the engine's own signs. ``is_unusual`` and
    ``has_loose_space`` tell what the cells hold.
    """

    def __init__(self, workspace, match, places):
        self.workspace, self.width = workspace, match.width
        self._places, self._beside = places, match.beside
        self._wanted = sorted({*places, *match.beside} - {None})
        self.is_unusual = self.has_loose_space = False
        self._waiting_size = 0
        self._has_lines, self._longest, self._waiting, self._size = False, 0, [], 0
        self._path, self._odd_path = (workspace.folder / name for name in ("good.txt", "odd.txt"))
        self._file, self._odd_file = self._path.open("wb"), self._odd_path.open("wb")

    def __enter__(self):
        return self

    def __exit__(self, *fault):
        self._file.close()
        self._odd_file.close()

    def add_columns(self, first, columns):
        """Add rows from ``first`` on, given as columns: some are blank, some too wide."""
        count = len(columns[0])
        columns = columns + [[""] * count] * (self.width - len(columns))
        taken = [columns[place] for place in self._wanted]
        numbers = map(str, range(first, first + count))
        lines = list(map(CELL.join, zip(numbers, *taken, strict=True)))
        if max(map(len, lines)) > LONGEST_CELL:
            cut = [map(_cut, column) for column in taken]
            numbers = map(str, range(first, first + count))
            lines = list(map(CELL.join, zip(numbers, *cut, strict=True)))
        odd = _odd_rows(columns[: self.width], columns[self.width :])
        if odd:
            for place, fault in odd.items():
                cells = [column[place] for column in columns]
                self.add_odd(first + place, fault, cells)
            lines = [line for place, line in enumerate(lines) if place not in odd]
        self._write(lines)

    def add_row(self, row, cells):
        """Add a row of as many cells as the header."""
        wanted = (_cut(cells[place]) for place in self._wanted)
        self._waiting.append(CELL.join([str(row), *wanted]))
        self._waiting_size += len(self._waiting[-1])
        if len(self._waiting) >= ROWS_AT_ONCE or self._waiting_size > BYTES_AT_ONCE:
            self._write(self._waiting)
            self._waiting, self._waiting_size = [], 0

    def add_odd(self, row, fault, cells):
        """Add a row that is blank or broken as a whole."""
        shown = " ".join(cell[:VALUE_LENGTH].lstrip(NATIVE_SIGN) for cell in cells[:VALUE_LENGTH])
        shown = shown[:VALUE_LENGTH]
        line = f"{row}{CELL}{fault}{CELL}{shown}".replace("\n", " ") + "\n"
        self._odd_file.write(line.encode("utf-8", "replace"))

    def _write(self, lines):
        if not lines:
            return
        self._longest = max(self._longest, *map(len, lines))
        block, loose = "\n".join(lines) + "\n", _LOOSE_SPACES
        if block.count("\n") > len(lines):
            self._has_lines, loose = True, loose + _LOOSE_LINES
            block = "".join(line.replace("\n", LINE) + "\n" for line in lines)
        self.has_loose_space = self.has_loose_space or any(each in block for each in loose)
        content = block.encode("utf-8", "replace")
        self._size += len(content)
        if self._size > MOST_BYTES:
            raise UnreadableFile("too_big_unpacked", expected=f"{MOST_BYTES // 1_000_000} MB")
        self.is_unusual = self.is_unusual or is_unusual(content, _USUAL)
        self._file.write(content)

    def load(self):
        """Fill ``raw`` and ``odd``; return which characters the cells hold."""
        self._write(self._waiting)
        self._file.close()
        self._odd_file.close()
        size = 4 * self._longest
        columns = ["row BIGINT", *(f"f{place} VARCHAR" for place in self._wanted)]
        form = "replace({}, chr(30), chr(10))" if self._has_lines else "{}"
        source = loading.columns_of_file(self.workspace, self._path, columns, CELL, size)
        picked = loading.picked(self._places, self._beside, "f{}", form)
        self.workspace.run(f"CREATE TABLE raw AS SELECT row, {picked} FROM {source}")
        odd = ["row BIGINT", "fault VARCHAR", "text VARCHAR"]
        source = loading.columns_of_file(self.workspace, self._odd_path, odd, CELL)
        self.workspace.run(f"CREATE TABLE odd AS SELECT row, fault, text FROM {source}")
        return self._characters(size)

    def _characters(self, size):
        if not self.is_unusual:
            return loading.Characters()
        loading.read_lines(self.workspace, self._path, size)
        characters = loading.look_at_characters(self.workspace, True, True)
        self.workspace.run("DROP TABLE lines")
        return characters


def _odd_rows(columns, beyond):
    """Return the faults of rows by their places: blank, or with cells ``beyond`` the header."""
    wide = [
        place
        for column in beyond
        if any(column)
        for place, cell in enumerate(column)
        if _is_filled(cell)
    ]
    odd = dict.fromkeys(wide, loading.WRONG_WIDTH)
    # Where one column is filled throughout, no row is blank.
    if not any(all(map(str.strip, column)) for column in columns):
        for place, cells in enumerate(zip(*columns, strict=True)):
            if place not in odd and not any(map(_is_filled, cells)):
                odd[place] = loading.BLANK
    return odd


def _cut(cell):
    """Keep of a cell that is too long only so much that it is known as such."""
    return cell if len(cell) <= LONGEST_CELL else marked_too_long(cell)


def _is_filled(cell):
    return bool(cell) and not cell.isspace()
