"""Which delimiter a text file uses and which of its rows is the header: asked of the schema."""

from collections import Counter
from dataclasses import dataclass
from itertools import islice

from portal.datasets.imports.reading import NeedsConfirmation, UnreadableFile
from portal.datasets.imports.sources.records import read_records

DELIMITERS = (",", ";", "\t", "|")
HEADER_WITHIN = 60  #: the header stands among that many rows
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
    lines = sample_lines(path, max(SAMPLE_LINES, (reading.header_row or 0) + 100))
    delimiters = [reading.delimiter] if reading.delimiter else DELIMITERS
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) == 5:
        delimiters = [reading.delimiter or lines[0][4]]
        lines[0] = ""
    quotes = [reading.quote] if reading.quote else ['"', "'"]
    samples = {
        (delimiter, quote): list(read_records(lines, delimiter, quote))
        for quote in quotes
        for delimiter in delimiters
    }
    best = max(samples, key=lambda each: _fitness(samples[each], names, each[1]))
    header = _header(samples[best], names, reading.header_row)
    return Layout(*best, header)


def _fitness(records, names, quote):
    """Return a key: columns named by the best row, the usual quotation mark, even records."""
    filled = [record for record in records if not record.is_blank]
    score = max((names.score(record.cells) for record in filled[:HEADER_WITHIN]), default=0)
    widths = Counter(len(record.cells) for record in filled if not record.fault)
    width, even = widths.most_common(1)[0] if widths else (0, 0)
    return score, quote == '"', even / max(1, len(filled)) if width > 1 or score else 0


def _header(records, names, wanted):
    if wanted:
        for record in records:
            if record.row == wanted and not record.is_blank:
                return record
        raise UnreadableFile("no_such_row", expected=str(wanted))
    filled = [record for record in records if not record.is_blank][:HEADER_WITHIN]
    if not filled:
        raise UnreadableFile("empty_file")
    return best_header(filled, names)


def best_header(records, names):
    """Return the record that names most columns; raise ``NeedsConfirmation`` when two do."""
    scores = [names.score(record.cells) for record in records]
    best = max(scores)
    tied = [record for record, score in zip(records, scores, strict=True) if score == best]
    if best == 0:
        return records[0]
    rivals = [record for record in tied if record.cells != tied[0].cells]
    if best > 1 and rivals:
        raise NeedsConfirmation(
            "ambiguous_header",
            [
                {"field": "header_row", "value": record.row, "sample": [list(record.cells)]}
                for record in [tied[0], *rivals[:4]]
            ],
        )
    return tied[0]
