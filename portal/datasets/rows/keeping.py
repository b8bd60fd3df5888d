"""Which rows a question keeps, as one truth a row.

Numbers, days and truths are compared by their keys, everything else by the engine, whose answers
are remembered: people sort and turn over what the same few filters keep, and combine them.
"""

from datetime import date
from decimal import Decimal, localcontext
from threading import Lock

import numpy
from cachetools import LRUCache, cached

from portal.datasets.rows.engine import asking
from portal.datasets.rows.operators import rounded_bound
from portal.datasets.rows.questions import Question
from portal.datasets.rows.sql import conditions, scale_of

REMEMBERED_BYTES = 32 << 20
_EPOCH = date(1970, 1, 1).toordinal()
_COMPARED = {
    "exact": numpy.equal,
    "not": numpy.not_equal,
    "gt": numpy.greater,
    "gte": numpy.greater_equal,
    "lt": numpy.less,
    "lte": numpy.less_equal,
}


def rows_kept(path, keys, question, types):
    """Return an array of truths: which rows of the copy at ``path`` the question keeps."""
    kept = numpy.ones(keys.rows, bool)
    for each in question.kept_by:
        found = _by_keys(keys, each, types[each.column])
        kept &= _by_the_engine(path, keys, Question((), (each,))) if found is None else found
    if question.search:
        words = Question((), search=question.search, searched=question.searched)
        kept &= _by_the_engine(path, keys, words)
    return kept


def _by_the_engine(path, keys, question):
    packed = numpy.frombuffer(_remembered(path, question), numpy.uint8)
    return numpy.unpackbits(packed, count=keys.rows).view(bool)


@cached(LRUCache(REMEMBERED_BYTES, getsizeof=len), lock=Lock())
def _remembered(path, question):
    """Return the truths as bits; a copy's rows never change."""
    with asking(path) as copy:
        where, values = conditions(question, copy.types)
        found = copy.cursor.execute(
            f"SELECT ({where}) IS TRUE AS kept FROM {copy.table}", values
        ).fetchnumpy()
    return numpy.packbits(found["kept"]).tobytes()


def _by_keys(keys, asked, sql_type):
    """Return which rows keep one filter; None when the keys do not tell."""
    key, empty = keys.columns[asked.column], keys.empty(asked.column)
    if asked.operator == "isnull":
        return key == empty
    if asked.operator == "notnull":
        return key != empty
    if asked.column not in keys.plain:
        return None
    if asked.operator in _COMPARED:
        found = _compared(key, asked.operator, asked.values[0], sql_type)
    elif asked.operator in ("in", "notin"):
        found = _listed(key, asked.values, sql_type)
        found = found if asked.operator == "in" else ~found
    else:
        return None
    return found & (key != empty)


def _compared(key, operator, value, sql_type):
    bound = _bound(value, operator, sql_type)
    if bound is None:  # nothing is equal to it
        return numpy.full(len(key), operator == "not")
    return _COMPARED[operator](key, bound)


def _listed(key, values, sql_type):
    found = numpy.zeros(len(key), bool)
    for value in values:
        bound = _bound(value, "exact", sql_type)
        if bound is not None:
            found |= key == bound
    return found


def _bound(value, operator, sql_type):
    """Return a value as keys hold it; None for a number between two of them, under “exact”."""
    if isinstance(value, Decimal):
        scale = scale_of(sql_type)
        rounded = rounded_bound(value, operator, scale)
        with localcontext(prec=80):
            return None if rounded is None else int(rounded.scaleb(scale))
    return value.toordinal() - _EPOCH if isinstance(value, date) else int(value)
