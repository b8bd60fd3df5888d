"""What became of the rows of a file: plain data, stored with the import and shown to people."""

import hashlib
import json
from dataclasses import asdict, dataclass, field

NEW, CHANGED, UNCHANGED, FAULTY = "new", "changed", "unchanged", "faulty"


@dataclass
class RowOutcome:
    """One row: on which line it stands, what it is about, what it would change or what is wrong.

    ``cells`` hold ``column``, ``title``, ``old`` and ``new``; ``errors`` hold ``title``, ``value``
    and ``message``. ``is_draft`` rows end as drafts, because the person may not publish.
    """

    line: int
    kind: str
    label: str = ""
    cells: list = field(default_factory=list)
    errors: list = field(default_factory=list)
    is_draft: bool = False


@dataclass
class Plan:
    """What a file would do: outcomes for people, changes for the writer.

    ``faults`` are sentences about the file as a whole; with any, no row was looked at.
    ``unknown`` are the headers that no column answers to, ``notes`` are what else to know.
    """

    faults: list = field(default_factory=list)
    unknown: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    changes: list = field(default_factory=list)
    reading: dict = field(default_factory=dict)

    @property
    def is_faulty(self):
        """Tell whether anything forbids writing."""
        return bool(self.faults or self.unknown) or any(row.kind == FAULTY for row in self.rows)

    def counts(self):
        """Return how many rows there are of each kind."""
        kinds = [row.kind for row in self.rows]
        return {
            "rows": len(kinds),
            **{kind: kinds.count(kind) for kind in (NEW, CHANGED, UNCHANGED, FAULTY)},
            "drafts": sum(row.is_draft for row in self.rows),
        }

    def report(self):
        """Return what is stored."""
        return {
            "faults": self.faults,
            "unknown": self.unknown,
            "notes": self.notes,
            "rows": [asdict(row) for row in self.rows],
        }

    def fingerprint(self):
        """Return a hash of all that the preview showed."""
        seen = json.dumps(self.report(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(seen.encode()).hexdigest()


@dataclass
class Change:
    """What the writer does: an instance, new or changed, and the columns that change.

    ``before`` and ``after`` are the raw values by column, for the undo.
    """

    line: int
    instance: object
    is_new: bool
    label: str
    columns: list = field(default_factory=list)
    before: dict = field(default_factory=dict)
    after: dict = field(default_factory=dict)
