"""Write the table of docs/rights.md from what tests/urls_table.py declares.

    scripts/rights_table.py [--check]

With ``--check`` nothing is written, and the exit says whether it should be.
"""

import sys
from itertools import groupby

from prepare import ROOT

sys.path.insert(0, str(ROOT))

from tests.reach import EVERYBODY
from tests.urls_table import ADDRESSES

PAGE = ROOT / "docs" / "rights.md"
MARK = "<!-- written by scripts/rights_table.py -->\n"
COLUMNS = {
    "administrator": "administrator",
    "ioc_leader": "leader",
    "ioc_officer": "officer",
    "minute_taker": "minute-taker",
    "authority": "authority",
    "unit_head": "own head",
    "data_officer": "own data officer",
    "other_unit": "other",
    "reader": "reader",
}


def table():
    """Return the lines of the table: addresses of a room that the same people reach share one."""
    yield f"| room | screens | {' | '.join(COLUMNS.values())} |"
    yield f"|---|---|{'---|' * len(COLUMNS)}"
    narrowed = [
        (name.partition(":")[0], sorted(address.reach), name.partition(":")[2])
        for name, address in ADDRESSES.items()
        if address.reach is not None and address.reach != EVERYBODY
    ]
    for (room, reach), rows in groupby(sorted(narrowed), key=lambda row: row[:2]):
        screens = ", ".join(row[2] for row in rows)
        marks = " | ".join("×" if kind in reach else "" for kind in COLUMNS)
        yield f"| `{room}` | {screens} | {marks} |"


def page():
    """Return the text of the page as it should be."""
    head, mark, _old = PAGE.read_text().partition(MARK)
    return head + mark + "\n" + "\n".join(table()) + "\n"


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(PAGE.read_text() != page())
    PAGE.write_text(page())
