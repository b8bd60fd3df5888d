"""Columns of numbers: survey the shapes, decide the style, write the cast. Never a float."""

from dataclasses import dataclass

from portal.core.formats import UnreadableValue
from portal.core.table_files.reading import NeedsConfirmation
from portal.core.table_files.spreadsheet_cells import ERROR_TEXTS, NATIVE_SIGN
from portal.datasets.imports.numbers import (
    DOUBTFUL,
    SHAPES,
    bare,
    is_vietnamese,
    odd_shape,
    read_odd,
    style_of,
)
from portal.datasets.imports.typed_column import TypedColumn, make_dictionary
from portal.datasets.imports.workspace import text

DIGITS = 38  #: what a DECIMAL holds
EXCEL_DIGITS = 15  #: what Excel keeps of a number
SAMPLE = 2_000
COMMA_LAST = {"comma_decimal", "point_groups"}
POINT_LAST = {"point_decimal", "comma_groups", "native"}


@dataclass(frozen=True)
class _Shape:
    """What the survey found of a shape: most characters before the mark, most decimals."""

    whole: int
    decimals: int


def type_number(workspace, column, place, reading):
    """Return the typed column of numbers.

    Raise ``NeedsConfirmation`` when the column's points and commas may mean either thing.
    """
    shapes = _survey(workspace, place)
    odd = shapes.pop("odd", None)
    seen = set(shapes) | (_odd_shapes(workspace, column, place) if odd else set())
    is_whole = column.type == "integer"
    decided = column.point_is or reading.number_styles.get(column.name)
    style = style_of(seen, is_whole=is_whole, decided=decided)
    if style is None:
        raise _doubt(workspace, column, place)
    scale = _scale(shapes, style)
    digits = max((each.whole for each in shapes.values()), default=0)
    if odd:
        scale = max(scale, _fill_odd(workspace, column, place, style))
        digits = DIGITS
    scale = max(scale, column.scale or 0)
    if digits + scale > DIGITS:
        scale = min(scale, 18)
    precision = 18 if digits + scale <= 18 else DIGITS
    typed = TypedColumn(column, place, "", f"DECIMAL({precision},{scale})", scale)
    typed.has_dictionary = odd is not None
    typed.notice = "mixed_number_styles" if style == "mixed" else ""
    typed.value = _cast(typed, shapes, style)
    typed.faults = _faults(typed, shapes, style)
    typed.expected["too_many_digits"] = str(DIGITS)
    return _as_whole(typed) if is_whole else typed


def _survey(workspace, place):
    first = f"(SELECT c{place} FROM cells WHERE c{place} IS NOT NULL LIMIT {SAMPLE})"
    counts = {shape: rows for shape, rows, *_sizes in _shapes_in(workspace, first, SHAPES)}
    # No text has two shapes; what is common is tried first.
    ordered = sorted(SHAPES, key=lambda shape: -counts.get(shape, 0))
    every = f"(SELECT c{place} FROM cells WHERE c{place} IS NOT NULL)"
    found = _shapes_in(workspace, every, ordered)
    return {shape: _Shape(whole, decimals) for shape, _rows, whole, decimals in found}


def _shapes_in(workspace, cells, order):
    """Return rows of a shape, its count, the most characters before and behind its mark."""
    cases = " ".join(
        f"WHEN regexp_full_match(cell, {text(SHAPES[shape])}) THEN {text(shape)}" for shape in order
    )
    mark = f"CASE WHEN shape IN {tuple(COMMA_LAST)} THEN strpos(cell, ',') " + (
        f"WHEN shape IN {tuple(POINT_LAST)} THEN strpos(cell, '.') ELSE 0 END"
    )
    return workspace.run(f"""
        SELECT shape, count(*), max(if(mark = 0, strlen(cell), mark - 1)),
               max(if(mark = 0, 0, strlen(cell) - mark))
        FROM (SELECT cell, shape, {mark} AS mark FROM (
            SELECT cell, CASE {cases} ELSE 'odd' END AS shape FROM {cells} AS t(cell)))
        GROUP BY shape
    """)


def _odd_condition(place):
    any_shape = "|".join(SHAPES.values())
    return f"NOT regexp_full_match(c{place}, {text(any_shape)})"


def _odd_shapes(workspace, column, place):
    where = f"c{place} IS NOT NULL AND {_odd_condition(place)}"
    rows = workspace.run(f"SELECT DISTINCT c{place} FROM cells WHERE {where}")
    return {odd_shape(_within(cell, column), column.type) for (cell,) in rows} - {None}


def _within(cell, column):
    return cell if column.is_bare else bare(cell)


