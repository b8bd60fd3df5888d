"""The redline: what changed between two texts of a regulation, for readers and machines.

``compare_texts`` takes two ``RegulationText``s from wherever and knows nothing of pages.
"""

from portal.regulations.redline.changes import (
    ADDED,
    AMENDED,
    KINDS,
    MOVED,
    RENUMBERED,
    REPEALED,
    PartChange,
    Redline,
    Row,
)
from portal.regulations.redline.compare import compare_texts
from portal.regulations.redline.words import Piece, compare_words

__all__ = [
    "ADDED",
    "AMENDED",
    "KINDS",
    "MOVED",
    "RENUMBERED",
    "REPEALED",
    "PartChange",
    "Piece",
    "Redline",
    "Row",
    "compare_texts",
    "compare_words",
]
