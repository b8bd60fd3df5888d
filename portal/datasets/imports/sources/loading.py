"""From lines to the all-text table ``cells`` on which the checks run.

``cells`` holds the row and one text per column of the schema (``c0``, ``c1``, …), ``odd`` the
records that are blank or broken: ``row, fault, width, text``.
"""

from portal.datasets.imports.sources.plain_text import CELL, LINE, NOWHERE
from portal.datasets.imports.workspace import text

FIRST_CELL = 2  #: in a generated line: after the row and the fault
BLANK, WRONG_WIDTH = "blank", "wrong_number_of_cells"
#: Characters that most texts do without; a cell with one of them is looked at closely.
_RARE = r"[^\x20-\x7E\n\x{C0}-\x{FF}\x{100}-\x{17F}\x{1A0}-\x{1B0}\x{1EA0}-\x{1EF9}–—‘’“”…•°²³]"
_INVISIBLE = r"[\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2064}\x{FEFF}\x{00AD}]"
_ODD_SPACE = r"[\t\x0B\x0C\x{00A0}\x{1680}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}]"
UNREADABLE = r"[\x00-\x08\x0E-\x1C\x1E\x1F\x7F\x{80}-\x{9F}\x{FFFD}]"
CLEANED = rf"{_INVISIBLE}|[\x{{00A0}}\x{{1680}}\x{{2000}}-\x{{200A}}\x{{202F}}\x{{205F}}\x{{3000}}]"


def read_lines(workspace, path, longest=0):
    """Read the lines of a plain text into ``lines``; ``rowid`` is the line less one."""
    link = workspace.folder / "lines.txt"
    link.unlink(missing_ok=True)
    link.symlink_to(path.resolve())
    size = max(2_000_000, longest + 16)
    workspace.run(f"""
        CREATE OR REPLACE TABLE lines AS SELECT line FROM read_csv(
            {text(link)}, columns = {{'line': 'VARCHAR'}}, auto_detect = false, header = false,
            delim = {text(NOWHERE)}, quote = '', escape = '', max_line_size = {size},
            buffer_size = {max(16_000_000, 2 * size)}, compression = 'none')
    """)


def load_delimited(workspace, split, signs, places, unnamed, width, first_row):
    """Fill ``cells`` and ``odd`` from ``lines``.

    ``split`` is the SQL of a record's cells; a line of nothing but ``signs`` is blank.
    """
    blank = _is_blank("line", signs)
    workspace.run(f"""
        CREATE TABLE cells AS SELECT row, {_picked(places, unnamed, 1)}
        FROM (SELECT rowid + 1 AS row, line, {split} AS f FROM lines WHERE rowid >= {first_row - 1})
        WHERE len(f) = {width} AND NOT {blank}
    """)
    workspace.run(f"""
        CREATE TABLE odd AS SELECT row, if(blank, {text(BLANK)}, {text(WRONG_WIDTH)}) AS fault,
            len({split}) AS width, left(line, 200) AS text
        FROM (SELECT rowid + 1 AS row, line, {blank} AS blank FROM lines
              WHERE rowid >= {first_row - 1}) ANTI JOIN cells USING (row)
    """)
    workspace.run("DROP TABLE lines")


def load_generated(workspace, places, unnamed, width):
    """Fill ``cells`` and ``odd`` from ``lines`` that the engine wrote itself."""
    inner = f"SELECT string_split(line, {text(CELL)}) AS f FROM lines"
    workspace.run(f"""
        CREATE TABLE cells AS SELECT f[1]::BIGINT AS row,
            {_picked(places, unnamed, FIRST_CELL + 1, "replace({}, chr(30), chr(10))")}
        FROM ({inner}) WHERE f[2] = '' AND len(f) = {width + FIRST_CELL}
    """)
    workspace.run(f"""
        CREATE TABLE odd AS SELECT f[1]::BIGINT AS row, if(f[2] = '', {text(WRONG_WIDTH)}, f[2])
            AS fault, len(f) - {FIRST_CELL} AS width,
            left(array_to_string(f[{FIRST_CELL + 1}:], ' '), 200) AS text
        FROM ({inner}) WHERE f[2] <> '' OR len(f) <> {width + FIRST_CELL}
    """)
    workspace.run("DROP TABLE lines")


