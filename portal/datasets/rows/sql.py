"""From a question to SQL on a reading copy: names quoted, values bound."""

from decimal import Decimal

from portal.core.text import fold
from portal.datasets.imports.workspace import name as quoted
from portal.datasets.rows.copies import FOLD
from portal.datasets.rows.keys import ORDER
from portal.datasets.rows.masking import masked_sql
from portal.datasets.rows.operators import COMPARED, NUMBER, TEXT, kind_of, rounded_bound

_FOLDED = {
    "contains": "contains({column}, ?)",
    "notcontains": "NOT contains({column}, ?)",
    "startswith": "starts_with({column}, ?)",
    "endswith": "suffix({column}, ?)",
}
_EMPTINESS = {
    "isnull": "{column} IS NULL",
    "notnull": "{column} IS NOT NULL",
    "isblank": "coalesce(trim({column}::VARCHAR), '') = ''",
    "notblank": "coalesce(trim({column}::VARCHAR), '') <> ''",
}
_WHOLE = {"BIGINT": 63, "INTEGER": 31, "HUGEINT": 127}


def conditions(question, types):
    """Return the SQL of what ``question`` keeps, and its values."""
    parts, values = [], []
    for each in question.kept_by:
        sql, bound = _condition(each, types)
        parts.append(sql)
        values += bound
    for word in fold(question.search).split():
        sql, bound = _found(word, question.searched, types)
        parts.append(sql)
        values += bound
    return " AND ".join(f"({part})" for part in parts) or "TRUE", values


def _found(word, columns, types):
    """Return the SQL for rows in one of whose ``columns`` the folded ``word`` stands."""
    folds = [_folded(name, types) for name in columns if kind_of(types[name]) == TEXT]
    return " OR ".join(f"contains({each}, ?)" for each in folds) or "FALSE", [word] * len(folds)


def _folded(name, types):
    """Return the column that holds the folded texts: the texts themselves where they are so."""
    return quoted(name + FOLD if name + FOLD in types else name)


def _condition(asked, types):
    sql_type, column = types[asked.column], quoted(asked.column)
    operator = asked.operator
    if operator in _EMPTINESS:
        return _EMPTINESS[operator].format(column=column), []
    if operator in _FOLDED:
        folded = _folded(asked.column, types)
        return _FOLDED[operator].format(column=folded), [fold(asked.values[0])]
    if operator in ("in", "notin"):
        return _among(asked, column, sql_type)
    if operator in ("year", "quarter", "month", "day"):
        return _in_part(operator, column, sql_type, asked.values[0])
    if operator == "date":
        if kind_of(sql_type) == TEXT:  # moments are kept as texts that begin with their day
            return f"starts_with({column}, ?)", [asked.values[0].isoformat()]
        return f"{column}::DATE = ?", [asked.values[0]]
    return _compared(column, operator, asked.values[0], sql_type)


def _in_part(operator, column, sql_type, number):
    if kind_of(sql_type) == TEXT:
        return _in_part_of_text(operator, column, number)
    return f"{operator}({column}) = ?", [number]


def _in_part_of_text(operator, column, number):
    """Return the same for a period or a moment, a text that begins with year, month and day."""
    if operator == "year":
        return f"starts_with({column}, ?)", [f"{number:04}"]
    if operator == "day":
        return f"substr({column}, 9, 2) = ?", [f"{number:02}"]
    months = [number] if operator == "month" else [3 * number - 2, 3 * number - 1, 3 * number]
    listed = ", ".join("?" * len(months))
    return f"substr({column}, 6, 2) IN ({listed})", [f"{month:02}" for month in months]


def _compared(column, operator, value, sql_type):
    sign = {"exact": "=", "not": "<>", **COMPARED}[operator]
    if not isinstance(value, Decimal):
        return f"{column} {sign} ?::{sql_type}", [value]
    rounded = rounded_bound(value, operator, scale_of(sql_type))
    if rounded is None:
        return ("FALSE" if operator == "exact" else f"{column} IS NOT NULL"), []
    if abs(rounded) >= ceiling_of(sql_type):
        below = (
            operator in ("lt", "lte", "not") if rounded > 0 else operator in ("gt", "gte", "not")
        )
        return (f"{column} IS NOT NULL" if below else "FALSE"), []
    return f"{column} {sign} ?::{sql_type}", [rounded]


def _among(asked, column, sql_type):
    values = asked.values
    if kind_of(sql_type) == NUMBER:
        values = [rounded_bound(each, "exact", scale_of(sql_type)) for each in values]
        values = [each for each in values if each is not None and abs(each) < ceiling_of(sql_type)]
    listed = ", ".join(f"?::{sql_type}" for _each in values)
    if asked.operator == "in":
        return (f"{column} IN ({listed})" if listed else "FALSE"), list(values)
    return (f"{column} NOT IN ({listed})" if listed else f"{column} IS NOT NULL"), list(values)


def scale_of(sql_type):
    """Return how many decimal places an SQL type of numbers keeps."""
    return int(sql_type.partition(",")[2].rstrip(") ") or 0)


def ceiling_of(sql_type):
    """Return the number from which on an SQL type of numbers holds none."""
    if sql_type.startswith("DECIMAL"):
        width = int(sql_type.partition("(")[2].partition(",")[0])
        return Decimal(10) ** (width - scale_of(sql_type))
    return Decimal(2) ** _WHOLE[sql_type]


def shown(question, types):
    """Return what of each row is given out: the asked columns, masked where they have to be."""
    return ", ".join(
        masked_sql(name, types[name]) if name in question.masked else quoted(name)
        for name in question.columns
    )


def sort_key(name, types):
    """Return the column by which ``name`` is sorted: texts by their place in Vietnamese order."""
    return quoted(name + ORDER if name + ORDER in types else name)


def order_by(sort, types):
    """Return ORDER BY for ``((name, is_descending), …)``: empty cells last, then as in the file."""
    parts = [
        f"{sort_key(name, types)} {'DESC' if down else 'ASC'} NULLS LAST" for name, down in sort
    ]
    return ", ".join([*parts, "rowid"])