def _fill_odd(workspace, column, place, style):
    """Make the dictionary of texts that need a second look; return their most decimals."""
    most = 0

    def read(cell):
        nonlocal most
        if cell in ERROR_TEXTS:
            return None, "error_cell", None
        try:
            value, code = read_odd(_within(cell, column), column.type, style)
        except UnreadableValue as fault:
            return None, fault.code, None
        sign, digits, exponent = value.as_tuple()
        if len(digits) - min(0, exponent + len(digits)) + max(0, exponent) > DIGITS:
            return None, "too_many_digits", str(DIGITS)
        most = max(most, -exponent)
        return f"{value:f}", code, None

    make_dictionary(workspace, place, "VARCHAR", read, _odd_condition(place))
    return most


def _scale(shapes, style):
    found = [each.decimals for each in shapes.values()]
    found += [3 for shape in shapes if shape in DOUBTFUL and not _groups(shape, style)]
    return max(found, default=0)


def _groups(shape, style):
    """Tell whether the mark of a doubtful shape groups thousands."""
    if style in ("whole", "mixed"):
        return True
    return (style == "group") == (shape == "maybe_point")


def _cast(typed, shapes, style):
    """Return the SQL that casts each shape; what cannot be cast becomes NULL."""
    cell = typed.cell
    plain = f"ltrim({cell}, {text(NATIVE_SIGN)})" if "native" in shapes else cell
    readable = {shape for shape in shapes if not (style == "mixed" and shape in DOUBTFUL)}
    vietnamese = {shape for shape in readable if is_vietnamese(shape, style)}
    others = readable - vietnamese
    vi_form = f"replace(replace({plain}, '.', ''), ',', '.')"
    en_form = f"replace({plain}, ',', '')" if others & {"comma_groups", "maybe_comma"} else plain
    if not vietnamese:
        number = en_form
    elif others <= {"plain"}:
        number = vi_form
    else:
        number = f"CASE WHEN {_has_shape(cell, vietnamese)} THEN {vi_form} ELSE {en_form} END"
    if readable != set(shapes):
        number = f"CASE WHEN NOT {_has_shape(cell, DOUBTFUL)} THEN {number} END"
    if typed.has_dictionary:
        number = (
            f"CASE WHEN d{typed.place}.cell IS NULL THEN {number} ELSE d{typed.place}.value END"
        )
    return f"TRY_CAST({number} AS {typed.sql_type})"


def _has_shape(cell, shapes):
    return f"regexp_full_match({cell}, {text('|'.join(SHAPES[shape] for shape in sorted(shapes)))})"


def _faults(typed, shapes, style):
    faults = []
    if style == "mixed" and DOUBTFUL & set(shapes):
        faults.append((_has_shape(typed.cell, DOUBTFUL), "ambiguous_number"))
    if "native" in shapes:
        too_long = f"{NATIVE_SIGN}-?[0-9]{{{EXCEL_DIGITS + 1},}}([.].*)?"
        faults.append((f"regexp_full_match({typed.cell}, {text(too_long)})", "imprecise_number"))
    if any(each.decimals > typed.scale for each in shapes.values()):
        # A cast would round silently what does not fit.
        long_decimals = text(f"[.,][0-9]{{{typed.scale + 1},}}$")
        faults.append((f"regexp_matches({typed.cell}, {long_decimals})", "too_many_digits"))
    faults.append((f"{typed.value} IS NULL", "too_many_digits"))
    return faults


def _as_whole(typed):
    """Make a column of whole numbers of one of decimals; decimals of zero do not count."""
    decimal = typed.value
    typed.sql_type = "BIGINT" if "(18," in typed.sql_type else f"DECIMAL({DIGITS},0)"
    if typed.scale == 0:
        typed.value = decimal.replace("DECIMAL(18,0)", "BIGINT")
        typed.faults = [(when.replace(decimal, typed.value), code) for when, code in typed.faults]
        return typed
    is_whole = f"{decimal} = trunc({decimal})"
    typed.value = f"CASE WHEN {is_whole} THEN CAST({decimal} AS {typed.sql_type}) END"
    typed.faults.append((f"NOT ({is_whole})", "not_a_whole_number"))
    typed.scale = 0
    return typed


def _doubt(workspace, column, place):
    [(value,)] = workspace.run(
        f"SELECT any_value(c{place}) FROM cells WHERE {_has_shape(f'c{place}', DOUBTFUL)}"
    )
    return NeedsConfirmation(
        "ambiguous_number_style",
        [
            {"field": "number_styles", "column": column.name, "value": style, "sample": [value]}
            for style in ("group", "decimal")
        ],
        column=column.name,
        value=value,
    )
