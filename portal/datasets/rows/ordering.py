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
    found, bound = [numpy.empty(0, numpy.int64)], None
    for start in range(0, keys.rows, PIECE):
        piece = slice(start, start + PIECE)
        wanted = kept[piece]
        if bound is not None:
            wanted = wanted & (_ranks_by(keys, sort[0], piece) <= bound)
        rows = numpy.flatnonzero(wanted) + start
        if after is not None:
            rows = rows[_follow(keys, rows, sort, after)]
        if bound is None and sort and len(rows) > end:
            # Whatever follows in the table, none that comes later than this is asked for.
            bound = numpy.partition(_ranks_by(keys, sort[0], rows), end - 1)[end - 1]
        found.append(rows)
    return _between(keys, numpy.concatenate(found), sort, begin, end)


def _follow(keys, rows, sort, after):
    """Tell of each row whether it comes after the row ``after``."""
    follow = rows > after
    for by in reversed(sort):
        ranks, [rank] = _ranks_by(keys, by, rows), _ranks_by(keys, by, [after])
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
    ranks = _ranks_by(keys, sort[0], rows)
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
    ranks = [_ranks_by(keys, by, rows) for by in reversed(sort)]
    return rows[numpy.lexsort(ranks)]  # it is stable: what is the same stays as it lies


def _ranks_by(keys, by, rows):
    """Return for ``rows`` numbers that rise in the order of ``by``, empty cells the highest."""
    name, down = by
    numbers = keys.columns[name][rows]
    unsigned = numpy.dtype(f"<u{numbers.itemsize}").type
    middle = 1 << (8 * numbers.itemsize - 1)
    # The number of an empty cell is the lowest there is: both ways it wraps round to the end.
    if down:
        return unsigned(middle - 1) - numbers.view(unsigned)
    return numbers.view(unsigned) + unsigned(middle - 1)
