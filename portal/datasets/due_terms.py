"""What a duty says on when a dataset is due, and the terms that held before. Pure functions.

A dataset may follow its duty: then frequency and due day are the duty's, as far as it names them.
Whenever the due rule of a dataset changes, the term that held before is kept, and a period that
fell due under it is judged by it for ever.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from portal.core.deadlines import (
    CADENCE_KINDS,
    Anchor,
    DaysOff,
    DueRule,
    Weekend,
    due_day,
    end_of_day,
)
from portal.core.periods import MONTHS, Period, PeriodKind, containing

#: The fields of a dataset that make its due rule.
TERM_FIELDS = ("frequency", "due_day", "due_in", "due_strictly_before", "weekend", "grace_days")
NO_HOLIDAYS = DaysOff()
_DUE_IN = {"first": "first", "last": "same", "next": "next"}


def due_fields_of(obligation):
    """Return the fields that a dataset takes from its duty: its frequency, and its day if any.

    Where the regulation sets no day, the dataset's own due day stays as an internal target.
    """
    kind = CADENCE_KINDS.get(obligation.cadence)
    if kind is None:
        return {}
    rule = obligation.due_rule
    if not rule:
        return {"frequency": kind.value}
    return {
        "frequency": kind.value,
        "due_day": rule["day"],
        "due_in": _DUE_IN[rule.get("month_of_period") or "last"],
        "due_strictly_before": rule.get("strictly_before", False),
        "grace_days": 0,
    }


def differs_from_duty(values, obligation):
    """Return whether ``values`` (by name of field) are other than what the duty says."""
    said = due_fields_of(obligation)
    return any(values.get(name) != value for name, value in said.items() if name != "grace_days")


def kind_of_term(term):
    """Return the kind of periods of a term or dataset; None when only a change makes it due."""
    return None if term.frequency == "irregular" else PeriodKind(term.frequency)


def rule_of_term(term):
    """Return where in a period the due day of a term or dataset lies."""
    kind = kind_of_term(term)
    if kind is None:
        return DueRule(anchor=Anchor.NO_CALENDAR)
    weekend = Weekend(term.weekend)
    if not term.due_day:
        return DueRule(weekend=weekend, grace_days=term.grace_days)
    return DueRule(
        anchor=Anchor.CALENDAR_DAY,
        day=term.due_day,
        month={"first": 1, "same": -1, "next": MONTHS[kind] + 1}[term.due_in],
        strictly_before=term.due_strictly_before,
        weekend=weekend,
        grace_days=term.grace_days,
    )


@dataclass(frozen=True)
class OwedPeriod:
    """A period with the day printed for it, and the last moment in time, grace included."""

    period: Period
    due_day: date
    due: datetime
    code: str


def owed_periods(terms, first_day: date, today: date, days_off=NO_HOLIDAYS, *, since=None):
    """Return the ``OwedPeriod`` list from ``first_day`` to the period of ``today``, oldest first.

    ``terms`` are ``(term, until)``: until when it held, None for the last; the first held from the
    moment ``since``. A period is judged by
    the term that held when it fell due; days off are those that stand in the calendar now. No term
    makes anything due before it held: what it would, keeps the day of the term before, and where
    that counted in other periods it is not owed.
    """
    owed, cursor = [], first_day
    held = _that_held(terms, since)
    for place, (term, until) in enumerate(held):
        kind = kind_of_term(term)
        if kind is None:
            cursor = max(cursor, _day_of(until)) if until else cursor
            continue
        period = containing(cursor, kind)
        while period.start <= today:
            each = _owed_by(held, place, period, days_off)
            if each is not None:
                if until is not None and each.due > until:
                    break
                owed.append(each)
            period = period.shift(1)
        cursor = period.start
    return owed


def _owed_by(held, place, period, days_off):
    """Return what a period owes by the term at ``place``, or by one before it; None for nothing."""
    term = held[place][0]
    rule = rule_of_term(term)
    day = due_day(rule, period, days_off)
    due = end_of_day(day + timedelta(days=rule.grace_days))
    if place and due <= held[place - 1][1]:
        is_same_kind = kind_of_term(held[place - 1][0]) == kind_of_term(term)
        return _owed_by(held, place - 1, period, days_off) if is_same_kind else None
    return OwedPeriod(period, day, due, period.code)


def _that_held(terms, since):
    """Leave out what held for less than a day: a slip that was corrected at once."""
    kept = []
    for term, until in terms:
        if until is None or since is None or _day_of(until) != _day_of(since):
            kept.append((term, until))
        since = until
    return kept


def _day_of(moment):
    return timezone.localtime(moment).date()
