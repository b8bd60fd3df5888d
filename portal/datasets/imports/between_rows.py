"""Which rows break a rule between columns: exact, with decimals and fractions, never floats.

The engine compares all rows at once. Where its 38 digits do not suffice it says so, and those
rows are calculated one by one with fractions.
"""

import operator
from fractions import Fraction

import duckdb

from portal.core.table_files.spreadsheet_cells import NATIVE_SIGN
from portal.datasets.imports.issues import VALUE_LENGTH
from portal.datasets.imports.rule_parts import (
    DATE,
    NUMBER,
    Calculation,
    Name,
    Number,
    Sum,
    has_division,
    undivided_names,
)
from portal.datasets.imports.typed_column import typed_rows
from portal.datasets.imports.workspace import name as quoted
from portal.datasets.imports.workspace import text

CODE = "rule_broken"
_COMPARE = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, "<=": operator.le,
    ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_CALCULATE = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
}  # fmt: skip
_BATCH = 10_000


def find_broken(workspace, rule, typed):
    """Fill ``faults`` with the rows that break ``rule``; ``typed`` holds its columns by name.

    A row with an empty or unreadable cell that the rule needs does not break it; neither does
    one that would have to be divided by zero. ``sum()`` takes empty cells for nothing.
    """
    used = [typed[name] for name in rule.columns]
    shown = "".join(f", {_shown(each)} AS s{each.place}" for each in used)
    cell = f", ltrim({used[0].cell}, {text(NATIVE_SIGN)}) AS cell"
    workspace.run(f"CREATE OR REPLACE VIEW compared AS {typed_rows(used, extra=shown + cell)}")
    values = {each.column.name: _as_number(each) for each in used}
    tolerance = _decimals(rule, typed)
    verdict = "CREATE OR REPLACE TABLE verdicts AS SELECT row, {} AS broken FROM compared"
    try:
        workspace.run(verdict.format(_verdict(rule, values, tolerance)))
    except duckdb.OutOfRangeException:
        workspace.run(verdict.format("NULL::BOOLEAN"))
    workspace.run("CREATE OR REPLACE TABLE broken AS SELECT row FROM verdicts WHERE broken")
    _look_closely(workspace, rule, used, tolerance)
    pairs = " || '; ' || ".join(
        f"{text(each.column.name + ' = ')} || coalesce(s{each.place}, '∅')" for each in used
    )
    workspace.run(f"""
        CREATE OR REPLACE TABLE faults AS
        SELECT row, left(cell, {VALUE_LENGTH}) AS value, {text(CODE)} AS code,
            left({text(rule.shown)} || ' (' || {pairs} || ')', 1000) AS expected
        FROM compared JOIN broken USING (row)
    """)


def _shown(typed):
    if typed.column.type == "date":
        return f"strftime({typed.value}, '%d/%m/%Y')"
    return f"left(ltrim({typed.cell}, {text(NATIVE_SIGN)}), {VALUE_LENGTH})"


def _as_number(typed):
    value = f"v{typed.place}"
    return f"({value} - DATE '1970-01-01')" if typed.column.type == "date" else value


def _decimals(rule, typed):
    """Return how many decimals count where a quotient has to equal something; None: all."""
    if rule.sign not in ("=", "<>") or not (has_division(rule.left) or has_division(rule.right)):
        return None
    names = [*undivided_names(rule.left), *undivided_names(rule.right)]
    scales = [
        typed[each].scale if typed[each].column.scale is None else typed[each].column.scale
        for each in names
    ]
    return max(scales) if scales else None


