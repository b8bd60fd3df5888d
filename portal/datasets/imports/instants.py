"""A day with a time of day, as a text that sorts."""

import re
from datetime import UTC, datetime, time, timedelta, timezone

from portal.core.formats import UnreadableValue, parse_date

_PARTS = re.compile(
    r"(?P<day>.+?)(?:T|\s+|,\s*)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.](?P<part>[0-9]{1,6}))?)?\s*(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_TIME_FIRST = re.compile(r"([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)\s+(\S+)")
LONGEST_INSTANT = 60


def read_instant(text):
    """Return ``2026-01-05T14:30:00``; with a time zone the same moment in UTC, ending in Z.

    Raise ``UnreadableValue`` for a day without a time, and for times that no clock shows.
    """
    text = text.strip()
    if len(text) > LONGEST_INSTANT:
        raise UnreadableValue("not_a_datetime", text)
    text = _TIME_FIRST.sub(r"\2 \1", text)
    parts = _PARTS.fullmatch(text)
    if not parts:
        raise UnreadableValue("not_a_datetime", text)
    try:
        micro = int((parts["part"] or "").ljust(6, "0"))
        clock = time(*(int(parts[part] or 0) for part in ("hour", "minute", "second")), micro)
        moment = datetime.combine(parse_date(parts["day"]), clock)
        zone = parts["zone"]
        if not zone:
            return moment.isoformat()
        aware = moment.replace(tzinfo=UTC if zone == "Z" else _zone(zone))
        return aware.astimezone(UTC).isoformat().replace("+00:00", "Z")
    except UnreadableValue:
        raise
    except (ValueError, OverflowError) as fault:
        raise UnreadableValue("not_a_datetime", text) from fault


def _zone(written):
    hours, minutes = int(written[1:3]), int(written[-2:])
    shift = timedelta(hours=hours, minutes=minutes)
    return timezone(-shift if written[0] == "-" else shift)
