"""A text without quotation marks, every line of which is a record of as many cells as the header.

Most files are such texts, and the engine reads them fastest as columns. It passes over empty
lines and over empty cells at the end of a line, though: so both are counted beside it, and a text
in which anything is left over is read another way.
"""

from concurrent.futures import ThreadPoolExecutor

import duckdb

from portal.core.table_files.encodings import BLOCK
from portal.datasets.imports.sources import loading
from portal.datasets.imports.workspace import text

#: The engine takes some thousand rows at once, and memory for each of their cells.
MOST_COLUMNS = 200


def load_plain(workspace, plain, delimiter, places, match, first_row):
    """Fill ``raw`` and ``odd`` from the ``plain`` text; tell whether it was one of this kind."""
    with ThreadPoolExecutor(1) as beside:
        delimiters = beside.submit(_count_below, plain.path, first_row, delimiter)
        try:
            _read(workspace, plain, delimiter, places, match, first_row)
        except duckdb.InvalidInputException:
            return False  # a line with more or fewer cells: the careful way says which
    rows = workspace.value("SELECT count(*) FROM raw")
    is_whole = rows == plain.lines - first_row + 1
    if not is_whole or delimiters.result() != rows * (match.width - 1):
        workspace.run("DROP TABLE raw")
        return False
    workspace.run("ALTER TABLE raw ADD COLUMN row BIGINT")
    workspace.run(f"UPDATE raw SET row = rowid + {first_row}")
    _set_blank_rows_aside(workspace)
    return True


def _count_below(path, first_row, delimiter):
    """Count the delimiters from a line on."""
    with path.open("rb") as file:
        for _line in range(first_row - 1):
            file.readline()
        return sum(block.count(delimiter.encode()) for block in iter(lambda: file.read(BLOCK), b""))


def _read(workspace, plain, delimiter, places, match, first_row):
    """Fill ``raw``; cells that no column wants stay for now: a row of them is not blank."""
    cells = [f"f{place}" for place in range(match.width)]
    source = loading.columns_of_file(
        workspace, plain.path, [f"{cell} VARCHAR" for cell in cells], delimiter,
        plain.longest_line, skip=first_row - 1,
    )  # fmt: skip
    left = sorted(set(range(match.width)) - set(places) - set(match.beside))
    others = "".join(f", f{place}" for place in left)
    picked = loading.picked(places, match.beside, "f{}")
    workspace.run(f"CREATE TABLE raw AS SELECT {picked}{others} FROM {source}")


def _set_blank_rows_aside(workspace):
    names = [each for (each,) in workspace.run("SELECT name FROM pragma_table_info('raw')")]
    cells = ", ".join(each for each in names if each != "row")
    first = f"coalesce({cells})"
    # White space is what sorts before “!”, or no ASCII.
    workspace.run(f"""
        CREATE TABLE odd AS SELECT row, {text(loading.BLANK)} AS fault, '' AS text FROM raw
        WHERE {first} IS NULL OR (({first} < '!' OR {first} > '~')
            AND regexp_full_match(concat({cells}), {text(f"{loading.BLANK_SIGNS}*")}))
    """)
    if workspace.value("SELECT count(*) FROM odd"):
        workspace.run("DELETE FROM raw WHERE row IN (SELECT row FROM odd)")
    for cell in names:
        if cell[0] == "f":
            workspace.run(f"ALTER TABLE raw DROP COLUMN {cell}")
