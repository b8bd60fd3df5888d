"""Texts that a spreadsheet would take for formulas, on their way out and back."""

#: With what a text begins that a spreadsheet takes for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(text):
    """Return ``text`` for a CSV file, so that a spreadsheet shows it instead of calculating it.

    An apostrophe goes before what would be calculated and before an apostrophe, so that
    ``unguarded`` gives back exactly what was there.
    """
    return f"'{text}" if text.startswith((*FORMULA_STARTS, "'")) else text


def unguarded(cell):
    """Return a cell of a CSV file without the apostrophe that ``guarded`` put there."""
    is_guarded = len(cell) > 1 and cell[0] == "'" and cell[1:].startswith((*FORMULA_STARTS, "'"))
    return cell[1:] if is_guarded else cell
