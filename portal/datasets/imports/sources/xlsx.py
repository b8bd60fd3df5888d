"""Workbooks: the rows of the sheet that is meant, in the workspace."""

from portal.core.table_files.encodings import codec_of
from portal.core.table_files.other_workbooks import OTHER_WORKBOOKS
from portal.core.table_files.workbook_parts import open_parts, specials
from portal.core.table_files.workbooks import (
    Rows,
    Sheets,
    choose_sheet,
    confirm_characters,
    head_of,
    header_of,
    opened_workbook,
)
from portal.datasets.imports.sources import loading


def load_xlsx(workspace, path, schema, names, reading):
    """Load the rows of a workbook's sheet; return the match of its header.

    ``reading`` is completed step by step, so that it tells how far the reading came.
    """
    reading.format = "xlsx"
    parts = open_parts(path)
    with opened_workbook(path) as book:
        sheets = Sheets(book, path, parts)
        reading.sheet = choose_sheet(sheets, names, reading.sheet)
        sheet = sheets.open(reading.sheet)
        head = head_of(sheet)
        if not reading.encoding:
            confirm_characters(head)
        read = codec_of(reading.encoding)[1] if reading.encoding else None
        header = header_of(head, names, reading, read)
        reading.header_row = header.row
        match = names.match(header.row, header.cells)
        marked = specials(path, parts.sheets[reading.sheet], parts.formats)
        kinds = _kinds(schema, match)
        rows = Rows(sheet, marked, kinds, read, parts.starts_1904)
        return _loaded(workspace, schema, match, rows)


def load_other(workspace, path, schema, names, reading):
    """Load the rows of a workbook that is no .xlsx; return the match of its header."""
    sheets = OTHER_WORKBOOKS[reading.format](path)
    reading.sheet = choose_sheet(sheets, names, reading.sheet)
    head = sheets.head(reading.sheet)
    if not reading.encoding:
        confirm_characters(head)
    read = codec_of(reading.encoding)[1] if reading.encoding else None
    header = header_of(head, names, reading, read)
    reading.header_row = header.row
    match = names.match(header.row, header.cells)
    rows = sheets.rows(reading.sheet, _kinds(schema, match), read)
    return _loaded(workspace, schema, match, rows)


def _loaded(workspace, schema, match, rows):
    """Write the rows where the engine reads them, and clean them."""
    target = workspace.folder / "rows.txt"
    longest = _write_rows(rows, match, target)
    places = [match.positions.get(column.name) for column in schema.columns]
    loading.read_lines(workspace, target, longest * 4)
    characters = loading.look_at_characters(workspace, is_unusual=True, is_tab_rare=True)
    loading.load_generated(workspace, places, match.unnamed, match.width)
    loading.clean_cells(workspace, len(places), characters, schema.missing_values)
    return match


def _kinds(schema, match):
    """Return the type of the column at each place of the header."""
    places = {place: name for name, place in match.positions.items()}
    return [
        schema.column(places[place]).type if place in places else "" for place in range(match.width)
    ]


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
