"""A column of the workspace with its value in SQL, and the dictionaries of different texts."""

from dataclasses import dataclass, field

from portal.datasets.imports.column import Column

BATCH = 20_000


@dataclass
class TypedColumn:
    """The value of a column as SQL over ``cells``.

    ``faults`` are pairs of a condition and the code of what makes a cell unreadable;
    ``expected`` gives the text a code expects. With ``has_dictionary`` the table ``d<place>``
    (cell, value, code, expected) is joined, and its ``code`` counts as well. ``notice`` is a
    warning about the whole column.
    """

    column: Column
    place: int
    value: str
    sql_type: str
    scale: int = 0
    has_dictionary: bool = False
    faults: list[tuple[str, str]] = field(default_factory=list)
    expected: dict[str, str] = field(default_factory=dict)
    notice: str = ""

    @property
    def cell(self):
        """Return the SQL of the cell's text."""
        return f"c{self.place}"

    @property
    def join(self):
        """Return the SQL that joins the dictionary, if there is one."""
        if not self.has_dictionary:
            return ""
        return f" LEFT JOIN d{self.place} ON {self.cell} = d{self.place}.cell"


def typed_rows(columns, *, extra="", where="TRUE"):
    """Return the SQL of a table of ``row`` and one value (v0, v1, …) per typed column."""
    values = "".join(f", {each.value} AS v{each.place}" for each in columns)
    joins = "".join(each.join for each in columns)
    return f"SELECT row{values}{extra} FROM cells{joins} WHERE {where}"


def make_dictionary(workspace, place, sql_type, read, where="TRUE"):
    """Fill ``d<place>`` with what ``read`` makes of each different text of the column.

    ``read`` returns value, code and expectation; at most one of the first two may be None.
    """
    workspace.run(
        f"CREATE TABLE d{place} (cell VARCHAR, value {sql_type}, code VARCHAR, expected VARCHAR)"
    )
    with workspace.database.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT c{place} FROM cells WHERE c{place} IS NOT NULL AND {where}"
        )
        while batch := cursor.fetchmany(BATCH):
            cells = [cell for (cell,) in batch]
            values, codes, expected = zip(*map(read, cells), strict=True)
            workspace.run(
                f"INSERT INTO d{place} SELECT unnest(?::VARCHAR[]), unnest(?::{sql_type}[]), "
                "unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
                [cells, list(values), list(codes), list(expected)],
            )
