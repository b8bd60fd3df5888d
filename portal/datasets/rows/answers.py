"""Answers from a reading copy: a page of rows, how many there are, groups, facets, all rows."""

import json
from array import array
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext
from functools import lru_cache
from time import monotonic

import numpy
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.datasets.imports.workspace import name as quoted
from portal.datasets.rows import limits
from portal.datasets.rows.copies import (
    CopyGone,
    again_if_gone,
    lines_path,
    own_types,
    reading_copy,
)
from portal.datasets.rows.counting import is_counted_by_keys, values_counted
from portal.datasets.rows.engine import QuestionTooHeavy, asking, opened_copy, shelf
from portal.datasets.rows.formats import plain
from portal.datasets.rows.keeping import rows_kept
from portal.datasets.rows.lines import lines_at
from portal.datasets.rows.masking import masked_rows
from portal.datasets.rows.ordering import rows_in_order
from portal.datasets.rows.sql import conditions, sort_key

EIGHT_DECIMALS = Decimal("1e-8")
STRETCH = 10  #: pages that are found at once


@dataclass(frozen=True)
class Place:
    """Where a page ends: the row ``last``, found in the stretch that begins after ``start``."""

    last: int
    start: int | None = None


@dataclass(frozen=True)
class RowsPage:
    """Rows as tuples of the asked columns; ``place`` is where it ends when more follow.

    ``numbers`` are the places of the rows in the table, counted from 1.
    """

    rows: list
    total: int
    place: Place | None = None
    numbers: tuple = ()


@dataclass(frozen=True)
class Facets:
    """Values with their counts by column; ``cut_off`` names those for which time was short."""

    counted: dict = field(default_factory=dict)
    cut_off: tuple = ()


@again_if_gone
def types_of(version, columns):
    """Return ``{name: SQL type}`` of ``columns``, in their order."""
    with opened_copy(version) as copy:
        return {column.name: copy.types[column.name] for column in columns}


@again_if_gone
def rows_page(version, question, *, place=None, offset=0, limit=limits.USUAL_PAGE, as_told=False):
    """Return a page of rows: after ``place``, or from ``offset`` on.

    With ``as_told`` its cells are what JSON takes: decimals, days and moments as texts.
    """
    path = str(reading_copy(version))
    if question.sort or question.narrows:
        total, found, start = _places(path, _about_rows(question), place, offset, limit)
    else:
        total = rows_counted(version, question)
        first = min(offset if place is None else place.last + 1, total)
        found, start = range(first, min(first + limit + 1, total)), None
    here = list(found[:limit])
    with shelf().opened(path) as copy:
        types = own_types(copy.types)
    try:
        # What is masked has to be known by its type.
        is_told = as_told and not question.masked
        rows = lines_at(lines_path(path), types, question.columns, here, as_told=is_told)
    except FileNotFoundError as fault:
        raise CopyGone(path) from fault
    end = Place(here[-1], start) if len(found) > limit else None
    numbers = tuple(place + 1 for place in here)
    rows = masked_rows(rows, question)
    if as_told and not is_told:
        rows = [tuple(map(plain, row)) for row in rows]
    return RowsPage(rows, total, end, numbers)


@again_if_gone
def rows_counted(version, question):
    """Return how many rows the question keeps."""
    return _count(str(reading_copy(version)), replace(_about_rows(question), sort=()))


def _about_rows(question):
    """Return the question without what only tells which cells of a row are shown, and how."""
    return replace(question, columns=(), masked=())


@lru_cache(maxsize=4096)
def _count(path, question):
    _keys, kept = _kept(path, question)
    return int(numpy.count_nonzero(kept))


def _places(path, question, place, offset, limit):
    """Return how many rows there are, where those of a page stand and one more, and from where.

    Finding some pages costs hardly more than finding one, so a stretch of them is found at once.
    """
    size = STRETCH * limit
    if place is None:
        begin = offset // size * size
        total, stretch = _stretch(path, question, None, begin, size)
        return total, stretch[offset - begin : offset - begin + limit + 1], None
    total, stretch = _stretch(path, question, place.start, 0, size)
    if place.last in stretch:
        found = stretch[stretch.index(place.last) + 1 :]
        if len(found) > limit or len(stretch) <= size:
            return total, found[: limit + 1], place.start
    total, stretch = _stretch(path, question, place.last, 0, size)
    return total, stretch[: limit + 1], place.last


@lru_cache(maxsize=512)
def _stretch(path, question, start, offset, size):
    """Return how many rows the question keeps, and in its order the places of some of them.

    They come after the row ``start``, or from ``offset`` on, ``size`` and one more, which tells
    that others follow.
    """
    keys, kept = _kept(path, question)
    if start is not None and start >= keys.rows:
        raise ValidationError(_("There is no such page."), code="no_page")
    found = rows_in_order(keys, kept, question.sort, offset, offset + size + 1, start)
    return int(numpy.count_nonzero(kept)), array("q", found.tobytes())


