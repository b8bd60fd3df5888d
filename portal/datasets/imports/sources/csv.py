"""Delimited text: its characters, its layout, and its records in the workspace."""

import re
from dataclasses import replace

from portal.core.table_files.dialects import find_layout
from portal.core.table_files.encodings import decided_encoding, detect_encoding
from portal.core.table_files.records import read_records
from portal.datasets.imports.sources import loading
from portal.datasets.imports.sources.generated import GeneratedRecords
from portal.datasets.imports.sources.plain_columns import MOST_COLUMNS, load_plain
from portal.datasets.imports.sources.plain_text import count_text, prepare
from portal.datasets.imports.workspace import text

LONG_LINE = 1_000_000


def load_csv(workspace, path, schema, names, reading):
    """Load the records of a text file; return the match of its header.

    ``reading`` is completed step by step, so that it tells how far the reading came.
    """
    reading.format = "csv"
    counts = count_text(path, reading.quote)
    if reading.encoding:
        reading.encoding = decided_encoding(path, reading.encoding, counts.is_utf8)
    else:
        reading.encoding = detect_encoding(path, counts.is_utf8)
    plain = prepare(path, reading.encoding, workspace.folder, reading.quote, counts)
    layout = find_layout(plain.path, names, reading)
    reading.delimiter, reading.quote = layout.delimiter, layout.quote
    reading.header_row = layout.header.row
    if layout.quote != '"':
        plain = replace(plain, quotes=True)
    match = names.match(layout.header.row, layout.header.cells)
    places = [match.positions.get(column.name) for column in schema.columns]
    is_tab_rare = plain.has_tabs and layout.delimiter != "\t"
    characters = _load_records(workspace, plain, layout, places, match, is_tab_rare)
    loading.clean_cells(
        workspace, len(places), characters, schema.missing_values, may_hold_lines=plain.quotes
    )
    return match


def _load_records(workspace, plain, layout, places, match, is_tab_rare):
    """Fill ``raw`` and ``odd`` in the fastest way that fits; return what characters there are."""
    first_row = layout.header.row + layout.header.lines
    is_loaded = (
        not plain.quotes
        and match.width <= MOST_COLUMNS
        and load_plain(workspace, plain, layout.delimiter, places, match, first_row)
    )
    if is_loaded and not (plain.is_unusual or is_tab_rare):
        return loading.Characters()
    loading.read_lines(workspace, plain.path, plain.longest_line)
    characters = loading.look_at_characters(workspace, plain.is_unusual, is_tab_rare)
    if is_loaded:
        workspace.run("DROP TABLE lines")
    else:
        _load_lines(workspace, plain, layout, places, match, first_row)
    return characters


def _load_lines(workspace, plain, layout, places, match, first_row):
    split = _plain_split(layout)
    if plain.quotes:
        split = _quoted_split(layout)
        if _has_long_lines(workspace) or _has_loose_quotes(workspace, layout, first_row):
            _load_slowly(workspace, plain, layout, places, match, first_row)
            return
    signs = layout.delimiter + (layout.quote if plain.quotes else "")
    loading.load_delimited(workspace, split, signs, places, match.beside, match.width, first_row)


def _plain_split(layout):
    return f"string_split(line, {text(layout.delimiter)})"


def _quoted_split(layout):
    """Return the SQL that splits a well-formed record, whatever is quoted in it.

    Split at the quotation marks, every second piece stands inside; an empty piece between two
    insides is a doubled mark.
    """
    quote, delimiter = text(layout.quote), text(layout.delimiter)
    q, d = re.escape(layout.quote), re.escape(layout.delimiter)
    each_quoted = text(f"{q}[^{q}]*{q}(?:{d}{q}[^{q}]*{q})*")
    marks = f"strlen(line) - strlen(replace(line, {quote}, ''))"
    pieces = f"""list_transform(string_split(line, {quote}), lambda piece, place:
        CASE WHEN place % 2 = 0 THEN piece
             WHEN piece = '' AND place > 1 AND place <= {marks} THEN {quote}
             ELSE replace(piece, {delimiter}, chr(31)) END)"""
    return f"""CASE
        WHEN NOT contains(line, {quote}) THEN {_plain_split(layout)}
        WHEN regexp_full_match(line, {each_quoted}) THEN string_split(
            line[2:-2], {text(layout.quote + layout.delimiter + layout.quote)})
        ELSE string_split(array_to_string({pieces}, ''), chr(31)) END"""


def _has_long_lines(workspace):
    """Tell whether a line has so many marks, perhaps, that the engine would take minutes."""
    return (workspace.value("SELECT max(strlen(line)) FROM lines") or 0) > LONG_LINE


def _has_loose_quotes(workspace, layout, first_row):
    """Tell whether a quotation mark stands anywhere but around a cell of a single line."""
    q, d = re.escape(layout.quote), re.escape(layout.delimiter)
    cell = f"(?:[^{q}{d}]*| *{q}(?:[^{q}]|{q}{q})*{q} *)"
    return workspace.value(f"""
        SELECT count(*) > 0 FROM lines WHERE rowid >= {first_row - 1}
        AND contains(line, {text(layout.quote)})
        AND NOT regexp_full_match(line, {text(f"{cell}(?:{d}{cell})*")})
    """)


def _load_slowly(workspace, plain, layout, places, match, first_row):
    """Read the records in Python, which knows how to go on after a loose quotation mark."""
    with (
        plain.path.open(encoding="utf-8-sig", newline="\n") as source,
        GeneratedRecords(workspace, match, places) as records,
    ):
        lines = (line.rstrip("\r\n") for line in source)
        for record in read_records(lines, layout.delimiter, layout.quote, match.width):
            if record.row >= first_row:
                _add(records, record, match.width)
        records.load()


def _add(records, record, width):
    fault = loading.BLANK if record.is_blank else record.fault
    if not fault and len(record.cells) != width:
        fault = loading.WRONG_WIDTH
    if fault:
        records.add_odd(record.row, fault, record.cells)
    else:
        records.add_row(record.row, record.cells)
