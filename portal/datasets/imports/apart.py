"""Rows that are no records: a person says whether they are left out, or checked like all others.

Until somebody has said so, each is a mistake of its own and the file is not accepted. Rows that
are left out are not among the records; the report names each of them.
"""

from dataclasses import dataclass
from decimal import Decimal

from portal.core.formats import UnreadableValue, format_number
from portal.core.table_files.reading import NeedsConfirmation
from portal.core.table_files.spreadsheet_cells import NATIVE_SIGN
from portal.core.text import fold
from portal.datasets.imports.footers import (
    TOTAL,
    FootRow,
    find_footers,
    find_led_rows,
    find_numbering,
    find_sections,
)
from portal.datasets.imports.issues import VALUE_LENGTH
from portal.datasets.imports.numbers import read_odd
from portal.datasets.imports.typed_column import typed_rows
from portal.datasets.imports.workspace import text

LEAVE_OUT, CHECK = "leave_out", "check"
ANSWERS = (LEAVE_OUT, CHECK)
REPEATED = "repeated_header"
LISTED_STRETCHES = 12  #: a sentence names no more of them
SAMPLE_ROWS, SAMPLE_CELLS, SAMPLE_LENGTH = 12, 12, 80


@dataclass(frozen=True)
class RowsApart:
    """The rows set apart, in order, and what a person said about them, if anybody did."""

    rows: tuple[FootRow, ...]
    said: str | None

    @property
    def is_left_out(self):
        """Tell whether a person had the rows left out."""
        return self.said == LEAVE_OUT

    @property
    def undecided(self):
        """Return how many rows wait for a person's word."""
        return 0 if self.said else len(self.rows)

    @property
    def stretches(self):
        """Return ``[first, last]`` of each stretch of rows that follow each other."""
        found = []
        for each in self.rows:
            if found and found[-1][1] == each.row - 1:
                found[-1][1] = each.row
            else:
                found.append([each.row, each.row])
        return found

    def doubt(self):
        """Return the question about the undecided rows, or None when there is none."""
        if not self.undecided:
            return None
        sample = [
            [str(each.row), *(_shown(cell) for cell in each.cells[:SAMPLE_CELLS])]
            for each in self.rows[:SAMPLE_ROWS]
        ]
        candidates = [
            {"field": "not_records", "value": answer, "rows": self.stretches, "sample": rows}
            for answer, rows in ((LEAVE_OUT, sample), (CHECK, []))
        ]
        told = _told(self.stretches)
        return NeedsConfirmation("ambiguous_rows", candidates, value=told, row=self.rows[0].row)


def _shown(cell):
    return (cell or "").lstrip(NATIVE_SIGN)[:SAMPLE_LENGTH]


def _told(stretches):
    listed = [
        str(first) if first == last else f"{first}–{last}"
        for first, last in stretches[:LISTED_STRETCHES]
    ]
    return ", ".join(listed) + (" …" if len(stretches) > LISTED_STRETCHES else "")


def set_rows_apart(workspace, schema, match, places, reading):
    """Take totals, notes and repeated headings out of ``cells`` and return them.

    Those that nobody leaves out become broken records (in ``odd``). A heading is never checked
    as a record.
    """
    found = _repeated_headings(workspace, schema, match, places)
    _take_out(workspace, found)
    if reading.not_records != CHECK:
        for find in _finders(workspace, schema, match, places, reading):
            rows = find()
            if len(rows) < workspace.value("SELECT count(*) FROM cells"):
                _take_out(workspace, rows)
                found += rows
        found.sort(key=lambda each: each.row)
    apart = RowsApart(tuple(found), reading.not_records)
    if apart.is_left_out:
        reading.left_out = apart.stretches
    elif found:
        workspace.run(
            "INSERT INTO odd SELECT unnest(?::BIGINT[]), unnest(?::VARCHAR[]), "
            "unnest(?::VARCHAR[])",
            _columns_of(found),
        )
    return apart


