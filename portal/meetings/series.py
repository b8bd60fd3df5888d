"""The rhythm of a series of meetings: which period runs, whether it has a meeting, what is next.

A regulation that asks for a briefing every six months names no day: the period's own end is the
only bound, and no legal deadline is shown.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.periods import MONTHS, Period, containing
from portal.meetings.models import Meeting, MeetingSeries

Status = Meeting.Status
HELD = (Status.HELD, Status.CLOSED)
PLANNED = (Status.DRAFT, Status.CONVENED, Status.IN_PROGRESS, Status.POSTPONED)
#: With so many days left and no meeting in sight, the period's meeting is due soon.
SOON = timedelta(days=45)
_KINDS = {months: kind for kind, months in MONTHS.items()}


@dataclass(frozen=True)
class Rhythm:
    """How a series stands in its running period; ``period`` is None without a calendar."""

    period: Period | None
    held: int
    planned: int
    next_at: datetime | None
    last_at: datetime | None
    missed: Period | None

    @property
    def lacks_meeting(self):
        """Return whether the running period has neither had a meeting nor one that is planned."""
        return self.period is not None and not (self.held or self.planned)

    def is_soon(self, today):
        """Return whether little time is left for the meeting that the period lacks."""
        return self.lacks_meeting and self.period.end - today <= SOON

    @property
    def words(self):
        """Return how the running period stands, in one line."""
        if self.period is None:
            return ""
        names = {"period": self.period.label}
        if self.held:
            return _("held in the %(period)s") % names
        if self.planned:
            return _("planned for the %(period)s") % names
        return _("no meeting planned for the %(period)s") % names


def rhythms_of(series, now=None):
    """Return ``{series pk: Rhythm}`` with one query for all of them."""
    series, now = list(series), now or timezone.now()
    rows = Meeting.objects.filter(series__in=[each.pk for each in series]).values_list(
        "series_id", "status", "start_at", "actual_start_at"
    )
    meetings = {}
    for pk, status, start, actual in rows:
        meetings.setdefault(pk, []).append((status, actual or start))
    return {each.pk: _rhythm(each, meetings.get(each.pk, []), now) for each in series}


def series_without_meeting(now=None):
    """Return ``[(series, Rhythm)]`` of those whose running period has no meeting in sight."""
    active = list(MeetingSeries.objects.filter(is_active=True))
    rhythms = rhythms_of(active, now)
    return [(each, rhythms[each.pk]) for each in active if rhythms[each.pk].lacks_meeting]


def kind_of_series(series):
    """Return the kind of period that the series meets in, or None for an odd interval."""
    return _KINDS.get(series.interval_months)


def _rhythm(series, meetings, now):
    today = timezone.localtime(now).date()
    kind = kind_of_series(series)
    period = containing(today, kind) if kind else None
    held = [_local(at) for status, at in meetings if status in HELD and at]
    coming = [at for status, at in meetings if status in PLANNED and at and at >= now]
    return Rhythm(
        period=period,
        held=sum(day in period for day in held) if period else 0,
        planned=sum(
            status in PLANNED and at is not None and _local(at) in period for status, at in meetings
        )
        if period
        else 0,
        next_at=min(coming, default=None),
        last_at=max((at for status, at in meetings if status in HELD and at), default=None),
        missed=_missed(period, held),
    )


def _missed(period, held):
    """Return the period before the running one when it passed without a meeting.

    It is held against the series only after its first meeting: of the time before, the portal
    knows nothing.
    """
    if period is None or not held:
        return None
    before = period.shift(-1)
    if min(held) > before.end or any(day in before for day in held):
        return None
    return before


def _local(moment):
    return timezone.localtime(moment).date()
