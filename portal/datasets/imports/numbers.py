"""Numbers as people type them: which shapes there are, and what a column's shapes prove.

A point groups thousands in Vietnamese and separates decimals in English; a comma the other
way round. Most shapes say which they are; ``1.234`` and ``1,234`` do not, and are read as the
other values of their column prove. Without proof they are not read.
"""

import re
from decimal import Decimal, InvalidOperation

from portal.core.formats import UnreadableValue
from portal.core.table_files.spreadsheet_cells import NATIVE_SIGN

_SIGN = "[+-]?"
_GROUP = "[1-9][0-9]{0,2}"


def _decimal(mark):
    return (
        f"{_SIGN}(?:[0-9]{{4,}}{mark}[0-9]+|[0-9]{{1,3}}{mark}(?:[0-9]{{1,2}}|[0-9]{{4,}})"
        f"|0[0-9]*{mark}[0-9]+|{mark}[0-9]+)"
    )


def _grouped(mark, other):
    return (
        f"{_SIGN}{_GROUP}(?:(?:{mark}[0-9]{{3}}){{2,}}(?:{other}[0-9]+)?"
        f"|{mark}[0-9]{{3}}{other}[0-9]+)"
    )


_POINT, _COMMA = "[.]", ","
#: The shapes, commonest first; RE2 and Python read them alike.
SHAPES = {
    "plain": f"{_SIGN}[0-9]+",
    "point_decimal": _decimal(_POINT),
    "comma_decimal": _decimal(_COMMA),
    "point_groups": _grouped(_POINT, _COMMA),
    "comma_groups": _grouped(_COMMA, _POINT),
    "maybe_point": f"{_SIGN}{_GROUP}{_POINT}[0-9]{{3}}",
    "maybe_comma": f"{_SIGN}{_GROUP}{_COMMA}[0-9]{{3}}",
    "native": f"{NATIVE_SIGN}-?[0-9]+(?:[.][0-9]+)?",
}
VIETNAMESE = {"comma_decimal", "point_groups"}
ENGLISH = {"point_decimal", "comma_groups"}
DOUBTFUL = {"maybe_point", "maybe_comma"}
_COMPILED = {shape: re.compile(pattern) for shape, pattern in SHAPES.items()}


def shape_of(text, shapes=SHAPES):
    """Return the name of the shape of ``text``, one of ``shapes``; None when it has none."""
    return next((shape for shape in shapes if _COMPILED[shape].fullmatch(text)), None)


def style_of(shapes, *, is_whole=False, decided=None):
    """Return what a point is in a column with these ``shapes``: “group”, “decimal”, “mixed”.

    None when nothing tells, although a doubtful shape is there. In a column of whole numbers
    a doubtful mark groups, unless other values show that it does not.
    """
    if decided:
        return decided
    vietnamese, english = bool(shapes & VIETNAMESE), bool(shapes & ENGLISH)
    if vietnamese and english:
        return "mixed"
    if vietnamese or english:
        return "group" if vietnamese else "decimal"
    if not shapes & DOUBTFUL:
        return "decimal"
    return "whole" if is_whole else None


def is_vietnamese(shape, style):
    """Tell whether a text of ``shape`` has grouping points and a decimal comma.

    Raise ``UnreadableValue`` where the column has both kinds and the shape tells nothing.
    """
    if shape not in DOUBTFUL:
        return shape in VIETNAMESE
    if style == "mixed":
        raise UnreadableValue("ambiguous_number", shape)
    return shape == "maybe_point" if style == "whole" else style == "group"


#: What may be a number at all; the rest is told apart at once, even a million times.
_NUMBER = r"[.,]?[0-9][0-9., ]*(?:e[+-]?[0-9]+)?"
_SUFFIX = r"\s*(?:%|₫|đồng|VNĐ|VND|đ)?"
_POSSIBLE = re.compile(
    rf"[-+\u2212]?{_NUMBER}{_SUFFIX}|\({_NUMBER}{_SUFFIX}\){_SUFFIX}", re.IGNORECASE
)
#: Book-keepers write a negative number in brackets.
_BRACKETS = re.compile(r"\((.*)\)(.*)", re.DOTALL)
_CURRENCY = re.compile(r"\s*(?:₫|đồng|VNĐ|VND|đ)$", re.IGNORECASE)
_PERCENT = re.compile(r"\s*%$")
_SPACED = re.compile(rf"({_SIGN}{_GROUP})((?: [0-9]{{3}})+)([.,][0-9]+)?")
_SCIENTIFIC = re.compile(r"([+-]?[0-9]+(?:[.,][0-9]+)?)[eE]([+-]?[0-9]{1,3})")


#: What stands around a number that a schema calls not bare; brackets could mean a minus.
_AROUND = re.compile(r"(?:[^0-9+\-.,()]*)([+-]?[.,]?[0-9](?:.*[0-9])?)[^0-9()]*", re.DOTALL)


def bare(text):
    """Return the number in ``text`` without the signs and words around it."""
    found = _AROUND.fullmatch(text.replace("\u2212", "-"))
    return found[1] if found else text


def plain_form(text, kind):
    """Return ``text`` without what a column of ``kind`` allows around a number."""
    text = _BRACKETS.sub(r"-\1\2", text.replace("\u2212", "-"))
    if kind == "percent":
        text = _PERCENT.sub("", text)
    if kind == "money":
        text = _CURRENCY.sub("", text)
    return text.strip()


def spaced_shape(text):
    """Return what the decimals of ``1 234,5`` prove, or None when it is no such number."""
    match = _SPACED.fullmatch(text)
    if not match:
        return None
    mark = (match[3] or "")[:1]
    return {"": "plain", ",": "comma_decimal", ".": "point_decimal"}[mark]


def odd_shape(text, kind):
    """Return the shape of a text that needs a second look; None when it is no number."""
    if not _POSSIBLE.fullmatch(text):
        return None
    text = plain_form(text, kind)
    scientific = _SCIENTIFIC.fullmatch(text)
    return shape_of(text) or spaced_shape(text) or (scientific and "native")


def read_odd(text, kind, style):
    """Return the Decimal in a text that has more than digits and marks, and a warning code.

    Raise ``UnreadableValue`` when it holds no number.
    """
    if not _POSSIBLE.fullmatch(text):
        raise UnreadableValue("not_a_number", text)
    plain = plain_form(text, kind)
    notice = "number_in_brackets" if text.startswith("(") else None
    scientific = _SCIENTIFIC.fullmatch(plain)
    if scientific:
        return _scientific(scientific), "scientific_notation"
    shape = shape_of(plain)
    if shape is None:
        shape = spaced_shape(plain)
        plain = plain.replace(" ", "")
    if shape is None:
        raise UnreadableValue("not_a_number", text)
    if is_vietnamese(shape, style):
        return Decimal(plain.replace(".", "").replace(",", ".")), notice
    return Decimal(plain.replace(",", "")), notice


def _scientific(match):
    try:
        value = Decimal(match[0].replace(",", "."))
    except InvalidOperation as fault:
        raise UnreadableValue("not_a_number", match[0]) from fault
    if abs(value.adjusted()) > 37:
        raise UnreadableValue("too_many_digits", match[0])
    return value