def generated_line(row, cells, fault=""):
    """Return one line of a generated file; the cells must hold none of the engine's signs."""
    return CELL.join([str(row), fault, *cells]).replace("\n", LINE) + "\n"


def _picked(places, unnamed, first, form="{}"):
    """Return the select list of the cells; a column without a place is empty."""
    cells = ["NULL::VARCHAR" if at is None else form.format(f"f[{first + at}]") for at in places]
    picked = [f"{cell} AS c{index}" for index, cell in enumerate(cells)]
    picked += [f"f[{first + place}] AS u{place}" for place in unnamed]
    return ", ".join(picked)


def _is_blank(line, signs):
    listed = "".join(rf"\x{{{ord(sign):x}}}" for sign in signs)
    shape = text(rf"[\s\x{{A0}}\x{{200B}}\x{{FEFF}}{listed}]*")
    return f"({line} IS NULL OR regexp_full_match({line}, {shape}))"


def clean_cells(workspace, count, is_unusual, missing=()):
    """Trim each cell, make it NFC, and drop what nobody sees; an empty cell becomes NULL.

    What was dropped is noted in ``invisible_characters`` (row, place, value), what cannot be
    read in ``unreadable_character``.
    """
    places = range(count)
    _note(workspace, "invisible_characters", CLEANED, places if is_unusual else [])
    _note(workspace, "unreadable_character", UNREADABLE, places if is_unusual else [])
    form = _unusual if is_unusual else _trimmed
    cells = ", ".join(f"{_without(form(f'c{place}'), missing)} AS c{place}" for place in places)
    workspace.run(f"CREATE TABLE tidy AS SELECT * REPLACE ({cells}) FROM cells")
    workspace.run("DROP TABLE cells")
    workspace.run("ALTER TABLE tidy RENAME TO cells")


def _note(workspace, table, pattern, places):
    selects = ["SELECT 0::BIGINT AS row, 0 AS place, '' AS value WHERE false"]
    selects += [
        f"SELECT row, {place} AS place, left(c{place}, 200) AS value FROM cells "
        f"WHERE regexp_matches(c{place}, {text(pattern)})"
        for place in places
    ]
    workspace.run(f"CREATE TABLE {table} AS {' UNION ALL '.join(selects)}")


def _without(cell, missing):
    """Return the SQL of ``cell``, or NULL where it holds one of the marks of a missing value."""
    listed = ", ".join(text(mark.strip()) for mark in missing if mark.strip())
    return f"CASE WHEN {cell} NOT IN ({listed}) THEN {cell} END" if listed else cell


def _trimmed(cell):
    """Trim only where there is something to trim: a look at both ends costs next to nothing."""
    ends = " OR ".join(
        f"starts_with({cell}, {end}) OR suffix({cell}, {end})"
        for end in ("' '", "chr(10)", "chr(9)")
    )
    return (
        f"CASE WHEN {cell} = '' THEN NULL "
        f"WHEN {ends} THEN nullif(trim({cell}, ' ' || chr(10) || chr(9)), '') ELSE {cell} END"
    )


def _unusual(cell):
    visible = f"regexp_replace({cell}, {text(_INVISIBLE)}, '', 'g')"
    spaced = f"regexp_replace({visible}, {text(_ODD_SPACE)}, ' ', 'g')"
    return (
        f"CASE WHEN regexp_matches({cell}, {text(_RARE)}) "
        f"THEN nullif(trim(nfc_normalize({spaced}), ' ' || chr(10)), '') ELSE {_trimmed(cell)} END"
    )
