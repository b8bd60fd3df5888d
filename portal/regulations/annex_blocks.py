"""The words of an annex as paragraphs and tables.

An annex keeps its tables as the parser writes them: one line a row, cells between “|”, a line of
dashes below the heading row.
"""

import re
from dataclasses import dataclass

ROW = re.compile(r"^\s*\|(?P<cells>.*)\|\s*$")
RULE = re.compile(r"^[\s|:\-–—]+$")


@dataclass(frozen=True)
class AnnexBlock:
    """A paragraph (``text``), or a table (``rows``) whose first row may be its heading."""

    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    has_header: bool = False

    @property
    def body_rows(self):
        """Return the rows below the heading."""
        return self.rows[1:] if self.has_header else self.rows


def annex_blocks(body):
    """Return the blocks of ``body`` in order; rows are padded to one width."""
    blocks, rows, has_header = [], [], False
    for line in body.splitlines():
        found = ROW.match(line)
        if found and RULE.match(line):
            has_header = has_header or len(rows) == 1
        elif found:
            rows.append(tuple(cell.strip() for cell in found["cells"].split("|")))
        else:
            _close_table(blocks, rows, has_header)
            rows, has_header = [], False
            if line.strip():
                blocks.append(AnnexBlock(text=line.strip()))
    _close_table(blocks, rows, has_header)
    return blocks


def _close_table(blocks, rows, has_header):
    if rows:
        width = max(map(len, rows))
        padded = tuple(row + ("",) * (width - len(row)) for row in rows)
        blocks.append(AnnexBlock(rows=padded, has_header=has_header))