def _kept(path, question):
    """Return the keys of the copy at ``path``, and which of its rows the question keeps."""
    with shelf().opened(path) as copy:
        return copy.keys, rows_kept(path, copy.keys, question, copy.types)


@again_if_gone
def groups_of(version, question, grouping):
    """Return (groups as tuples of group columns and aggregates, whether there are more).

    They come as ``question.sort`` says, else in the order of their columns; sums are exact, an
    average has eight decimals.
    """
    path = str(reading_copy(version))
    with asking(path) as copy:
        where, values = conditions(question, copy.types)
        given = [quoted(name) for name in grouping.columns]
        given += [_aggregated(kind, name, copy.types) for kind, name in grouping.aggregates]
        keys = [sort_key(name, copy.types) for name in grouping.columns]
        by = ", ".join(dict.fromkeys([*given[: len(keys)], *keys]))
        grouped = f" GROUP BY {by} ORDER BY {_group_order(question, grouping, copy.types)}"
        found = copy.all(
            f"SELECT {', '.join(given)} FROM {copy.table} WHERE {where}"
            f"{grouped if keys else ''} LIMIT {limits.MOST_GROUPS + 1}",
            values,
        )
    rows = [_finished(row, grouping) for row in found[: limits.MOST_GROUPS]]
    return rows, len(found) > limits.MOST_GROUPS


def _aggregated(kind, name, types):
    column = quoted(name)
    if kind == "avg":  # divided later: the engine's own average is a floating-point number
        return f"{{'total': sum({column}), 'count': count({column})}}"
    if kind == "count":
        return f"count({column})" if name else "count(*)"
    if kind in ("min", "max") and sort_key(name, types) != column:
        return f"arg_{kind}({column}, {sort_key(name, types)})"
    return f"{kind}({column})"


def _group_order(question, grouping, types):
    """Return ORDER BY of groups: what was asked for, then all group columns, so it is total."""
    asked = dict(question.sort)
    parts = []
    for name, down in asked.items():
        if name in grouping.names:
            kind, column = grouping.aggregates[grouping.names.index(name)]
            key = _sorted_aggregate(kind, column, types)
        else:
            key = sort_key(name, types)
        parts.append(f"{key} {'DESC' if down else 'ASC'} NULLS LAST")
    parts += [
        f"{sort_key(name, types)} NULLS LAST" for name in grouping.columns if name not in asked
    ]
    return ", ".join(dict.fromkeys([*parts, *map(quoted, grouping.columns)]))


def _sorted_aggregate(kind, name, types):
    if kind in ("min", "max"):
        return f"{kind}({sort_key(name, types)})"
    return f"avg({quoted(name)})" if kind == "avg" else _aggregated(kind, name, types)


def _finished(row, grouping):
    size = len(grouping.columns)
    values = [
        _average(value) if kind == "avg" else value
        for (kind, _name), value in zip(grouping.aggregates, row[size:], strict=True)
    ]
    return (*row[:size], *values)


def _average(told):
    if not told["count"]:
        return None
    with localcontext(prec=60):
        return (Decimal(told["total"]) / told["count"]).quantize(EIGHT_DECIMALS)


@again_if_gone
def facets_of(version, question, columns):
    """Count the values of each of ``columns`` among the rows kept, while the time suffices."""
    path, ends = str(reading_copy(version)), monotonic() + limits.FACET_SECONDS
    counted = {}
    for name in columns:
        left = ends - monotonic()
        found = _facet(path, question, name, left) if left > 0 else None
        if found is None:
            break
        counted[name] = found
    return Facets(counted, tuple(name for name in columns if name not in counted))


def _facet(path, question, name, seconds):
    """Return [(value, count)], one more than are shown; None when the time did not suffice."""
    most = limits.FACET_VALUES + 1
    try:
        with shelf().opened(path) as copy:
            keys, types = copy.keys, copy.types
        if is_counted_by_keys(keys, name):
            kept = rows_kept(path, keys, _about_rows(question), types)
            return values_counted(keys, kept, name, own_types(types), lines_path(path), most)
        with asking(path, seconds) as copy:
            where, values = conditions(question, copy.types)
            key = sort_key(name, copy.types)
            return copy.all(
                f"SELECT {quoted(name)}, count(*) AS times FROM {copy.table} WHERE {where} "
                f"GROUP BY {quoted(name)} ORDER BY times DESC, min({key}) NULLS LAST "
                f"LIMIT {most}",
                values,
            )
    except QuestionTooHeavy:
        return None
    except FileNotFoundError as fault:
        raise CopyGone(path) from fault


@again_if_gone
def profiles_of(version, columns):
    """Return ``{name: profile}`` of ``columns``, as ``portal.datasets.rows.profiles`` made them."""
    with opened_copy(version) as copy:
        found = dict(copy.all(f"SELECT name, profile FROM {copy.alias}.profile"))
    return {column.name: json.loads(found[column.name]) for column in columns}
