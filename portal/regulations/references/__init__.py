"""References between provisions, as Vietnamese legal texts write them.

Small promises, none of which knows the database: ``tokens`` cuts a sentence into words that compare
whatever their spelling, ``grammar`` reads lists of provisions, ``attachment`` says which belongs
below which, ``documents`` reads the name of the document behind them, ``resolution`` knows the
parts of a text, ``lists`` says which are meant, ``finding`` walks through a whole text. Precision
comes first: what belongs to another document, or might, never leads to a provision of our own.
"""

from portal.regulations.references.finding import Reference, find_references

__all__ = ["Reference", "find_references"]
