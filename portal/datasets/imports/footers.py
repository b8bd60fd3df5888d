"""Totals, notes and signatures that people write below a table, known before columns are read.

So they neither become data nor spoil the evidence of a column.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from portal.core.table_files.reading import NeedsConfirmation, Reading
from portal.core.table_files.spreadsheet_cells import NATIVE_SIGN
from portal.core.text import fold
from portal.datasets.imports.number_values import type_number
from portal.datasets.imports.sources.loading import BLANK
from portal.datasets.imports.typed_column import typed_rows
from portal.datasets.imports.workspace import text

TOTAL, NOTE, SECTION, NUMBERING = "total_row", "note_row", "section_row", "numbering_row"
_ORDINALS = re.compile(r"[(\[]([0-9]{1,2})[)\]]|([0-9]{1,2})")
_HEADINGS = r"(?:[IVXLC]{1,6}|[A-Z])[.)]?"  #: how sections are numbered
LOOKED_AT = 60  #: so many rows at the end may be notes
#: “Tổng công ty” and “Cộng tác viên” begin alike, and are none.
_NAMED_TOTAL = r"(?i)(?:tổng cộng|tong cong)(?:[ :.(].*)?"
_BARE_TOTAL = (
    r"(?i)(?:tổng|tong|tổng số|tong so|tổng cộng|tong cong|cộng|cong|total|grand total|subtotal)"
    r"\s*[:.]?"
)
_TOTAL = f"{_NAMED_TOTAL}|{_BARE_TOTAL}"
#: With which letters they begin: a look at one letter costs less than a pattern.
_INITIALS = tuple(map(ord, "TtCcGgSs"))
_NOTE = re.compile(
    r"(?:ghi chú|ghi chu|lưu ý|chú thích|chú giải|nguồn|nơi nhận|người lập|người ký|lập biểu"
    r"|thủ trưởng|thủ kho|kế toán trưởng|giám đốc|chủ tịch|xác nhận của|note|source|\(?\*+\)?)"
    r"(?:\W.*)?",
    re.IGNORECASE | re.DOTALL,
)
_TOTAL_TEXT = re.compile(_TOTAL.replace("(?i)", ""), re.IGNORECASE)
_FIGURES = re.compile(r"[\W\d_]*")
_BARE_TOTAL_TEXT = re.compile(_BARE_TOTAL.replace("(?i)", ""), re.IGNORECASE)


@dataclass(frozen=True)
class FootRow:
    """A row that is no record: the texts of its columns as they stand, and its kind."""

    row: int
    cells: tuple
    kind: str = ""

    @property
    def shown(self):
        """Return what the row holds as one text."""
        return " ".join(cell.lstrip(NATIVE_SIGN) for cell in self.cells if cell)


def find_footers(workspace, schema, places, number_styles):
    """Return the ``FootRow`` of each total and note; ``places`` are the columns, as they stand.

    A row is a total by its first word, unless a code list knows the word, or when it is the last
    one, without texts, and holds the sums. “Tổng cộng” with words behind it may be a name: then a
    cell has to be empty, at the end any, elsewhere one that no other row leaves empty.
    """
    if not places:
        return []
    known = _known_words(schema)
    found = _block_at_the_end(workspace, places, known)
    found += _totals_within(workspace, schema, places, {each.row for each in found}, known)
    if len(found) == workspace.value("SELECT count(*) FROM cells"):
        return []  # a table of nothing but such rows is no table with a foot
    if not any(each.kind == TOTAL for each in found):
        found += _last_row_of_sums(workspace, schema, places, number_styles, found)
    return sorted(found, key=lambda each: each.row)


def _known_words(schema):
    """Return the words of the code lists: as a code or its label, “Tổng số” is data."""
    listed = [each.codes.items() for each in schema.columns if each.codes]
    return {fold(word) for items in listed for pair in items for word in pair if word}


def _listed(places):
    return ", ".join(f"c{place}" for place in places)


def _block_at_the_end(workspace, places, known):
    """Return the rows below the table, by their words and by what they leave empty."""
    rows = workspace.run(
        f"SELECT row, {_listed(places)} FROM cells ORDER BY row DESC LIMIT {LOOKED_AT}"
    )
    block = []
    for row, *cells in rows:
        kind = _kind(cells, known)
        if not kind:
            break
        block.insert(0, FootRow(row, tuple(cells), kind))
    if len(block) == len(rows):
        return []
    return _without_data(block, workspace)


def _kind(cells, known):
    filled = [cell for cell in cells if cell]
    if not filled:
        return ""
    label = _label(cells)
    if _is_total(label, known) and (len(filled) < len(cells) or _BARE_TOTAL_TEXT.fullmatch(label)):
        return TOTAL
    if len(filled) > max(1, len(cells) // 2) or label != filled[0]:
        return ""
    if _NOTE.fullmatch(label):
        return NOTE
    return "sentence" if len(filled) == 1 and len(cells) > 2 and " " in label else ""


def _is_total(label, known):
    return bool(_TOTAL_TEXT.fullmatch(label)) and fold(label) not in known


def _without_data(block, workspace):
    """Keep what is surely below the table: any sentence needs a gap or a foot before it."""
    found = []
    for each in block:
        is_sure = each.kind != "sentence"
        if is_sure or found or _follows_gap(workspace, each.row):
            found.append(each if is_sure else FootRow(each.row, each.cells, NOTE))
    return found


def _follows_gap(workspace, row):
    return workspace.value(
        f"SELECT count(*) > 0 FROM odd WHERE row = {row - 1} AND fault = {text(BLANK)}"
    )


def _labels(workspace, schema, places):
    """Return the rows whose first filled cell, or first one but numbers, calls them a total."""
    words = [place for place in places if not schema.columns[place].is_number]
    labels = {f"coalesce({_listed(each)})" for each in (places, words) if each}
    calls = [
        f"ascii({label}) IN {_INITIALS} AND regexp_full_match({label}, {text(_TOTAL)})"
        for label in sorted(labels)
    ]
    rows = workspace.run(
        f"SELECT row, {_listed(places)} FROM cells WHERE {' OR '.join(calls)} ORDER BY row"
    )
    return [FootRow(row, tuple(cells), TOTAL) for row, *cells in rows]


def _label(cells):
    """Return the first words of a row; figures may stand before them."""
    return next((cell for cell in cells if cell and not _FIGURES.fullmatch(cell)), "")


def _totals_within(workspace, schema, places, taken, known):
    labelled = [
        each
        for each in _labels(workspace, schema, places)
        if each.row not in taken and _is_total(_label(each.cells), known)
    ]
    if not labelled:
        return []
    rows = [each.row for each in labelled] + list(taken)
    always = ", ".join(f"count(c{place}) = count(*)" for place in places)
    [is_filled] = workspace.run(
        f"SELECT {always} FROM cells WHERE row NOT IN (SELECT unnest(?::BIGINT[]))", [rows]
    )
    return [
        each
        for each in labelled
        if _BARE_TOTAL_TEXT.fullmatch(_label(each.cells))
        or any(full and not cell for full, cell in zip(is_filled, each.cells, strict=True))
    ]


def _last_row_of_sums(workspace, schema, places, number_styles, known):
    """Return the last row when it has numbers only, and they are the sums."""
    rows = [each.row for each in known]
    ends = workspace.run(
        f"SELECT row, {_listed(places)} FROM cells WHERE row NOT IN (SELECT unnest(?::BIGINT[])) "
        "ORDER BY row DESC LIMIT 1",
        [rows],
    )
    for row, *cells in ends:
        texts = [
            cell
            for place, cell in zip(places, cells, strict=True)
            if not schema.columns[place].is_number
        ]
        is_bare = bool(texts) and not any(texts)
        if is_bare and _has_sums(workspace, schema, places, number_styles, row, rows):
            return [FootRow(row, tuple(cells), TOTAL)]
    return []


def _has_sums(workspace, schema, places, number_styles, row, known):
    """Tell whether a number of ``row`` is the sum of those above, of two at least."""
    numbers = _typed_numbers(workspace, schema, places, number_styles)
    if not numbers:
        return False
    above = f"row NOT IN ({', '.join(map(str, [row, *known]))})"
    sums = ", ".join(
        f"max(v{each.place}) FILTER (row = {row}), "
        f"sum(v{each.place}) FILTER ({above}), count(v{each.place}) FILTER ({above})"
        for each in numbers
    )
    [found] = workspace.run(f"SELECT {sums} FROM ({typed_rows(numbers)})")
    for each in numbers:
        workspace.run(f"DROP TABLE IF EXISTS d{each.place}")  # it is made again without the row
    parts = zip(found[0::3], found[1::3], found[2::3], strict=True)
    return any(value and count > 1 and value == total for value, total, count in parts)


def _typed_numbers(workspace, schema, places, number_styles):
    """Return the columns of numbers, read for a moment; those in doubt are left to be asked."""
    found = []
    for place in places:
        column = schema.columns[place]
        if column.is_number and not column.is_key:
            try:
                reading = Reading(number_styles=number_styles)
                found.append(type_number(workspace, column, place, reading))
            except NeedsConfirmation:
                continue
    return found


def find_numbering(workspace, schema, places):
    """Return the first row when it numbers the columns, as forms do: (1), (2), (3).

    Without brackets it does so only where it has a number in a column that is one of words.
    """
    rows = workspace.run(f"SELECT row, {_listed(places)} FROM cells ORDER BY row LIMIT 1")
    for row, *cells in rows:
        found = [_ORDINALS.fullmatch((cell or "").lstrip(NATIVE_SIGN)) for cell in cells]
        if len(cells) < 2 or not all(found):
            continue
        numbers = [int(each[1] or each[2]) for each in found]
        is_bracketed = all(each[1] for each in found)
        follow = all(b - a == 1 for a, b in pairwise(numbers))
        if follow and numbers[0] <= 2 and (is_bracketed or _has_words(workspace, schema, places)):
            return [FootRow(row, tuple(cells), NUMBERING)]
    return []


def _has_words(workspace, schema, places):
    """Tell whether a column of texts, of three columns at least, holds numbers in one row only."""
    texts = [f"c{place}" for place in places if schema.columns[place].type == "text"]
    if not texts or len(places) < 3:
        return False
    counts = ", ".join(
        f"count(*) FILTER (regexp_full_match({each}, '{NATIVE_SIGN}?[0-9]+'))" for each in texts
    )
    [found] = workspace.run(f"SELECT {counts} FROM cells")
    return min(found) <= 1


def find_led_rows(workspace, places, lead):
    """Return totals and headings of sections, told by the column of running numbers.

    Headings have Roman numbers or letters where the other rows have Arabic ones.
    """
    first = f"u{lead}"
    is_numbered = f"count(*) FILTER (regexp_full_match({first}, '{NATIVE_SIGN}?[0-9]+[.)]?')) > 0"
    has_numbers = workspace.value(f"SELECT {is_numbered} FROM cells")
    rows = workspace.run(f"""
        SELECT row, {first}, {_listed(places)}, regexp_full_match(trim({first}), {text(_TOTAL)})
        FROM cells WHERE regexp_full_match(trim({first}), {text(f"{_TOTAL}|(?-i){_HEADINGS}")})
        ORDER BY row
    """)
    return [
        FootRow(row, (led, *cells), TOTAL if is_total else SECTION)
        for row, led, *cells, is_total in rows
        if is_total or has_numbers
    ]


def find_sections(workspace, places):
    """Return headings of sections: a Roman number, a name, and nothing where others have values."""
    if len(places) < 3:
        return []
    first, second, *others = (f"c{place}" for place in places)
    empty = " AND ".join(f"{each} IS NULL" for each in others)
    is_numbered = f"regexp_full_match({first}, {text(_HEADINGS)})"
    heading = f"{is_numbered} AND {empty} AND regexp_matches({second}, '[[:alpha:]]')"
    is_told = " OR ".join(f"count({each}) = count(*)" for each in others)
    is_apart = f"count(*) > 0 AND count(*) FILTER ({is_numbered}) = 0 AND ({is_told})"
    if not workspace.value(f"SELECT {is_apart} FROM cells WHERE NOT coalesce({heading}, false)"):
        return []
    rows = workspace.run(f"SELECT row, {_listed(places)} FROM cells WHERE {heading} ORDER BY row")
    return [FootRow(row, tuple(cells), SECTION) for row, *cells in rows]
