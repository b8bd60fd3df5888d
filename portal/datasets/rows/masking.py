"""Masked values: a part of a text that tells its owner, and nobody else, which one it is.

Of numbers that name somebody (telephones, identity cards) the last three digits stay, of other
texts the first letter; of short texts and of everything else nothing does. Once in SQL and once
in Python, because rows leave the engine and the lines beside it; both give the same.
"""

import re

from portal.datasets.imports.workspace import name as quoted

MASK = "***"
SHORTEST = 4  #: a shorter text would be told by its first letter
_NUMBER = "[0-9+ ().]{8,}"


def masked(value):
    """Return what readers get instead of ``value``; nothing stays nothing."""
    if value is None:
        return None
    if not isinstance(value, str) or len(value) < SHORTEST:
        return MASK
    return MASK + value[-3:] if re.fullmatch(_NUMBER, value) else value[0] + MASK


def masked_rows(rows, question):
    """Return ``rows`` with the columns masked that leave so by ``question``."""
    hidden = [name in question.masked for name in question.columns]
    if not any(hidden):
        return rows
    return [
        tuple(
            masked(value) if is_hidden else value
            for value, is_hidden in zip(row, hidden, strict=True)
        )
        for row in rows
    ]


def masked_sql(name, sql_type):
    """Return the SQL that does the same to the column ``name``, aliased to its name."""
    column = quoted(name)
    told = f"'{MASK}'"
    if sql_type == "VARCHAR":
        told = (
            f"CASE WHEN length({column}) < {SHORTEST} THEN '{MASK}' "
            f"WHEN regexp_full_match({column}, '{_NUMBER}') THEN '{MASK}' || right({column}, 3) "
            f"ELSE left({column}, 1) || '{MASK}' END"
        )
    return f"CASE WHEN {column} IS NOT NULL THEN {told} END AS {column}"
