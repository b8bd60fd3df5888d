"""What a column promises beyond its type, as conditions in SQL; and who breaks them."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from portal.core.formats import format_date, format_number
from portal.core.table_files.spreadsheet_cells import NATIVE_SIGN, NO_RESULT
from portal.datasets.imports.column import LISTED
from portal.datasets.imports.issues import VALUE_LENGTH
from portal.datasets.imports.typed_column import typed_rows
from portal.datasets.imports.workspace import text

#: Codes that follow the column's severity; all others but the notices are errors.
RULE_CODES = frozenset(
    [
        "below_minimum",
        "above_maximum",
        "too_many_decimals",
        "too_short",
        "too_long",
        "pattern_mismatch",
        "unknown_code",
        "duplicate_value",
    ]
)
NOTICES = frozenset(
    [
        "date_serial",
        "day_as_month",
        "scientific_notation",
        "number_in_brackets",
        "number_as_code",
        "invisible_characters",
        "guarding_apostrophe",
        "mixed_number_styles",
    ]
)
_WIDE = Context(prec=80)


def severity_of(code, column):
    """Return whether a fault of ``column`` is an error or a warning."""
    if code in NOTICES:
        return "warning"
    follows = code in RULE_CODES or (code == "missing_value" and not column.is_key)
    return column.severity if follows else "error"


def rules_of(typed):
    """Return the rules of a typed column: condition that breaks it, code, expectation."""
    column = typed.column
    if column.is_number:
        found = _number_rules(typed)
    elif column.type == "date":
        found = _date_rules(typed)
    elif column.type in ("datetime", "period"):
        found = _ordered_text_rules(typed)
    else:
        found = _text_rules(typed)
    return found + _listed(typed)


def _number_rules(typed):
    column, value, quantum = typed.column, typed.value, Decimal(1).scaleb(-typed.scale)
    rules = []
    if column.minimum is not None:
        least = column.minimum.quantize(quantum, ROUND_CEILING, _WIDE)
        rules.append((f"{value} < {least:f}", "below_minimum", format_number(column.minimum)))
    if column.maximum is not None:
        most = column.maximum.quantize(quantum, ROUND_FLOOR, _WIDE)
        rules.append((f"{value} > {most:f}", "above_maximum", format_number(column.maximum)))
    if column.scale is not None and typed.scale > column.scale:
        kept = f"round({value}, {column.scale})"
        rules.append((f"{kept} <> {value}", "too_many_decimals", str(column.scale)))
    return rules


def _date_rules(typed):
    column, rules = typed.column, []
    if column.minimum is not None:
        when = f"{typed.value} < DATE {text(column.minimum)}"
        rules.append((when, "below_minimum", format_date(column.minimum)))
    if column.maximum is not None:
        when = f"{typed.value} > DATE {text(column.maximum)}"
        rules.append((when, "above_maximum", format_date(column.maximum)))
    return rules


def _ordered_text_rules(typed):
    """Compare texts that sort as what they mean; of periods, only those of the same kind."""
    rules = []
    for limit, sign, code in (
        (typed.column.minimum, "<", "below_minimum"),
        (typed.column.maximum, ">", "above_maximum"),
    ):
        if limit is not None:
            same = f"length({typed.value}) = {len(limit)} AND " * (typed.column.type == "period")
            rules.append((f"{same}{typed.value} {sign} {text(limit)}", code, str(limit)))
    return rules


def _text_rules(typed):
    column, value, rules = typed.column, typed.value, []
    if typed.sql_type != "VARCHAR":
        return rules
    if column.min_length is not None:
        rules.append((f"length({value}) < {column.min_length}", "too_short", column.min_length))
    if column.max_length is not None:
        rules.append((f"length({value}) > {column.max_length}", "too_long", column.max_length))
    if column.pattern:
        when = f"NOT regexp_full_match({value}, {text(column.pattern)})"
        rules.append((when, "pattern_mismatch", column.pattern))
    return [(when, code, str(expected)) for when, code, expected in rules]


def _listed(typed):
    codes = typed.column.codes
    if codes is None or typed.column.type in LISTED:
        return []
    if typed.column.is_number:
        listed = ", ".join(f"{Decimal(code):f}" for code in codes)
    else:
        listed = ", ".join(map(text, codes))
    value = typed.value if typed.column.is_number else f"{typed.value}::VARCHAR"
    return [(f"{value} NOT IN ({listed or 'NULL'})", "unknown_code", None)]


def find_faults(workspace, typed):
    """Fill ``faults`` (row, value, code, expected) with the cells of the column that break.

    Each cell has one fault at most: first what makes it unreadable, then a broken rule, then
    what is only to be noticed.
    """
    rules, cell = rules_of(typed), typed.cell
    expected = typed.expected | {code: what for _when, code, what in rules if what}
    cases = [
        f"WHEN {cell} IS NULL THEN {_missing(typed)}",
        f"WHEN {cell} = {text(NO_RESULT)} THEN 'formula_without_value'",
    ]
    own_code = f"d{typed.place}.code"
    notices = ", ".join(map(text, sorted(NOTICES)))
    if typed.has_dictionary:
        cases.append(f"WHEN {own_code} NOT IN ({notices}) THEN {own_code}")
    broken = typed.faults + [(when, code) for when, code, _what in rules]
    # False sorts first: notices come last.
    for when, code in sorted(broken, key=lambda each: each[1] in NOTICES):
        cases.append(f"WHEN {when} THEN {text(code)}")
    if typed.has_dictionary:
        cases.append(f"ELSE {own_code}")
    told = " ".join(f"WHEN {text(code)} THEN {text(what)}" for code, what in expected.items())
    told = f"CASE code {told} END" if told else "NULL"
    own = f", d{typed.place}.expected AS own" if typed.has_dictionary else ", NULL AS own"
    inner = typed_rows([typed], extra=f", {cell} AS cell, CASE {' '.join(cases)} END AS code{own}")
    workspace.run(f"""
        CREATE OR REPLACE TABLE faults AS
        SELECT row, left(ltrim(cell, {text(NATIVE_SIGN)}), {VALUE_LENGTH}) AS value, code,
            coalesce(own, {told})::VARCHAR AS expected
        FROM ({inner}) WHERE code IS NOT NULL
    """)


def _missing(typed):
    return "'missing_value'" if typed.column.must_be_filled else "NULL"


def _may_repeat(workspace, columns):
    """Tell whether two rows share a hash; without that no value stands twice."""
    hashed = ", ".join(f"v{each.place}" for each in columns)
    return workspace.run(
        f"SELECT 1 FROM (SELECT hash({hashed}) AS h FROM ({typed_rows(columns)})) "
        "GROUP BY h HAVING count(*) > 1 LIMIT 1"
    )


def find_duplicates(workspace, columns, code):
    """Fill ``faults`` with the rows whose values in ``columns`` stood in an earlier row."""
    values = ", ".join(f"v{each.place}" for each in columns)
    if not _may_repeat(workspace, columns):
        workspace.run("DELETE FROM faults")
        return
    filled = " AND ".join(f"v{each.place} IS NOT NULL" for each in columns)
    shown = ", ".join(f"v{each.place}::VARCHAR" for each in columns)
    rows = typed_rows(columns)
    workspace.run(f"""
        CREATE OR REPLACE TABLE repeated AS SELECT {values}, min(row) AS first FROM ({rows})
        WHERE {filled} GROUP BY {values} HAVING count(*) > 1
    """)
    workspace.run(f"""
        CREATE OR REPLACE TABLE faults AS
        SELECT row, left(concat_ws(' / ', {shown}), {VALUE_LENGTH}) AS value, {text(code)} AS code,
            first::VARCHAR AS expected
        FROM ({rows}) JOIN repeated USING ({values}) WHERE row <> first
    """)