def _finders(workspace, schema, match, places, reading):
    """Yield what finds rows apart, in turn; a table of nothing but such rows is a table."""
    if not places:
        return
    yield lambda: find_numbering(workspace, schema, places)
    if match.lead is not None:
        yield lambda: find_led_rows(workspace, places, match.lead)
    yield lambda: find_sections(workspace, places)
    yield lambda: find_footers(workspace, schema, places, reading.number_styles)


def _columns_of(rows):
    return [
        [each.row for each in rows],
        [each.kind for each in rows],
        [each.shown[:VALUE_LENGTH] for each in rows],
    ]


def _repeated_headings(workspace, schema, match, places):
    """Printed pages repeat their header; as a row it would be data that nobody meant."""
    if len(places) < 2:
        return []
    headings = {
        schema.columns.index(schema.column(name)): at for name, at in match.positions.items()
    }
    same = " AND ".join(
        f"c{place} = {text(match.cells[headings[place]].strip())}" for place in places
    )
    found = workspace.run(f"SELECT row FROM cells WHERE {same} ORDER BY row")
    return [FootRow(row, tuple(match.cells), REPEATED) for (row,) in found]


def _take_out(workspace, rows):
    if rows:
        workspace.run(
            "DELETE FROM cells WHERE row IN (SELECT unnest(?::BIGINT[]))",
            [[each.row for each in rows]],
        )


def note_left_out(workspace, apart):
    """Fill ``faults`` with the rows that were left out, for the report."""
    workspace.run(
        "CREATE OR REPLACE TABLE faults AS SELECT unnest(?::BIGINT[]) AS row, "
        "unnest(?::VARCHAR[]) AS value, 'row_left_out' AS code, NULL::VARCHAR AS expected",
        _columns_of(apart.rows)[::2],
    )


def wrong_totals(workspace, apart, places, typed):
    """Yield (row, typed column, value, sum) where the grand total is not the sum of its column.

    A per cent is no sum, and nothing is said of a column with cells that cannot be read.
    """
    grand = _grand_total(workspace, apart)
    summed = [each for each in typed if each.column.is_number and each.column.type != "percent"]
    if grand is None or not summed:
        return
    # The text beside the columns, which told the total, stands before theirs.
    cells = dict(zip(places, grand.cells[-len(places) :], strict=True))
    asked = [each for each in summed if cells.get(each.place)]
    if not asked:
        return
    sums = ", ".join(
        f"sum(v{each.place}), count(*) FILTER (v{each.place} IS NULL AND c{each.place} IS NOT NULL)"
        for each in asked
    )
    extra = "".join(f", c{each.place}" for each in asked)
    [found] = workspace.run(f"SELECT {sums} FROM ({typed_rows(asked, extra=extra)})")
    for each, total, unread in zip(asked, found[0::2], found[1::2], strict=True):
        value = cells[each.place]
        if total is not None and not unread and _differs(value, each.column.type, Decimal(total)):
            yield grand.row, each, _shown(value), format_number(Decimal(total))


def _grand_total(workspace, apart):
    """Return the total below all records; the last of several “Cộng” is one of a part."""
    totals = [each for each in apart.rows if each.kind == TOTAL]
    if not totals or workspace.value(
        f"SELECT count(*) > 0 FROM cells WHERE row > {totals[-1].row}"
    ):
        return None
    is_of_all = len(totals) == 1 or fold(totals[-1].shown).startswith(("tong", "grand"))
    return totals[-1] if is_of_all else None


def _differs(value, kind, total):
    """Tell whether no way of reading ``value`` gives ``total``, rounded as the value is."""
    readings = [reading for style in ("group", "decimal") if (reading := _read(value, kind, style))]
    return bool(readings) and all(
        total.quantize(Decimal(1).scaleb(min(0, reading.as_tuple().exponent))) != reading
        for reading in readings
    )


def _read(value, kind, style):
    try:
        return read_odd(
            value.lstrip(NATIVE_SIGN), kind, "decimal" if value[0] == NATIVE_SIGN else style
        )[0]
    except UnreadableValue:
        return None
