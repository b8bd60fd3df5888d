"""From lines to the all-text table ``cells`` on which the checks run.

``cells`` holds the row and one text per column of the schema (``c0``, ``c1``, …), trimmed and
NULL where empty; ``odd`` holds the records that are blank or broken: ``row, fault, text``.
"""

from dataclasses import dataclass

from portal.core.table_files.spreadsheet_cells import NATIVE_SIGN
from portal.datasets.imports.issues import VALUE_LENGTH
from portal.datasets.imports.sources.plain_text import NOWHERE
from portal.datasets.imports.workspace import text

BLANK, WRONG_WIDTH = "blank", "wrong_number_of_cells"
#: What a blank line may hold.
BLANK_SIGNS = r"[\s\x{A0}\x{200B}\x{FEFF}]"
#: Characters that most texts do without; a cell with one of them is looked at closely.
_RARE = (
    r"[^\x1D-\x1F\x20-\x7E\n\x{C0}-\x{FF}\x{100}-\x{17F}\x{1A0}-\x{1B0}\x{1EA0}-\x{1EF9}"
    r"–—‘’“”…•°²³]"
)
_INVISIBLE = r"\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2064}\x{FEFF}\x{00AD}"
_ODD_SPACE = r"\x{00A0}\x{1680}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}"
_CLEANED = f"[{_INVISIBLE}{_ODD_SPACE}]"
#: UTF-8 that was once read as windows-1252: “Ná»™i”, “PhÆ°”, “ThÃ nh”.
_GARBLED = (
    r"á[º»][\x{A1}-\x{BF}‘’“”•–—˜™š›œžŸ€‚ƒ„…†‡ˆ‰Š‹ŒŽ]"
    r"|Ã[\x{A0}-\x{BF}]|Ä‘|Æ[°¡]"
)
_UNREADABLE = r"[\x00-\x08\x0E-\x1C\x7F\x{80}-\x{9F}\x{FFFD}]|" + _GARBLED
_SPACE = "' ' || chr(9) || chr(10)"


def read_lines(workspace, path, longest=0):
    """Read the lines of a plain text into ``lines``; ``rowid`` is the line less one."""
    source = columns_of_file(workspace, path, ["line VARCHAR"], NOWHERE, longest)
    workspace.run(f"CREATE OR REPLACE TABLE lines AS SELECT line FROM {source}")


def columns_of_file(workspace, path, columns, delimiter, longest=0, skip=0):
    """Return the SQL that reads ``columns`` (“name TYPE”) of a text without quotation marks.

    ``longest`` is an upper bound for the bytes of a line, ``skip`` the lines to leave out.
    """
    link = workspace.folder / f"{path.stem}.link"
    link.unlink(missing_ok=True)
    # The engine would take * and ? in a name for a pattern.
    link.symlink_to(path.resolve())
    size = max(4_000_000, longest + 16)
    listed = ", ".join("'{}': '{}'".format(*column.split()) for column in columns)
    return f"""read_csv({text(link)}, columns = {{{listed}}}, auto_detect = false, header = false,
        delim = {text(delimiter)}, quote = '', escape = '', skip = {skip}, max_line_size = {size},
        buffer_size = {max(16_000_000, 2 * size)}, compression = 'none')"""


def load_delimited(workspace, split, signs, places, unnamed, width, first_row):
    """Fill ``raw`` and ``odd`` from ``lines``.

    ``split`` is the SQL of a record's cells; a line of nothing but ``signs`` is blank.
    """
    listed = "".join(rf"\x{{{ord(sign):x}}}" for sign in signs)
    blank = text(rf"{BLANK_SIGNS[:-1]}{listed}]*")
    cells = picked(places, unnamed, "f[{} + 1]", "nullif({}, '')")
    workspace.run(f"""
        CREATE TABLE raw AS SELECT row, width, {cells}
        FROM (SELECT row, f, CASE WHEN line IS NULL OR regexp_full_match(line, {blank}) THEN 0
                     ELSE len(f) END AS width
              FROM (SELECT rowid + 1 AS row, line, {split} AS f FROM lines
                    WHERE rowid >= {first_row - 1}))
    """)
    # Splitting is done once, for the good rows; the odd ones are then few.
    workspace.run(f"""
        CREATE TABLE odd AS SELECT row,
            if(width = 0, {text(BLANK)}, {text(WRONG_WIDTH)}) AS fault,
            left(line, {VALUE_LENGTH}) AS text
        FROM raw JOIN lines ON row = lines.rowid + 1 WHERE width <> {width}
    """)
    workspace.run(f"DELETE FROM raw WHERE width <> {width}")
    workspace.run("DROP TABLE lines")


