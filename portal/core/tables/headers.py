"""Which header cell names which column of a catalogue, and what is wrong with a header."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.core.text import fold_words

LONGEST_NAME = 1000  #: no header is longer; a cell that is need not be folded
SHOWN = 80
MOST_UNKNOWN = 30  #: more of them are told in one sentence


class ColumnNames:
    """The texts by which headers may name columns, accents and case apart.

    A title wins over another column's identifier.
    """

    def __init__(self, columns):
        self._columns = {}
        for column in columns:
            self._columns.setdefault(fold_words(str(column.title)), column)
        for column in columns:
            self._columns.setdefault(fold_words(column.name), column)

    def find(self, cell):
        """Return the column that a header cell names, or None."""
        return self._columns.get(fold_words(cell)) if len(cell) <= LONGEST_NAME else None

    def score(self, cells):
        """Return how many columns the cells name."""
        return len({column.name for column in map(self.find, cells) if column})


@dataclass
class Header:
    """The columns found: ``places`` maps a column's name to its place in the row."""

    places: dict = field(default_factory=dict)
    faults: list = field(default_factory=list)
    unknown: list = field(default_factory=list)
    notes: list = field(default_factory=list)


def match_header(columns, table, ignored=()):
    """Return the ``Header`` of a ``TableFile``; the headers in ``ignored`` were given up."""
    found, names = Header(), ColumnNames(columns)
    for place, cell in enumerate(table.header):
        column = names.find(cell)
        if column and column.name in found.places:
            found.faults.append(
                _("Two headers name the column “%(expected)s”.") % {"expected": column.title}
            )
        elif column:
            found.places[column.name] = place
        elif cell.strip():
            _note_unknown(found, cell.strip()[:SHOWN], ignored)
        elif any(line.cells[place].strip() for line in table.lines):
            found.faults.append(
                _("Column %(number)s has values, but no header.") % {"number": place + 1}
            )
    if len(found.unknown) > MOST_UNKNOWN:
        found.faults.append(
            _(
                "%(count)s columns of the file are unknown to this catalogue, “%(title)s” among "
                "them. Delete them, or take the template."
            )
            % {"count": len(found.unknown), "title": found.unknown[0]}
        )
        found.unknown = []
    _note_missing(found, columns)
    if not table.lines:
        found.faults.append(_("The file has a header, but no rows."))
    return found


def _note_unknown(found, cell, ignored):
    if cell in ignored:
        found.notes.append(_("The column “%(title)s” is left out.") % {"title": cell})
    else:
        found.unknown.append(cell)


def _note_missing(found, columns):
    for column in columns:
        if column.name not in found.places and column.is_key:
            found.faults.append(
                _("The column “%(expected)s” is missing.") % {"expected": column.title}
            )
        elif column.name in found.places and column.read_only:
            found.notes.append(
                _("The column “%(title)s” is only for reading; nothing is taken from it.")
                % {"title": column.title}
            )
    absent = [
        str(column.title)
        for column in columns
        if column.name not in found.places and not column.is_key and not column.read_only
    ]
    if absent and found.places:
        found.notes.append(
            _("Not in the file, therefore left as they are: %(titles)s.")
            % {"titles": ", ".join(absent)}
        )
