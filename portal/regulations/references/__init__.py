"""References between provisions, as Vietnamese legal texts write them.

Four small promises, none of which knows the database: ``tokens`` cuts a sentence into words that
compare whatever their spelling, ``grammar`` reads lists of provisions, ``documents`` the name of the
document behind them, ``resolution`` says which part of the text is meant. Precision comes first: what
belongs to another document, or might, never leads to a provision of our own.
"""

from portal.regulations.references.finding import Reference, find_references

__all__ = ["Reference", "find_references"]
