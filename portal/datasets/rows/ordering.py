"""Which of the rows kept come first: by the keys of their columns, empty cells last.

Rows with the same keys come as they lie in the table. Rows are numbered from 0.
"""

import numpy

#: Rows that are looked at at once: few enough for what is made of them to stay near the processor.
PIECE = 1 << 17


def rows_in_order(keys, kept, sort, begin, end, after=None):
    """Return the rows from ``begin`` to before ``end`` in the order of ``sort``.

    ``kept`` is an array of truths, one a row; ``sort`` is ((name, is_descending), …). With
    ``after`` only rows that come after that one are counted.
    """
    found = [numpy.empty(0, numpy.int64)]
    for start in range(0, keys.rows, PIECE):
        rows = numpy.flatnonzero(kept[start : start + PIECE]) + start
        if after is not None:
            rows = rows[_follow(keys, rows, sort, after)]
        found.append(_among_the_first(keys, rows, sort, end))
    return _between(keys, numpy.concatenate(found), sort, begin, end)


def _among_the_first(keys, rows, sort, count):
    """Return, as they lie, all of ``rows`` that may be among the first ``count``."""
    if not sort or len(rows) <= count:
        return rows[:count] if not sort else rows
    name, down = sort[0]
    ranks = _ranks(keys.columns[name][rows], down)
    return rows[ranks <= numpy.partition(ranks, count - 1)[count - 1]]


def _follow(keys, rows, sort, after):
    """Tell of each row whether it comes after the row ``after``."""
    follow = rows > after
    for name, down in reversed(sort):
        key = keys.columns[name]
        ranks, [rank] = _ranks(key[rows], down), _ranks(key[[after]], down)
        follow = (ranks > rank) | ((ranks == rank) & follow)
    return follow


def _between(keys, rows, sort, begin, end):
    """Return the rows from ``begin`` to before ``end`` of ``rows``, which come as they lie.

    Only what is asked for is put in order: of the first column's keys that at both ends is found,
    what is strictly between is sorted, and of the rows that share a key at an end the next column
    decides.
    """
    end = min(end, len(rows))
    if begin >= end:
        return rows[:0]
    if not sort:
        return rows[begin:end]
    name, down = sort[0]
    ranks = _ranks(keys.columns[name][rows], down)
    low, high = _ends(ranks, begin, end - 1)
    lower = numpy.count_nonzero(ranks < low)
    lowest = rows[ranks == low]
    if low == high:
        return _between(keys, lowest, sort[1:], begin - lower, end - lower)
    inner = rows[(ranks > low) & (ranks < high)]
    passed = lower + len(lowest) + len(inner)
    return numpy.concatenate(
        [
            _between(keys, lowest, sort[1:], begin - lower, len(lowest)),
            _sorted(keys, inner, sort),
            _between(keys, rows[ranks == high], sort[1:], 0, end - passed),
        ]
    )


def _ends(ranks, first, last):
    """Return what would stand at two places if ``ranks`` were sorted."""
    high = numpy.partition(ranks, last)[last] if last < len(ranks) - 1 else ranks.max()
    if first == 0:
        return ranks.min(), high
    return numpy.partition(ranks, first)[first], high


def _sorted(keys, rows, sort):
    ranks = [_ranks(keys.columns[name][rows], down) for name, down in reversed(sort)]
    return rows[numpy.lexsort(ranks)]  # it is stable: what is the same stays as it lies


def _ranks(numbers, down):
    """Return numbers without a sign that rise in the order asked for, empty cells the highest."""
    unsigned = numpy.dtype(f"<u{numbers.itemsize}").type
    lowest = 1 << (8 * numbers.itemsize - 1)
    # In both the empty cell, whose number is the lowest, comes to stand at the very end.
    if down:
        return unsigned(lowest - 1) - numbers.view(unsigned)
    return numbers.view(unsigned) + unsigned(lowest - 1)
