"""Totals, notes and signatures that people write below a table: no records, and never read so.

They are set aside before columns are looked at, each with a fault of its own, so that they
neither become data nor spoil the evidence of a column.
"""

import re
from dataclasses import dataclass

from portal.core.table_files.spreadsheet_cells import NATIVE_SIGN
from portal.datasets.imports.issues import VALUE_LENGTH
from portal.datasets.imports.sources.loading import BLANK
from portal.datasets.imports.typed_column import typed_rows
from portal.datasets.imports.workspace import text

TOTAL, NOTE = "total_row", "note_row"
LOOKED_AT = 60  #: so many rows at the end may be notes
#: “Tổng công ty” and “Cộng tác viên” begin alike, and are none.
_TOTAL = (
    r"(?i)(?:tổng cộng|tong cong)(?:[ :.(].*)?"
    r"|(?i)(?:tổng|tong|tổng số|tong so|cộng|cong|total|grand total|subtotal)\s*[:.]?"
)
_NOTE = re.compile(
    r"(?:ghi chú|ghi chu|lưu ý|chú thích|chú giải|nguồn|nơi nhận|người lập|người ký|lập biểu"
    r"|thủ trưởng|thủ kho|kế toán trưởng|giám đốc|chủ tịch|xác nhận của|note|source|\(?\*+\)?)"
    r"(?:\W.*)?",
    re.IGNORECASE | re.DOTALL,
)
_TOTAL_TEXT = re.compile(_TOTAL.replace("(?i)", ""), re.IGNORECASE)


@dataclass(frozen=True)
class _Row:
    row: int
    cells: tuple
    kind: str = ""

    @property
    def filled(self):
        return [cell for cell in self.cells if cell]


def set_footers_aside(workspace, places):
    """Move totals and notes from ``cells`` to ``odd``; ``places`` are the columns, as they stand.

    A row called a total counts as one only where a cell is empty that no other row leaves empty,
    or at the end of the table, where any of its cells is empty.
    """
    if not places:
        return
    found = _block_at_the_end(workspace, places)
    found += _totals_within(workspace, places, {each.row for each in found})
    for each in found:
        shown = " ".join(cell.lstrip(NATIVE_SIGN) for cell in each.filled)[:VALUE_LENGTH]
        workspace.run("INSERT INTO odd VALUES (?, ?, ?)", [each.row, each.kind, shown])
    if found:
        workspace.run(
            "DELETE FROM cells WHERE row IN (SELECT unnest(?::BIGINT[]))",
            [[each.row for each in found]],
        )


def _listed(places):
    return ", ".join(f"c{place}" for place in places)


def _block_at_the_end(workspace, places):
    """Return the rows below the table, by their words and by what they leave empty."""
    rows = workspace.run(
        f"SELECT row, {_listed(places)} FROM cells ORDER BY row DESC LIMIT {LOOKED_AT}"
    )
    block = []
    for row, *cells in rows:
        kind = _kind(cells)
        if not kind:
            break
        block.insert(0, _Row(row, tuple(cells), kind))
    if len(block) == len(rows):
        return []  # a table of nothing but such rows is no table with a foot
    return _without_data(block, workspace)


def _kind(cells):
    filled = [cell for cell in cells if cell]
    if not filled:
        return ""
    label = filled[0]
    if _TOTAL_TEXT.fullmatch(label) and len(filled) < len(cells):
        return TOTAL
    if len(filled) > max(1, len(cells) // 2) or label.startswith(NATIVE_SIGN):
        return ""
    if _NOTE.fullmatch(label):
        return NOTE
    return "sentence" if len(filled) == 1 and len(cells) > 2 and " " in label else ""


def _without_data(block, workspace):
    """Keep what is surely below the table: any sentence needs a gap or a foot before it."""
    found = []
    for each in block:
        is_sure = each.kind != "sentence"
        if is_sure or found or _follows_gap(workspace, each.row):
            found.append(each if is_sure else _Row(each.row, each.cells, NOTE))
    return found


def _follows_gap(workspace, row):
    return workspace.value(
        f"SELECT count(*) > 0 FROM odd WHERE row = {row - 1} AND fault = {text(BLANK)}"
    )


def _labels(workspace, places):
    """Return the rows whose first filled cell calls them a total."""
    label = f"coalesce({_listed(places)})"
    rows = workspace.run(
        f"SELECT row, {_listed(places)} FROM cells WHERE regexp_full_match({label}, {text(_TOTAL)})"
    )
    return [_Row(row, tuple(cells), TOTAL) for row, *cells in rows]


def _totals_within(workspace, places, known):
    labelled = [each for each in _labels(workspace, places) if each.row not in known]
    if not labelled:
        return []
    rows = [each.row for each in labelled] + list(known)
    always = ", ".join(f"count(c{place}) = count(*)" for place in places)
    [is_filled] = workspace.run(
        f"SELECT {always} FROM cells WHERE row NOT IN (SELECT unnest(?::BIGINT[]))", [rows]
    )
    return [
        each
        for each in labelled
        if any(full and not cell for full, cell in zip(is_filled, each.cells, strict=True))
    ]


def find_totals(workspace, typed, places):
    """Fill ``faults`` with the last row when it holds the sums of all others.

    Its label calls it a total, or it has numbers only.
    """
    workspace.run(
        "CREATE OR REPLACE TABLE faults (row BIGINT, value VARCHAR, code VARCHAR, expected VARCHAR)"
    )
    numbers = [each for each in typed if each.column.is_number and not each.column.is_key]
    others = [each for each in typed if not each.column.is_number]
    if not numbers or not places:
        return
    ends = workspace.run(f"SELECT row, {_listed(places)} FROM cells ORDER BY row DESC LIMIT 1")
    if not ends:
        return
    [last] = ends
    row, label = last[0], next((cell for cell in last[1:] if cell), "")
    texts = {each.place for each in others}
    is_bare = bool(texts) and not any(
        cell for place, cell in zip(places, last[1:], strict=True) if place in texts
    )
    if not (_TOTAL_TEXT.fullmatch(label) or is_bare):
        return
    if _has_sums(workspace, numbers, row):
        workspace.run("INSERT INTO faults VALUES (?, ?, ?, NULL)", [row, label, TOTAL])


def _has_sums(workspace, numbers, row):
    """Tell whether every number of the last row is the sum of those above, of two at least."""
    sums = ", ".join(
        f"max(v{each.place}) FILTER (row = {row}), "
        f"sum(v{each.place}) FILTER (row <> {row}), count(v{each.place}) FILTER (row <> {row})"
        for each in numbers
    )
    [found] = workspace.run(f"SELECT {sums} FROM ({typed_rows(numbers)})")
    parts = list(zip(found[0::3], found[1::3], found[2::3], strict=True))
    told = [(value, total) for value, total, count in parts if value and count > 1]
    return bool(told) and any(value == total for value, total in told)