def _verdict(rule, values, decimals):
    """Return the SQL that tells whether a row breaks the rule; NULL where it cannot tell."""
    if rule.left.kind not in (NUMBER, DATE):
        left, right = values[rule.left.column], values[rule.right.column]
        return f"NOT ({left} {rule.sign} {right})"
    top, bottom = _fraction(Calculation("-", rule.left, rule.right), values)
    if decimals is not None:
        close = f"abs({top}) * {2 * 10**decimals} <= abs({bottom})"
        holds = close if rule.sign == "=" else f"NOT ({close})"
    elif bottom is None:
        holds = f"({top}) {rule.sign} 0"
    else:
        holds = f"(CASE WHEN {bottom} < 0 THEN -({top}) ELSE {top} END) {rule.sign} 0"
    checked = f"TRY(NOT ({holds}))"
    return f"CASE WHEN TRY({bottom}) <> 0 THEN {checked} END" if bottom else checked


def _fraction(node, values):
    """Return numerator and denominator of a part as SQL; None for a denominator of one."""
    if isinstance(node, Number):
        return _literal(node.value), None
    if isinstance(node, Name):
        return values[node.column], None
    if isinstance(node, Sum):
        cells = [values[each.column] for each in node.columns]
        total = " + ".join(f"coalesce({cell}, 0)" for cell in cells)
        return f"(CASE WHEN coalesce({', '.join(cells)}) IS NOT NULL THEN {total} END)", None
    (top, bottom), (other, below) = (_fraction(each, values) for each in (node.left, node.right))
    if node.sign == "*":
        return _times(top, other), _times(bottom, below)
    if node.sign == "/":
        return _times(top, below), _times(bottom, other)
    return f"({_times(top, below)} {node.sign} {_times(other, bottom)})", _times(bottom, below)


def _literal(value):
    scale = max(0, -value.as_tuple().exponent)
    return f"CAST('{value:f}' AS DECIMAL(18, {scale}))"


def _times(one, other):
    if one is None or other is None:
        return one or other
    return f"({one} * {other})"


def _look_closely(workspace, rule, used, decimals):
    """Calculate with fractions the rows about which the engine could not tell."""
    needed = _needed(rule.left) | _needed(rule.right)
    filled = [f"v{each.place} IS NOT NULL" for each in used if each.column.name in needed]
    columns = ", ".join(f"v{each.place} AS {quoted(each.column.name)}" for each in used)
    with workspace.database.cursor() as cursor:
        cursor.execute(
            f"SELECT row, {columns} FROM compared JOIN verdicts USING (row) "
            f"WHERE broken IS NULL AND {' AND '.join(filled) or 'TRUE'}"
        )
        found = []
        while batch := cursor.fetchmany(_BATCH):
            for row, *cells in batch:
                values = dict(zip(rule.columns, cells, strict=True))
                if _breaks(rule, values, decimals):
                    found.append(row)
    if found:
        workspace.run("INSERT INTO broken SELECT unnest(?::BIGINT[])", [found])


def _needed(node):
    """Return the columns without which a part has no value."""
    if isinstance(node, Name):
        return {node.column}
    return _needed(node.left) | _needed(node.right) if isinstance(node, Calculation) else set()


def _breaks(rule, values, decimals):
    if rule.left.kind not in (NUMBER, DATE):
        return False
    try:
        left, right = _value(rule.left, values), _value(rule.right, values)
    except ZeroDivisionError:
        return False
    if left is None or right is None:
        return False
    if decimals is not None:
        is_close = abs(left - right) * 2 * 10**decimals <= 1
        return is_close != (rule.sign == "=")
    return not _COMPARE[rule.sign](left, right)


def _value(node, values):
    """Return a part as a fraction; None where a cell that it needs is empty."""
    if isinstance(node, Number):
        return Fraction(node.value)
    if isinstance(node, Name):
        found = values[node.column]
        if found is None:
            return None
        return Fraction(found.toordinal() if node.kind == DATE else found)
    if isinstance(node, Sum):
        filled = [values[each.column] for each in node.columns]
        filled = [Fraction(each) for each in filled if each is not None]
        return sum(filled) if filled else None
    left, right = _value(node.left, values), _value(node.right, values)
    if left is None or right is None:
        return None
    return _CALCULATE[node.sign](left, right)
