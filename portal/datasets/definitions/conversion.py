"""How published values become values of another type, as SQL; what is not certain becomes NULL.

A text is a number only when it can be read in one way: “1.205” may be a thousand or a decimal,
so it is not converted.
"""

from portal.datasets.imports.column import LISTED, NUMBERS
from portal.datasets.imports.workspace import text

WIDE = "DECIMAL(38, 10)"
YES = ("có", "co", "đúng", "dung", "true", "yes", "1")
NO = ("không", "khong", "sai", "false", "no", "0")


def as_text(value, kind):
    """Return the SQL of ``value``, of the SQL type ``kind``, as people write it."""
    if kind == "DATE":
        return f"strftime({value}, '%d/%m/%Y')"
    if kind == "BOOLEAN":
        return f"CASE WHEN {value} THEN 'có' WHEN NOT {value} THEN 'không' END"
    if kind.startswith("DECIMAL"):
        plain = f"regexp_replace(CAST({value} AS {WIDE})::VARCHAR, '\\.?0+$', '')"
        return f"replace({plain}, '.', ',')"
    return f"CAST({value} AS VARCHAR)"


def is_number(kind):
    """Tell whether the SQL type ``kind`` holds numbers."""
    return kind.startswith("DECIMAL") or kind in ("BIGINT", "INTEGER", "HUGEINT", "DOUBLE")


def converted(value, kind, column):
    """Return the SQL of ``value``, of the SQL type ``kind``, as a value of ``column``."""
    if column.type in NUMBERS:
        return _number(value, kind, whole=column.type == "integer")
    if column.type == "date":
        return _date(value, kind)
    if column.type == "boolean":
        return _boolean(value, kind)
    written = as_text(value, kind)
    if column.type == "period":
        return _period(value, written, kind)
    if column.type == "link":
        good = text(r"(?i)https?://[^\s/?#]+\S*")
        return f"CASE WHEN regexp_full_match({written}, {good}) THEN {written} END"
    if column.type in LISTED and column.codes is not None:
        return _code(written, column.codes)
    return written


def _number(value, kind, *, whole):
    if is_number(kind):
        number = f"CAST({value} AS {WIDE})"
    elif kind == "VARCHAR":
        certain = text(r"-?[0-9]{1,27}([.,]([0-9]{1,2}|[0-9]{4,10}))?")
        digits = f"replace(trim({value}), ',', '.')"
        number = (
            f"CASE WHEN regexp_full_match(trim({value}), {certain}) "
            f"THEN TRY_CAST({digits} AS {WIDE}) END"
        )
    else:
        return f"CAST(NULL AS {WIDE})"
    return f"CASE WHEN {number} = trunc({number}) THEN {number} END" if whole else number


def _date(value, kind):
    if kind == "DATE":
        return value
    if kind != "VARCHAR":
        return "CAST(NULL AS DATE)"
    return f"CAST(try_strptime(trim({value}), ['%d/%m/%Y', '%Y-%m-%d']) AS DATE)"


def _boolean(value, kind):
    if kind == "BOOLEAN":
        return value
    written = f"lower(trim({as_text(value, kind)}))"
    yes, no = (", ".join(map(text, words)) for words in (YES, NO))
    return f"CASE WHEN {written} IN ({yes}) THEN TRUE WHEN {written} IN ({no}) THEN FALSE END"


def _period(value, written, kind):
    if kind == "DATE":
        return f"strftime({value}, '%Y-%m')"
    code = text(r"[0-9]{4}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?")
    month = text(r"(0?[1-9]|1[0-2])/[0-9]{4}")
    return (
        f"CASE WHEN regexp_full_match({written}, {code}) THEN {written} "
        f"WHEN regexp_full_match({written}, {month}) THEN "
        f"split_part({written}, '/', 2) || '-' || lpad(split_part({written}, '/', 1), 2, '0') END"
    )


def _code(written, codes):
    arms = [f"WHEN {text(code)} THEN {text(code)}" for code in codes]
    labels = {label: code for code, label in codes.items() if label and label not in codes}
    arms += [f"WHEN {text(label)} THEN {text(code)}" for label, code in labels.items()]
    return f"CASE {written} {' '.join(arms)} END" if arms else "CAST(NULL AS VARCHAR)"
