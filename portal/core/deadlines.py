"""When something is due, and whether it came in time. Pure; nothing here is stored.

A rule says where in a period the due day lies; ``due_moment`` gives the last instant that
still counts as in time, in the centre's time zone.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from django.utils import timezone

from portal.core.periods import PeriodKind


class Anchor(StrEnum):
    PERIOD_END = "period_end"  #: ``offset_days`` after (or before) the period's last day
    CALENDAR_DAY = "calendar_day"  #: ``day`` of a month of the period
    NO_CALENDAR = "no_calendar"  #: at once on change, or on a day set for each request


class Weekend(StrEnum):
    KEEP = "keep"
    EARLIER = "earlier"
    LATER = "later"


class Timeliness(StrEnum):
    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    DUE_SOON = "due_soon"
    NOT_DUE = "not_due"


@dataclass(frozen=True)
class DueRule:
    """Where the due day of a period lies.

    ``month`` counts the months of the period from 1, or from its end with −1; 0 is the month
    before it, and a number beyond the period's length lies after it. A day that the month
    does not have is its last day. “Before the 25th” is ``day=25, strictly_before=True``.
    """

    anchor: Anchor = Anchor.PERIOD_END
    offset_days: int = 0
    day: int | None = None
    month: int = -1
    strictly_before: bool = False
    weekend: Weekend = Weekend.KEEP
    grace_days: int = 0

    def as_dict(self):
        """Return plain data for a JSON field."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data):
        """Return the rule that ``as_dict`` wrote; an empty mapping is the default rule."""
        values = dict(data)
        if "anchor" in values:
            values["anchor"] = Anchor(values["anchor"])
        if "weekend" in values:
            values["weekend"] = Weekend(values["weekend"])
        return cls(**values)


@dataclass(frozen=True)
class DaysOff:
    """Which days nobody works: weekends and holidays, but for weekends worked in exchange."""

    holidays: frozenset = frozenset()
    worked: frozenset = frozenset()

    def __contains__(self, day):
        return day in self.holidays or (day.weekday() >= 5 and day not in self.worked)


def due_day(rule, period, holidays=frozenset()):
    """Return the last day that is still in time, or None when no calendar tells.

    The strict “before” is applied to the printed day first; a weekend rule moves the result.
    Grace days are not in it. ``holidays`` are days, or the ``DaysOff`` of the centre.
    """
    off = holidays if isinstance(holidays, DaysOff) else DaysOff(frozenset(holidays))
    return _due_day(rule, period, off)


@lru_cache(maxsize=4096)
def _due_day(rule, period, days_off):
    if rule.anchor is Anchor.NO_CALENDAR:
        return None
    if rule.anchor is Anchor.PERIOD_END:
        day = period.end + timedelta(days=rule.offset_days)
    else:
        day = _calendar_day(rule, period)
    if rule.strictly_before:
        day -= timedelta(days=1)
    return _to_working_day(day, rule.weekend, days_off)


def _calendar_day(rule, period):
    month = period.month(rule.month)
    return date(month.year, month.index, min(rule.day, month.end.day))


def _to_working_day(day, weekend, days_off):
    if weekend is Weekend.KEEP:
        return day
    step = timedelta(days=1 if weekend is Weekend.LATER else -1)
    while day in days_off:
        day += step
    return day


def days_after(day, count, days_off=()):
    """Return the last of ``count`` days that begin after ``day``; ``days_off`` do not count."""
    while count:
        day += timedelta(days=1)
        count -= day not in days_off
    return day


def end_of_day(day):
    """Return the last instant of ``day`` in the centre's time zone."""
    return timezone.make_aware(datetime.combine(day, time.max))


def moment_on(day, hour=None):
    """Return ``hour`` (a time) of ``day`` in the centre's time zone; its last instant without."""
    return timezone.make_aware(datetime.combine(day, hour)) if hour else end_of_day(day)


def due_moment(rule, period, holidays=frozenset()):
    """Return the last instant that counts as in time, grace included, or None."""
    day = due_day(rule, period, holidays)
    return end_of_day(day + timedelta(days=rule.grace_days)) if day else None


def due_after_extension(due, extensions):
    """Return the moment now in force: the latest granted one, or ``due`` itself."""
    return max([due, *(extension.new_due for extension in extensions)]) if due else due


def timeliness(due, done_at, now, *, soon=timedelta(days=7)):
    """Say how a thing due at ``due`` and done at ``done_at`` (None: not yet) stands at ``now``."""
    if done_at is not None:
        return Timeliness.LATE if due and done_at > due else Timeliness.ON_TIME
    if due is None or now <= due - soon:
        return Timeliness.NOT_DUE
    return Timeliness.DUE_SOON if now <= due else Timeliness.MISSING


#: The period kind behind each word of the regulations' cadences.
CADENCE_KINDS = {
    "monthly": PeriodKind.MONTH,
    "quarterly": PeriodKind.QUARTER,
    "semiannual": PeriodKind.HALF,
    "annual": PeriodKind.YEAR,
}
