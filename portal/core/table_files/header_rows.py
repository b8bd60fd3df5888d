"""Which of the first rows is the header: the one that names most columns of the schema."""

from dataclasses import replace

from portal.core.table_files.reading import NeedsConfirmation, UnreadableFile

HEADER_WITHIN = 60  #: the header stands among that many rows that are not blank


def choose_header(records, names, wanted=None):
    """Return the record of the header; with ``wanted``, the one on that row.

    Raise ``NeedsConfirmation`` when several rows fit as well, and ``UnreadableFile`` when there
    is none. Where a header has two rows, of groups and of columns below them, the record on
    the lower row has the cells of both.
    """
    filled = [record for record in records if not record.is_blank]
    if wanted:
        return _wanted(filled, names, wanted)
    filled = filled[:HEADER_WITHIN]
    if not filled:
        raise UnreadableFile("empty_file")
    scores = [names.score(record.cells) for record in filled]
    best = max(scores)
    if best == 0:
        return filled[0]
    for upper, lower in zip(filled, filled[1:], strict=False):
        both = _joined(upper, lower, names)
        if both and names.score(both.cells) > best:
            return both
    tied = [record for record, score in zip(filled, scores, strict=True) if score == best]
    rivals = [record for record in tied if record.cells != tied[0].cells]
    if best > 1 and rivals:
        raise NeedsConfirmation("ambiguous_header", list(map(_candidate, [tied[0], *rivals[:4]])))
    return tied[0]


def _wanted(filled, names, wanted):
    for place, record in enumerate(filled):
        if record.row == wanted:
            return (place and _joined(filled[place - 1], record, names)) or record
    raise UnreadableFile("no_such_row", expected=str(wanted))


def _joined(upper, lower, names):
    """Return one record of two rows that name different columns; None when they do not."""
    if upper.row + upper.lines != lower.row or upper.fault or lower.fault:
        return None
    width = max(len(upper.cells), len(lower.cells))
    first, second = (each.cells + ("",) * (width - len(each.cells)) for each in (upper, lower))
    both = tuple(
        below if below.strip() else above for above, below in zip(first, second, strict=True)
    )
    if names.score(both) > max(names.score(first), names.score(second), 1):
        return replace(lower, cells=both)
    return None


def _candidate(record):
    return {"field": "header_row", "value": record.row, "sample": [list(record.cells)]}
