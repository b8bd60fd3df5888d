"""When a source is fetched, and for which period. Reads the clock only where it is handed in."""

from calendar import monthrange
from datetime import datetime, time, timedelta

from django.utils import timezone

from portal.core.periods import containing
from portal.datasets.models import DataSource
from portal.datasets.timeliness import kind_of, timeliness_of_dataset

Rhythm, PeriodOf = DataSource.Rhythm, DataSource.PeriodOf
LONGEST_WAIT_DAYS = 63  #: a day of the month comes within so many days, whatever the months
RETRY_AFTER = timedelta(hours=1)
MOST_FAILURES = 6


class NothingOwed(Exception):
    """No period waits for a file: there is nothing to be fetched now."""


def next_moment(source, after):
    """Return the next moment later than ``after`` at which the rhythm fetches, or None."""
    if source.rhythm == Rhythm.ASKED:
        return None
    today = timezone.localtime(after).date()
    for days in range(LONGEST_WAIT_DAYS):
        day = today + timedelta(days=days)
        moment = timezone.make_aware(datetime.combine(day, time(source.hour)))
        if moment > after and _falls_on(source, day):
            return moment
    raise AssertionError("every rhythm has a day within two months")


def _falls_on(source, day):
    if source.rhythm == Rhythm.WEEKLY:
        return day.weekday() == source.weekday
    if source.rhythm == Rhythm.MONTHLY:
        return day.day == min(source.monthday, monthrange(day.year, day.month)[1])
    return True


def moment_after_failure(source, failures, now):
    """Return when to try again: an hour later, then two, four, …, at the rhythm's time at last."""
    again = now + RETRY_AFTER * 2 ** (failures - 1)
    usual = next_moment(source, now)
    return usual and min(again, usual)


def is_wanted(source, now):
    """Return whether the rhythm fetches at ``now``: before a due day it does not fetch too soon."""
    try:
        state = state_due_next(source.dataset, now)
    except NothingOwed:
        return source.period_of != PeriodOf.NEXT_DUE and source.rhythm != Rhythm.BEFORE_DUE
    if source.rhythm != Rhythm.BEFORE_DUE or state is None or state.due is None:
        return True
    first = timezone.localtime(state.due).date() - timedelta(days=source.days_before)
    return timezone.localtime(now).date() >= first


def period_for(source, now):
    """Return the period for which a file fetched at ``now`` is; None without a calendar.

    Raise ``NothingOwed`` where the source fetches only what is owed, and nothing is.
    """
    kind = kind_of(source.dataset)
    if kind is None:
        return None
    today = containing(timezone.localtime(now).date(), kind)
    if source.period_of == PeriodOf.CURRENT:
        return today
    if source.period_of == PeriodOf.ENDED:
        return today.shift(-1)
    return state_due_next(source.dataset, now).period


def state_due_next(dataset, now):
    """Return the open period whose due day comes next; the latest overdue one where none comes.

    None without a calendar; raise ``NothingOwed`` when every period that has begun is submitted.
    """
    if kind_of(dataset) is None:
        return None
    waiting = [state for state in timeliness_of_dataset(dataset, now) if state.is_open]
    if not waiting:
        raise NothingOwed
    coming = [state for state in waiting if state.due and state.due >= now]
    if coming:
        return min(coming, key=lambda state: state.due)
    return waiting[-1]
