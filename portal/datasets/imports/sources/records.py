"""Records of a delimited text, read so that one bad quotation mark spoils one record only."""

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

    A quotation mark counts only at the beginning of a cell, and only when a matching one ends
    the cell. Where none does, the line is a record of its own with a fault, and reading goes
    on with the next line: nothing is swallowed. With ``width``, a quoted text whose inner
    lines have that many cells is a fault, too.
    """
    source = _Lines(lines)
    while (line := source.next()) is not None:
        row = source.number
        if not quote or quote not in line:
            yield Record(row, tuple(line.split(delimiter)))
            continue
        taken = [line]
        cells, fault = _cells(taken, source, delimiter, quote)
        if not fault and width and _looks_swallowed(taken, delimiter, width):
            fault = "swallowed_lines"
        if fault:
            source.give_back(taken[1:])
            yield Record(row, (line,), fault)
        else:
            yield Record(row, tuple(cells), lines=len(taken))


class _Lines:
    """Lines with a memory: what was taken too far can be given back."""

    def __init__(self, lines):
        self._lines = iter(lines)
        self._waiting = deque()
        self.number = 0

    def next(self):
        line = self._waiting.popleft() if self._waiting else next(self._lines, None)
        if line is not None:
            self.number += 1
        return line

    def give_back(self, lines):
        self._waiting.extendleft(reversed(lines))
        self.number -= len(lines)


def _cells(taken, source, delimiter, quote):
    """Return the cells that begin in ``taken[0]`` and the fault; further lines are taken."""
    cells, line, place = [], taken[0], 0
    while True:
        if not line.startswith(quote, place):
            end = line.find(delimiter, place)
            cells.append(line[place:] if end < 0 else line[place:end])
        else:
            text, line, end = _quoted(line, place + 1, taken, source, quote)
            if text is None:
                return cells, "unterminated_quote"
            rest = line[end:].partition(delimiter)[0]
            if rest.strip():
                return cells, "unterminated_quote" if len(taken) > 1 else "misplaced_quote"
            cells.append(text)
            end = line.find(delimiter, end)
        if end < 0:
            return cells, ""
        place = end + len(delimiter)


def _quoted(line, start, taken, source, quote):
    """Return the text that a quote opened, the line it ends on, and the place behind it."""
    parts = []
    while True:
        end = line.find(quote, start)
        if end < 0:
            parts += [line[start:], "\n"]
            line, start = source.next() if len(taken) < MAX_LINES else None, 0
            if line is None:
                return None, "", 0
            taken.append(line)
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
