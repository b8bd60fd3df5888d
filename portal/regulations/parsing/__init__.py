"""Reading Vietnamese regulations: any text in, structure out.

``parse_text`` runs a line of small stages (``pipeline.STAGES``) that never refuse a text; what they
find is a ``ParsedRegulation`` whose parts know the source lines they came from. ``as_json`` prints
it by the contract, ``read_source`` turns a file into text, ``words_unplaced`` proves that no word
of the source was lost or moved.
"""

from portal.regulations.parsing.contract import as_json
from portal.regulations.parsing.pipeline import parse_text
from portal.regulations.parsing.result import (
    LeftOut,
    Lint,
    ParsedAnnex,
    ParsedArticle,
    ParsedClause,
    ParsedDecision,
    ParsedDivision,
    ParsedFootnote,
    ParsedPoint,
    ParsedRegulation,
    ParsedSigner,
)
from portal.regulations.parsing.sources import UnreadableSource, read_source
from portal.regulations.parsing.words import UnplacedWord, words_unplaced

__all__ = [
    "LeftOut",
    "Lint",
    "ParsedAnnex",
    "ParsedArticle",
    "ParsedClause",
    "ParsedDecision",
    "ParsedDivision",
    "ParsedFootnote",
    "ParsedPoint",
    "ParsedRegulation",
    "ParsedSigner",
    "UnplacedWord",
    "UnreadableSource",
    "as_json",
    "parse_text",
    "read_source",
    "words_unplaced",
]
