"""Workbooks: the rows of the sheet that is meant, in the workspace."""

from portal.core.table_files.encodings import codec_of
from portal.core.table_files.other_workbooks import OTHER_WORKBOOKS
from portal.core.table_files.workbook_parts import open_parts
from portal.core.table_files.workbooks import (
    Sheets,
    choose_sheet,
    confirm_characters,
    header_of,
    opened_workbook,
)
from portal.datasets.imports.sources import loading
from portal.datasets.imports.sources.generated import GeneratedRecords


def load_xlsx(workspace, path, schema, names, reading):
    """Load the rows of a workbook's sheet; return the match of its header.

    ``reading`` is completed step by step, so that it tells how far the reading came.
    """
    reading.format = "xlsx"
    parts = open_parts(path)
    with opened_workbook(path) as book:
        sheets = Sheets(book, path, parts)
        reading.sheet = choose_sheet(sheets, names, reading.sheet)
        head = sheets.head(reading.sheet)
        match, read = _understood(head, names, reading)
        with GeneratedRecords(workspace, match, _places(schema, match)) as records:
            for first, columns in sheets.batches(reading.sheet, _kinds(schema, match), read):
                _add_below(records, match.row, first, columns)
            _load(workspace, records, schema, match)
        match.merged, match.hidden = sheets.merged(reading.sheet), sheets.hidden(reading.sheet)
    return match


def _add_below(records, header_row, first, columns):
    """Add those rows that stand below the header."""
    above = max(0, header_row + 1 - first)
    if above < len(columns[0]):
        records.add_columns(first + above, [column[above:] for column in columns])


def _understood(head, names, reading):
    """Return what the header says, and the function that reads the letters of an old font."""
    if not reading.encoding:
        confirm_characters(head)
    read = codec_of(reading.encoding)[1] if reading.encoding else None
    header = header_of(head, names, reading, read)
    reading.header_row = header.row
    return names.match(header.row, header.cells), read


def load_other(workspace, path, schema, names, reading):
    """Load the rows of a workbook that is no .xlsx; return the match of its header."""
    sheets = OTHER_WORKBOOKS[reading.format](path)
    reading.sheet = choose_sheet(sheets, names, reading.sheet)
    match, read = _understood(sheets.head(reading.sheet), names, reading)
    with GeneratedRecords(workspace, match, _places(schema, match)) as records:
        for number, cells in sheets.rows(reading.sheet, _kinds(schema, match), read):
            if number > match.row:
                _add(records, number, cells, match.width)
        _load(workspace, records, schema, match)
    match.merged, match.hidden = sheets.merged(reading.sheet), sheets.hidden(reading.sheet)
    return match


def _add(records, number, cells, width):
    if not any(cell and not cell.isspace() for cell in cells):
        records.add_odd(number, loading.BLANK, [])
    elif any(cell and not cell.isspace() for cell in cells[width:]):
        records.add_odd(number, loading.WRONG_WIDTH, cells)
    else:
        records.add_row(number, cells[:width] + [""] * (width - len(cells)))


def _load(workspace, records, schema, match):
    """Hand the records to the engine, and clean their cells."""
    characters = records.load()
    loading.clean_cells(
        workspace,
        len(schema.columns),
        characters,
        schema.missing_values,
        records.has_loose_space,
    )


def _places(schema, match):
    return [match.positions.get(column.name) for column in schema.columns]


def _kinds(schema, match):
    """Return the type of the column at each place of the header."""
    places = {place: name for name, place in match.positions.items()}
    return [
        schema.column(places[place]).type if place in places else "" for place in range(match.width)
    ]
