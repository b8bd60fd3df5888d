"""Rows as another portal gives them, line by line, made into the CSV that is kept and checked."""

import csv
import io
import json

from django.utils.translation import gettext as _

from portal.core.fetching.refusals import FetchRefused
from portal.datasets.json_rows import MOST_COLUMNS

LONGEST_LINE = 4 * 1024 * 1024


def csv_of_lines(lines, into):
    """Write the rows in the binary file ``lines`` into ``into`` as CSV in UTF-8.

    A line is an object (NDJSON), or a list, the first of which names the columns. Numbers, days
    and moments come as texts, or as JSON writes them. Raise ``FetchRefused`` for anything else.
    """
    lines.seek(0)
    text = io.TextIOWrapper(into, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    names = None
    try:
        while line := lines.readline(LONGEST_LINE):
            row = json.loads(line, parse_float=str, parse_int=str)
            cells = list(row.values()) if isinstance(row, dict) else row
            told = list(row) if isinstance(row, dict) else names
            if names is None:
                names = _names(row)
                writer.writerow(names)
                if not isinstance(row, dict):
                    continue
            elif told != names or len(cells) != len(names):
                raise ValueError("other columns")
            writer.writerow(map(_cell, cells))
    except (ValueError, TypeError, RecursionError) as fault:
        raise FetchRefused("rows", _("The rows that came cannot be read.")) from fault
    finally:
        text.detach()


def _names(row):
    names = list(row)
    if not 0 < len(names) <= MOST_COLUMNS or not all(isinstance(each, str) for each in names):
        raise ValueError("no columns")
    return names


def _cell(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        raise TypeError(type(value))
    return value
