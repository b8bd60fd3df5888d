"""How often each value of a column stands among the rows kept, counted by the column's keys."""

import numpy

from portal.datasets.rows.lines import lines_at

#: Keys that lie no wider apart are counted in one go, without putting them in order.
WIDEST = 1 << 22


def is_counted_by_keys(keys, name):
    """Return whether the keys of a column tell its values apart."""
    return name in keys.plain or name in keys.apart


def values_counted(keys, kept, name, types, lines, most):
    """Return the ``most`` frequent values as (value, count): of equally many the lower first.

    ``kept`` is an array of truths, one a row, ``lines`` the file of single rows. Empty cells count
    as a value, the highest.
    """
    column, empty = keys.columns[name], keys.empty(name)
    rows = numpy.flatnonzero(kept & (column != empty))
    filled = column[rows]
    numbers, counts = _counted(filled)
    ranks = numpy.lexsort((numbers, -counts))[:most]
    found = [(int(counts[rank]), int(numbers[rank])) for rank in ranks]
    places = [int(rows[numpy.argmax(filled == number)]) for _count, number in found]
    texts = lines_at(lines, types, (name,), places)
    told = [(text, count) for (text,), (count, _number) in zip(texts, found, strict=True)]
    empties = int(numpy.count_nonzero(kept & (column == empty)))
    if empties:
        after = next((n for n, (_text, count) in enumerate(told) if count < empties), len(told))
        told.insert(after, (None, empties))
    return told[:most]


def _counted(numbers):
    """Return the different ``numbers``, rising, and how often each stands there."""
    if not len(numbers):
        return numbers, numbers
    low, high = int(numbers.min()), int(numbers.max())
    if high - low > WIDEST:
        return numpy.unique(numbers, return_counts=True)
    counts = numpy.bincount(numbers - numbers.dtype.type(low))
    there = numpy.flatnonzero(counts)
    return there + low, counts[there]
