"""Which header cell names which column."""

import re
from dataclasses import dataclass, field

from portal.core.table_files.reading import UnreadableFile
from portal.core.text import fold_words
from portal.datasets.imports.issues import Issue

#: “Kinh phí (triệu đồng)”, “Kinh phí [ĐVT: triệu đồng]”
_UNIT = re.compile(
    r"(.+?)\s*[(\[]\s*(?:(?:[đd]vt|[đd][ơo]n v[ịi](?: t[íi]nh)?)\s*:)?"
    r"\s*([^()\[\]]+?)\s*[)\]]",
    re.IGNORECASE,
)
MOST_COLUMNS = 16_384  #: as many as a spreadsheet has
LONGEST_NAME = 1000  #: no header is longer; a cell that is need not be folded


@dataclass
class HeaderMatch:
    """The columns found: ``positions`` maps a column's name to its place in the row.

    ``unnamed`` are the places without a header, ``width`` is the number of header cells.
    ``lead`` is the first place where it is that of a column that does not count, mostly of
    running numbers: what stands there tells totals and sections. ``merged`` are the cells of a
    workbook that were made one: first row, last row, first and last place. ``hidden`` are the
    numbers of the rows that people do not see.
    """

    row: int
    width: int
    positions: dict[str, int] = field(default_factory=dict)
    cells: tuple[str, ...] = ()
    unnamed: list[int] = field(default_factory=list)
    lead: int | None = None
    issues: list[Issue] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)

    @property
    def beside(self):
        """Return the places that are read beside those of the columns."""
        return [*self.unnamed, *([] if self.lead is None else [self.lead])]


class HeaderNames:
    """The texts by which headers may name the columns of a schema, accents and case apart."""

    def __init__(self, schema):
        self.schema = schema
        self._names = {}
        # A column's own name wins over another column's title, and that over an alias.
        for rank in range(max(len(column.header_names) for column in schema.columns)):
            for column in schema.columns:
                if rank < len(column.header_names):
                    self._names.setdefault(fold_words(column.header_names[rank]), column)
        self._names.pop("", None)

    def find(self, cell):
        """Return the column that a header cell names, or None.

        The unit of measure may stand behind the name in brackets, whichever it is.
        """
        if len(cell) > LONGEST_NAME:
            return None
        return self._names.get(fold_words(cell)) or self._measured(cell)[0]

    def _measured(self, cell):
        """Return the column that the cell names before a unit in brackets, and that unit."""
        found = _UNIT.fullmatch(" ".join(cell.split()))
        column = self._names.get(fold_words(found[1])) if found else None
        if column is None or not column.unit_of_measure:
            return None, ""
        return column, found[2]

    def _wrong_unit(self, cell):
        """Return the unit that a header cell names and the definition does not, or nothing."""
        if self._names.get(fold_words(cell)):
            return ""
        column, unit = self._measured(cell)
        same = column is None or fold_words(unit) == fold_words(column.unit_of_measure)
        return "" if same else unit

    def score(self, cells):
        """Return how many columns the cells name."""
        return len({column.name for column in map(self.find, cells) if column})

    def match(self, row, cells):
        """Return which column stands where, and what is wrong with the header."""
        if len(cells) > MOST_COLUMNS:
            raise UnreadableFile(
                "too_many_columns", expected=f"{MOST_COLUMNS:,}".replace(",", "."), row=row
            )
        match = HeaderMatch(row, len(cells), cells=tuple(cells))
        for place, cell in enumerate(cells):
            column = self.find(cell)
            if column and column.name in match.positions:
                match.issues.append(
                    Issue("error", "duplicate_column", row, column.name, cell, column.title or cell)
                )
            elif column:
                match.positions[column.name] = place
                unit = self._wrong_unit(cell)
                if unit:
                    said = column.unit_of_measure
                    match.issues.append(Issue("error", "other_unit", row, column.name, unit, said))
            elif not cell.strip():
                match.unnamed.append(place)
            elif self.schema.ignore_unknown:
                match.lead = place if place == 0 else match.lead
                match.issues.append(Issue("warning", "ignored_column", row, None, cell))
            else:
                match.issues.append(Issue("error", "unknown_column", row, None, cell))
        match.issues += self._missing(match.positions)
        return match

    def _missing(self, found):
        return [
            Issue(
                "error" if column.must_be_filled else "warning",
                "missing_column",
                column=column.name,
                expected=column.title or column.name,
            )
            for column in self.schema.columns
            if column.name not in found
        ]
