"""The profile of each column as the page shows it: figures in words, the spread as bars."""

from datetime import date
from decimal import Decimal

from portal.core.formats import format_date, format_number
from portal.datasets.definitions.words import type_in_words
from portal.datasets.rows.answers import profiles_of
from portal.datasets.shown_values import shown

BAR_WIDTH, HEIGHT = 10, 32


def profiles_seen(sight):
    """Return ``{name: profile}`` of what a reader sees whole.

    A profile counts all rows and names values, so there is none of masked columns, and none at
    all for who may see some of the rows only.
    """
    return {} if sight.limits else profiles_of(sight.version, sight.clear)


def profile_cards(columns, profiles):
    """Return for each column that has a profile what it says, as texts and bars."""
    return [_card(column, profiles[column.name]) for column in columns if column.name in profiles]


def _card(column, told):
    frequent = [
        (_text(column, value), times, round(100 * times / told["rows"]))
        for value, times in told["frequent"][:5]
    ]
    low, high = _text(column, told["minimum"]), _text(column, told["maximum"])
    return {
        "column": column,
        "type": type_in_words(column),
        "rows": told["rows"],
        "empty": told["empty"],
        "distinct": told["distinct"],
        "low": low,
        "high": high,
        "frequent": frequent,
        "bars": _bars(told["bins"]),
        "width": BAR_WIDTH * len(told["bins"]),
        "height": HEIGHT,
    }


def _bars(bins):
    """Return (x, y, height, words) of each bar, the highest as high as the picture."""
    most = max((count for _low, _high, count in bins), default=0)
    bars = []
    for place, (low, high, count) in enumerate(bins):
        height = round(HEIGHT * count / most, 1) if most else 0
        words = f"{_edge(low)} – {_edge(high)}: {format_number(count)}"
        bars.append((place * BAR_WIDTH, HEIGHT - height, height, words))
    return bars


def _edge(value):
    if isinstance(value, str):
        return format_date(date.fromisoformat(value))
    return format_number(value, 0 if abs(value) >= 100 else 2)


def _text(column, value):
    """Return a value of a profile, which is plain data, as readers see it."""
    if value is None:
        return ""
    if column.type == "date":
        return format_date(date.fromisoformat(value))
    return shown(column, Decimal(value) if column.is_number else value)
