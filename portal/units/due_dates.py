"""When a duty is due next, and for which period. Pure: the moment is given, nothing is stored.

Only a day that the regulation names makes a legal deadline. A recurring duty without a day has
periods and no due moment; one that follows a change or a request has neither.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.deadlines import CADENCE_KINDS, due_day, due_moment
from portal.core.periods import Period, containing

#: A duty whose day comes within so many days is due soon.
SOON = timedelta(days=14)


@dataclass(frozen=True)
class NextDue:
    """The next due moment of a duty: the last instant in time, and the period it is owed for."""

    period: Period
    day: date
    moment: datetime

    @property
    def words(self):
        """Return “24/12/2026 23:59 (quarter IV/2026)”."""
        local = timezone.localtime(self.moment)
        return _("%(day)s %(time)s (%(period)s)") % {
            "day": f"{local:%d/%m/%Y}",
            "time": f"{local:%H:%M}",
            "period": self.period.label,
        }

    def is_soon(self, now):
        """Return whether the moment is near."""
        return self.moment - SOON <= now <= self.moment


def running_period(obligation, today):
    """Return the period of the duty in which ``today`` lies, or None without a calendar."""
    kind = CADENCE_KINDS.get(obligation.cadence)
    return containing(today, kind) if kind else None


def due_of(obligation, period):
    """Return the ``NextDue`` of one period, or None where the regulation names no day."""
    rule = obligation.due
    if rule is None:
        return None
    return NextDue(period, due_day(rule, period), due_moment(rule, period))


def next_due(obligation, now):
    """Return the first ``NextDue`` that is not over at ``now``; None without a legal deadline.

    A period counts while the duty is in force on its first day, or comes into force within it.
    """
    today = timezone.localtime(now).date()
    running = running_period(obligation, today)
    if running is None or obligation.due is None:
        return None
    if obligation.valid_from and obligation.valid_from > today:
        running = running_period(obligation, obligation.valid_from)
    for steps in (-1, 0, 1, 2):
        period = running.shift(steps)
        found = due_of(obligation, period)
        if found.moment >= now and _holds_in(obligation, period):
            return found
    return None


def last_due(obligation, now):
    """Return the latest ``NextDue`` that is over at ``now`` while the duty held; None if none."""
    today = timezone.localtime(now).date()
    running = running_period(obligation, today)
    if running is None or obligation.due is None:
        return None
    for steps in (1, 0, -1, -2):
        period = running.shift(steps)
        found = due_of(obligation, period)
        if found.moment < now and _holds_in(obligation, period):
            return found
    return None


def _holds_in(obligation, period):
    begins, ends = obligation.valid_from, obligation.valid_to
    return (begins is None or begins <= period.end) and (ends is None or ends >= period.start)
