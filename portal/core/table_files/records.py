"""Records of a delimited text, read so that one bad quotation mark spoils one record only."""

import csv
from collections import deque
from dataclasses import dataclass

MAX_LINES = 20_000  #: a quoted text that runs over more lines was never closed


@dataclass(frozen=True)
class Record:
    """One record and the line on which it starts; ``fault`` is the code of what breaks it."""

    row: int
    cells: tuple[str, ...]
    fault: str = ""
    lines: int = 1

    @property
    def is_blank(self):
        """Tell whether no cell holds anything."""
        return not self.fault and not any(cell and not cell.isspace() for cell in self.cells)


def read_records(lines, delimiter, quote='"', width=None):
    """Yield the records in ``lines``, which come without their line ends.

    A quotation mark counts only at the beginning of a cell (spaces apart), and only when a
    matching one ends the cell. Where none does, the line is a record of its own with a fault,
    and reading goes on with the next line: nothing is swallowed. With ``width``, a quoted text
    whose inner lines have that many cells is a fault, too; so is a text that a mark opens within
    a cell and another closes cells later, because a delimiter may have been lost before it.
    """
    source = _Lines(lines)
    while True:
        reader = csv.reader(
            source, delimiter=delimiter, quotechar=quote, strict=True, skipinitialspace=True
        )
        try:
            for cells in reader:
                yield _record(source, cells or [""], "", delimiter, width, quote)
        except csv.Error:
            # The library says that something is wrong, but not where to go on.
            source.give_back()
            yield _careful_record(source, delimiter, quote, width)
            continue
        return


def _record(source, cells, fault, delimiter, width, quote):
    """Return the record that ends with the lines taken so far."""
    taken = source.taken
    if not fault and width and len(taken) > 2 and _looks_swallowed(taken, delimiter, width):
        fault = "swallowed_lines"
    if not fault and len(taken) == 1 and _spans_delimiters(taken[0], delimiter, quote):
        fault = "lost_delimiter"
    if fault:
        cells = taken[:1]
        source.give_back(keep=1)
    record = Record(source.number - len(source.taken) + 1, tuple(cells), fault, len(source.taken))
    source.taken = []
    return record


class _Lines:
    """Lines with a memory: those of the present record can be given back."""

    def __init__(self, lines):
        self._lines = iter(lines)
        self._waiting = deque()
        self.taken = []
        self.number = 0

    def __iter__(self):
        return self

    def __next__(self):
        line = self.take()
        if line is None:
            raise StopIteration
        return line + "\n"

    def take(self):
        """Return the next line; None at the end, or when a record has too many lines."""
        if len(self.taken) >= MAX_LINES:
            return None
        line = self._waiting.popleft() if self._waiting else next(self._lines, None)
        if line is not None:
            self.taken.append(line)
            self.number += 1
        return line

    def give_back(self, keep=0):
        """Put back all lines of the present record but the first ``keep``."""
        returned = self.taken[keep:]
        self._waiting.extendleft(reversed(returned))
        self.number -= len(returned)
        self.taken = self.taken[:keep]


def _careful_record(source, delimiter, quote, width):
    """Return the next record, looking at each mark: what is wrong, and where the next begins."""
    line, place, cells, fault = source.take(), 0, [], ""
    while place >= 0 and not fault:
        opening = _after_spaces(line, place)
        if not line.startswith(quote, opening):
            end = line.find(delimiter, place)
            cells.append(line[place:] if end < 0 else line[place:end])
        else:
            text, line, end = _quoted(line, opening + 1, source, quote)
            rest = "" if text is None else line[end:].partition(delimiter)[0]
            if text is None or (rest.strip() and len(source.taken) > 1):
                fault = "unterminated_quote"
            elif rest.strip():
                fault = "misplaced_quote"
            cells.append(text)
            end = line.find(delimiter, end)
        place = end + len(delimiter) if end >= 0 else -1
    return _record(source, cells, fault, delimiter, width, quote)


def _spans_delimiters(line, delimiter, quote):
    """Tell whether a quoted text begins within a cell and ends with a later one.

    ``78"Table, round"`` has lost the delimiter before its text; ``48",36"`` are two lengths.
    """
    if line.count(quote) < 2:
        return False
    is_open = False
    for cell in _loose_cells(line, delimiter, quote):
        if cell.count(quote) % 2:
            if is_open and cell.endswith(quote):
                return True
            is_open = is_open or not cell.endswith(quote)
    return False


def _loose_cells(line, delimiter, quote):
    """Yield the cells of a well-formed line that no mark opens, without spaces at their ends."""
    place = 0
    while place >= 0:
        opening = _after_spaces(line, place)
        if line.startswith(quote, opening):
            place = opening + 1
            while line.startswith(quote * 2, end := line.find(quote, place)):
                place = end + 2
            end = line.find(delimiter, end)
        else:
            end = line.find(delimiter, place)
            yield (line[place:] if end < 0 else line[place:end]).strip()
        place = end + len(delimiter) if end >= 0 else -1


def _after_spaces(line, place):
    while line.startswith(" ", place):
        place += 1
    return place


def _quoted(line, start, source, quote):
    """Return the text that a quote opened, the line it ends on, and the place behind it."""
    parts = []
    while True:
        end = line.find(quote, start)
        if end < 0:
            parts += [line[start:], "\n"]
            line, start = source.take(), 0
            if line is None:
                return None, "", 0
        elif line.startswith(quote, end + 1):
            parts.append(line[start : end + 1])
            start = end + 2
        else:
            return "".join([*parts, line[start:end]]), line, end + 1


def _looks_swallowed(taken, delimiter, width):
    """Tell whether every inner line has as many cells as the header.

    One short line with two commas may be part of an address; several are not.
    """
    inner = taken[1:-1]
    return len(inner) * (width - 1) >= 4 and all(
        line.count(delimiter) == width - 1 for line in inner
    )
