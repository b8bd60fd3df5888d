"""What became of a file: its counts, its issues, and the rows that were accepted."""

from portal.datasets.imports.column import ROW_COLUMN
from portal.datasets.imports.findings import Findings
from portal.datasets.imports.typed_column import typed_rows
from portal.datasets.imports.workspace import name, text
from portal.datasets.imports.written import as_json

ACCEPTED, REJECTED, NEEDS_CONFIRMATION = "accepted", "rejected", "needs_confirmation"
#: Formats for which the report's contract has no word; it names them as “container”.
OTHER_FORMATS = frozenset({"xls", "ods"})


class NotAccepted(Exception):
    """A table was to be written from a file that was not accepted."""


class TableCheck:
    """What became of a file. Close it, or use it as a context, when no more rows are needed.

    ``records`` is always the sum of ``accepted``, ``rejected`` and ``blank``. Rows that a person
    left out as no records are counted in ``left_out`` only.
    """

    def __init__(self, workspace, schema, reading):
        self.schema, self.reading = schema, reading
        self.records = self.accepted = self.rejected = self.blank = 0
        self.left_out = 0
        self.outcome = REJECTED
        self.issues = []
        self.sha256, self.bytes = "", 0
        self.findings = Findings(workspace)
        self.typed = []
        self._workspace = workspace

    def __enter__(self):
        return self

    def __exit__(self, *fault):
        self.close()

    def close(self):
        """Give back memory and disk; the counts and issues stay."""
        self._workspace.close()

    @property
    def workspace(self):
        """Return the workspace with the records as texts, until the check is closed."""
        return self._workspace

    @property
    def issues_total(self):
        """Return how many issues there are, listed or not."""
        return self.findings.total

    @property
    def issues_by_code(self):
        """Return how many issues there are of each code."""
        return dict(sorted(self.findings.by_code.items()))

    def report(self, rows=0):
        """Return the report of the contract; with ``rows``, the first accepted rows as well."""
        report = {
            "outcome": self.outcome,
            "source": self._source(),
            "records": self.records,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "blank": self.blank,
            **({"left_out": self.left_out} if self.reading.not_records else {}),
            "issues": [issue.as_dict() for issue in self.issues],
            "issues_total": self.issues_total,
            "issues_by_code": self.issues_by_code,
            "issues_truncated": self.issues_total > len(self.issues),
        }
        return report | ({"rows": self.first_rows(rows)} if rows else {})

    def _source(self):
        reading = self.reading
        is_other = reading.format in OTHER_FORMATS
        return {
            "format": "unknown" if is_other else reading.format or "unknown",
            **({"container": reading.format} if is_other else {}),
            "sha256": self.sha256,
            "bytes": self.bytes,
            "encoding": reading.encoding,
            "delimiter": reading.delimiter,
            "quote": reading.quote,
            "header_row": reading.header_row,
            "sheet": reading.sheet,
            **({"left_out": reading.left_out} if reading.not_records else {}),
            "candidates": reading.candidates,
        }

    def first_rows(self, count):
        """Return the first ``count`` accepted rows, values as JSON writes them."""
        if not self.accepted:
            return []
        found = self._workspace.run(
            f"SELECT * EXCLUDE (row) FROM ({self._accepted_rows()}) ORDER BY row LIMIT {int(count)}"
        )
        return [
            {
                each.column.name: as_json(value, each.column.type)
                for each, value in zip(self.typed, row, strict=True)
            }
            for row in found
        ]

    def _accepted_rows(self):
        where = "row NOT IN (SELECT row FROM refused)" if self.rejected else "TRUE"
        return typed_rows(self.typed, where=where)

    def write_parquet(self, path):
        """Write the accepted rows, typed, with their source row as ``_row``, in file order."""
        if self.outcome != ACCEPTED:
            raise NotAccepted(self.outcome)
        columns = ", ".join(
            f"v{each.place}::{each.sql_type} AS {name(each.column.name)}" for each in self.typed
        )
        self._workspace.run(f"""
            COPY (SELECT row AS {name(ROW_COLUMN)}, {columns} FROM ({self._accepted_rows()})
                  ORDER BY row)
            TO {text(path)} (FORMAT parquet, COMPRESSION zstd)
        """)
