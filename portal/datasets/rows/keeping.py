"""Which rows a question keeps, as one truth a row.

Numbers, days, truths and whole texts are compared by their keys, everything else by the engine,
whose answers are remembered: people sort and turn over what the same few filters keep, and combine
them.
"""

from datetime import date
from decimal import Decimal, localcontext
from functools import lru_cache, reduce
from threading import Lock

import numpy
from cachetools import LRUCache, cached

from portal.datasets.imports.workspace import name as quoted
from portal.datasets.rows.engine import asking
from portal.datasets.rows.keys import ORDER
from portal.datasets.rows.operators import rounded_bound
from portal.datasets.rows.questions import Question
from portal.datasets.rows.sql import conditions, scale_of

REMEMBERED_BYTES = 32 << 20
#: So many texts of a list are looked up one by one; more are found together by the engine.
LOOKED_UP = 4
_EPOCH = date(1970, 1, 1).toordinal()
_COMPARED = {
    "gt": numpy.greater,
    "gte": numpy.greater_equal,
    "lt": numpy.less,
    "lte": numpy.less_equal,
}
_EQUAL = ("exact", "not", "in", "notin")


def rows_kept(path, keys, question, types):
    """Return an array of truths: which rows of the copy at ``path`` the question keeps."""
    kept = []
    for each in question.kept_by:
        found = _by_keys(path, keys, each, types[each.column])
        kept.append(_by_the_engine(path, keys, Question((), (each,))) if found is None else found)
    if question.search:
        words = Question((), search=question.search, searched=question.searched)
        kept.append(_by_the_engine(path, keys, words))
    return reduce(numpy.logical_and, kept) if kept else numpy.ones(keys.rows, bool)


def _by_the_engine(path, keys, question):
    packed = numpy.frombuffer(_remembered(path, question), numpy.uint8)
    return numpy.unpackbits(packed, count=keys.rows).view(bool)


@cached(LRUCache(REMEMBERED_BYTES, getsizeof=len), lock=Lock())
def _remembered(path, question):
    """Return the truths as bits; a copy's rows never change.

    The engine is asked for rows, not for truths: then it looks for a second word only where the
    first one stands.
    """
    with asking(path) as copy:
        where, values = conditions(question, copy.types)
        found = copy.cursor.execute(
            f"SELECT rowid AS place FROM {copy.table} WHERE {where}", values
        ).fetchnumpy()
        kept = numpy.zeros(copy.keys.rows, bool)
    kept[found["place"]] = True
    return numpy.packbits(kept).tobytes()


@lru_cache(maxsize=8192)
def _place_of(path, column, text):
    """Return the place in order of a text; None where it stands in no row."""
    with asking(path) as copy:
        found = copy.all(
            f"SELECT {quoted(column + ORDER)} FROM {copy.table} WHERE {quoted(column)} = ? LIMIT 1",
            [text],
        )
    return found[0][0] if found else None


def _by_keys(path, keys, asked, sql_type):
    """Return which rows keep one filter; None when the keys do not tell."""
    key, empty = keys.columns[asked.column], keys.empty(asked.column)
    if asked.operator == "isnull":
        return key == empty
    if asked.operator == "notnull":
        return key != empty
    is_equal = asked.operator in _EQUAL
    if asked.column in keys.apart and is_equal and len(asked.values) <= LOOKED_UP:
        bounds = [_place_of(path, asked.column, text) for text in asked.values]
    elif asked.column in keys.plain and (is_equal or asked.operator in _COMPARED):
        bounds = [_bound(value, asked.operator, sql_type) for value in asked.values]
    else:
        return None
    if is_equal:
        return _listed(key, empty, bounds, is_meant=asked.operator in ("exact", "in"))
    found = _COMPARED[asked.operator](key, bounds[0])
    is_below = asked.operator in ("lt", "lte") or bounds[0] <= empty
    return found & (key != empty) if is_below else found


def _listed(key, empty, bounds, *, is_meant):
    """Return where one of ``bounds`` stands; without ``is_meant``, where another value does."""
    found = numpy.zeros(len(key), bool)
    for bound in bounds:
        if bound is not None and bound != empty:
            found |= key == bound
    return found if is_meant else ~found & (key != empty)


def _bound(value, operator, sql_type):
    """Return a value as keys hold it; None for a number to which none of them is equal."""
    if isinstance(value, Decimal):
        scale = scale_of(sql_type)
        rounded = rounded_bound(value, operator, scale)
        with localcontext(prec=80):
            return None if rounded is None else int(rounded.scaleb(scale))
    return value.toordinal() - _EPOCH if isinstance(value, date) else int(value)
