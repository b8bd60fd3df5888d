"""Takes off the apostrophe with which an exported CSV keeps spreadsheets from calculating."""

from portal.core.formulas import FORMULA_STARTS
from portal.core.table_files.sniff import sniff
from portal.datasets.imports.column import NUMBERS
from portal.datasets.imports.issues import VALUE_LENGTH
from portal.datasets.imports.workspace import text

NOTED = "guarding_apostrophe"
#: Types whose values leave without a guard.
UNGUARDED = NUMBERS | {"date", "boolean"}


def take_guards_off(workspace, path, schema):
    """Give back the texts of a CSV file as ``portal.core.formulas.guarded`` found them.

    Only a text that the guard would have made is changed, and each is noted for the report.
    """
    workspace.run(f"CREATE TABLE {NOTED} (row BIGINT, place INTEGER, value VARCHAR)")
    workspace.noted.append(NOTED)
    if sniff(path) != "csv":
        return
    starts = ", ".join(map(text, (*FORMULA_STARTS, "'")))
    for place, column in enumerate(schema.columns):
        if column.type in UNGUARDED:
            continue
        cell = f"c{place}"
        guarded = f"starts_with({cell}, chr(39)) AND substr({cell}, 2, 1) IN ({starts})"
        workspace.run(
            f"INSERT INTO {NOTED} SELECT row, {place}, left({cell}, {VALUE_LENGTH}) "  # noqa: S608
            f"FROM cells WHERE {guarded}"
        )
        workspace.run(f"UPDATE cells SET {cell} = substr({cell}, 2) WHERE {guarded}")  # noqa: S608
