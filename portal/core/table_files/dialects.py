"""Which delimiter a text file uses and which of its rows is the header: asked of the schema."""

from collections import Counter
from dataclasses import dataclass
from itertools import islice

from portal.core.table_files.header_rows import HEADER_WITHIN, choose_header
from portal.core.table_files.reading import UnreadableFile
from portal.core.table_files.records import read_records

DELIMITERS = (",", ";", "\t", "|")
NO_DELIMITERS = "\r\n\"' "  #: what ends lines, quotes cells or stands within words
SAMPLE_LINES = 400
SAMPLE_CHARACTERS = 4_000_000


@dataclass(frozen=True)
class Layout:
    """How the records stand in a text file; ``header`` is the record of the header."""

    delimiter: str
    quote: str
    header: object


def sample_lines(path, enough=SAMPLE_LINES):
    """Return the first lines of a plain text, without their ends."""
    lines, size = [], 0
    with path.open(encoding="utf-8-sig", newline="\n") as file:
        for line in islice(file, enough):
            lines.append(line.rstrip("\r\n"))
            size += len(line)
            if size > SAMPLE_CHARACTERS:
                break
    return lines


def find_layout(path, names, reading):
    """Return the layout of the text at ``path`` that fits the schema best."""
    if reading.delimiter and (len(reading.delimiter) > 1 or reading.delimiter in NO_DELIMITERS):
        raise UnreadableFile("no_such_delimiter", value=reading.delimiter)
    lines = sample_lines(path, max(SAMPLE_LINES, (reading.header_row or 0) + 100))
    delimiters = [reading.delimiter] if reading.delimiter else DELIMITERS
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) == 5:
        delimiters = [reading.delimiter or lines[0][4]]
        lines[0] = ""
    quote = reading.quote or '"'
    samples = {each: list(read_records(lines, each, quote)) for each in delimiters}
    best = max(samples, key=lambda each: _fitness(samples[each], names))
    records = samples[best]
    if not reading.quote and _is_wrapped(records, names):
        quote = "'"
        records = list(read_records(lines, best, quote))
    return Layout(best, quote, choose_header(records, names, reading.header_row))


def _fitness(records, names):
    """Return a key: columns named by the best row first, then how evenly the records run."""
    filled = [record for record in records if not record.is_blank]
    score = max((names.score(record.cells) for record in filled[:HEADER_WITHIN]), default=0)
    widths = Counter(len(record.cells) for record in filled if not record.fault)
    width, even = widths.most_common(1)[0] if widths else (0, 0)
    return score, even / max(1, len(filled)) if width > 1 or score else 0


def _is_wrapped(records, names):
    """Tell whether the cells of the header stand in single quotation marks."""
    filled = [record for record in records if not record.is_blank][:HEADER_WITHIN]
    header = max(filled, key=lambda record: names.score(record.cells), default=None)
    cells = [cell for cell in header.cells if cell] if header else []
    return bool(cells) and all(cell[0] == cell[-1] == "'" and len(cell) > 2 for cell in cells)