def picked(places, unnamed, cell="{}", form="{}"):
    """Return the select list of the cells; a column without a place is empty.

    ``cell`` writes the cell at a place of the file, ``form`` what becomes of it.
    """
    found = ["NULL::VARCHAR" if at is None else form.format(cell.format(at)) for at in places]
    listed = [f"{each} AS c{index}" for index, each in enumerate(found)]
    listed += [f"{cell.format(place)} AS u{place}" for place in unnamed]
    return ", ".join(listed)


@dataclass(frozen=True)
class Characters:
    """Which kinds of characters that most texts do without stand in the lines."""

    rare: bool = False
    hidden: bool = False
    unreadable: bool = False


def look_at_characters(workspace, is_unusual, is_tab_rare):
    """Return what kinds of characters ``lines`` holds: one look instead of one per cell."""
    if not (is_unusual or is_tab_rare):
        return Characters()
    kinds = [_RARE if is_tab_rare else f"{_RARE[:-1]}\\t]", _CLEANED, _UNREADABLE]
    tests = [f"coalesce(bool_or(regexp_matches(line, {text(kind)})), false)" for kind in kinds]
    return Characters(*workspace.run(f"SELECT {', '.join(tests)} FROM lines")[0])


def clean_cells(
    workspace, count, characters, missing=(), has_loose_space=None, may_hold_lines=True
):
    """Make ``cells`` of ``raw``: trimmed, in NFC, without what nobody sees.

    Where nobody knows whether cells begin or end with white space, they are looked at; ends of
    lines only where they ``may_hold_lines``.

    What was dropped is noted in ``invisible_characters`` (row, place, value), what cannot be
    read in ``unreadable_character``.
    """
    places = range(count)
    _note(workspace, "invisible_characters", _CLEANED, places if characters.hidden else [])
    _note(workspace, "unreadable_character", _UNREADABLE, places if characters.unreadable else [])
    form = _composed if characters.rare else _trimmed
    changed = characters.rare or any(mark.strip() for mark in missing)
    if has_loose_space is None and not changed:
        has_loose_space = _has_loose_space(workspace, may_hold_lines)
    if changed or has_loose_space:
        cells = ", ".join(f"{_without(form(f'c{at}'), missing)} AS c{at}" for at in places)
        workspace.run(f"CREATE TABLE cells AS SELECT * REPLACE ({cells}) FROM raw")
        workspace.run("DROP TABLE raw")
    else:
        workspace.run("ALTER TABLE raw RENAME TO cells")


def _has_loose_space(workspace, may_hold_lines):
    """Tell whether any cell begins or ends with white space; most files have none."""
    columns = [each for (each,) in workspace.run("SELECT name FROM pragma_table_info('raw')")]
    ends = [" ", "\n"] if may_hold_lines else [" "]
    tests = [
        f"coalesce(bool_or({' OR '.join(_beginning(each) + _endings(each, ends))}), false)"
        for each in columns
        if each[0] == "c"
    ]
    return workspace.value(f"SELECT {' OR '.join(tests)} FROM raw")


def _is_loose(cell):
    native = f"starts_with({cell}, {text(NATIVE_SIGN)})"
    [before] = _beginning(cell)
    return " OR ".join([f"({before} AND NOT {native})", *_endings(cell, [" ", "\n"])])


def _beginning(cell):
    # White space sorts before “!”: a comparison of beginnings costs least.
    return [f"{cell} < '!'"]


def _endings(cell, ends):
    return [f"suffix({cell}, {text(end)})" for end in ends]


def _note(workspace, table, pattern, places):
    selects = ["SELECT 0::BIGINT AS row, 0 AS place, '' AS value WHERE false"]
    selects += [
        f"SELECT row, {place} AS place, left(c{place}, {VALUE_LENGTH}) AS value FROM raw "
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
    return f"CASE WHEN {_is_loose(cell)} THEN nullif(trim({cell}, {_SPACE}), '') ELSE {cell} END"


def _composed(cell):
    hidden, spaces = text(f"[{_INVISIBLE}]"), text(rf"[{_ODD_SPACE}\t\x0B\x0C]")
    visible = f"regexp_replace({cell}, {hidden}, '', 'g')"
    spaced = f"regexp_replace({visible}, {spaces}, ' ', 'g')"
    either = text(rf"[{_INVISIBLE}{_ODD_SPACE}\t\x0B\x0C]")
    plain = f"CASE WHEN regexp_matches({cell}, {either}) THEN {spaced} ELSE {cell} END"
    return (
        f"CASE WHEN regexp_matches({cell}, {text(_RARE)}) "
        f"THEN nullif(trim(nfc_normalize({plain}), {_SPACE}), '') ELSE {_trimmed(cell)} END"
    )
