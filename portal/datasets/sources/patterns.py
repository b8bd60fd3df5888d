"""Words in an address that stand for the period: {nam}, {thang}, {quy}, {ky}."""

import re

_MARK = re.compile(r"\{([^{}]*)\}")
#: What each word becomes; a period longer than a month counts by its last month.
MARKS = {
    "nam": lambda end, code: f"{end.year:04}",
    "thang": lambda end, code: f"{end.month:02}",
    "quy": lambda end, code: str((end.month - 1) // 3 + 1),
    "ky": lambda end, code: code,
}


def unknown_marks(address):
    """Return the words in braces that stand for nothing."""
    return [word for word in _MARK.findall(address) if word not in MARKS]


def has_marks(address):
    """Return whether the address changes with the period."""
    return _MARK.search(address) is not None


def filled(address, period, today):
    """Return the address for ``period``; without a calendar for the month of ``today``."""
    end, code = (period.end, period.code) if period else (today, f"{today:%Y-%m}")
    return _MARK.sub(lambda found: MARKS[found[1]](end, code), address)
