"""What of a dataset is due when, and whether it came in time.

A period counts as done at the moment when its file was submitted: what takes time after that,
the verification, is not the unit's. A file that was returned or withdrawn does not count.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.deadlines import (
    Anchor,
    DueRule,
    Timeliness,
    due_day,
    due_moment,
    timeliness,
)
from portal.core.periods import (
    MONTHS,
    Period,
    PeriodKind,
    containing,
    parse_period,
    periods_between,
)
from portal.datasets.models import DatasetPage, DatasetVersion, FormerOwner

Status = DatasetVersion.Status
COUNTED = (Status.SUBMITTED, Status.VERIFIED, Status.PUBLISHED, Status.SUPERSEDED)

LABELS = {
    Timeliness.ON_TIME: _("in time"),
    Timeliness.LATE: _("late"),
    Timeliness.MISSING: _("overdue"),
    Timeliness.DUE_SOON: _("due soon"),
    Timeliness.NOT_DUE: _("not due yet"),
}


@dataclass(frozen=True)
class PeriodState:
    """One period of a dataset: when it is due, when it was done, how it stands."""

    dataset: DatasetPage
    period: Period
    due: datetime | None
    done_at: datetime | None
    timeliness: Timeliness

    @property
    def due_day(self):
        """Return the printed due day, grace left out."""
        return due_day(due_rule_of(self.dataset), self.period)

    @property
    def label(self):
        """Return how the period stands, in words."""
        return LABELS[self.timeliness]

    @property
    def is_open(self):
        """Return whether the file is still to come."""
        return self.done_at is None

    def as_dict(self):
        """Return what is counted as plain data, for evidence that is frozen."""
        return {
            "dataset": self.dataset.code,
            "period": self.period.code,
            "due": self.due.isoformat() if self.due else None,
            "done_at": self.done_at.isoformat() if self.done_at else None,
            "timeliness": str(self.timeliness),
        }


@dataclass(frozen=True)
class UnitTimeliness:
    """How a unit kept its due days in a year; ``counted`` holds the periods that fell due."""

    on_time_count: int
    expected_count: int
    counted: list


def kind_of(dataset):
    """Return the kind of the dataset's periods, or None when only a change makes it due."""
    if dataset.frequency == DatasetPage.Frequency.IRREGULAR:
        return None
    return PeriodKind(dataset.frequency)


def due_rule_of(dataset):
    """Return where in a period the dataset's due day lies."""
    kind = kind_of(dataset)
    if kind is None:
        return DueRule(anchor=Anchor.NO_CALENDAR)
    if not dataset.due_day:
        return DueRule(grace_days=dataset.grace_days)
    follows = dataset.due_in == DatasetPage.DueIn.NEXT
    return DueRule(
        anchor=Anchor.CALENDAR_DAY,
        day=dataset.due_day,
        month=MONTHS[kind] + 1 if follows else -1,
        strictly_before=dataset.due_strictly_before,
        grace_days=dataset.grace_days,
    )


def first_period_of(dataset):
    """Return the first period for which a file is owed, or None without a calendar."""
    kind = kind_of(dataset)
    if kind is None:
        return None
    if dataset.first_period:
        return parse_period(dataset.first_period)
    since = dataset.first_published_at or timezone.now()
    return containing(timezone.localtime(since).date(), kind)


def last_period_of(dataset):
    """Return the period with which the dataset ended; None while it goes on."""
    if not dataset.last_period or kind_of(dataset) is None:
        return None
    return parse_period(dataset.last_period)


def expected_periods(dataset, now=None):
    """Return the periods that have begun by ``now``, oldest first."""
    first = first_period_of(dataset)
    if first is None:
        return []
    today = timezone.localtime(now or timezone.now()).date()
    current, last = containing(today, first.kind), last_period_of(dataset)
    return periods_between(first, min(current, last) if last else current)


def timeliness_of_datasets(datasets, now=None):
    """Return ``{dataset pk: [PeriodState]}``, oldest period first, with one query for all."""
    datasets, now = list(datasets), now or timezone.now()
    done = _first_submissions([dataset.pk for dataset in datasets])
    return {dataset.pk: _states(dataset, done, now) for dataset in datasets}


def timeliness_of_dataset(dataset, now=None):
    """Return the state of each period that has begun, oldest first."""
    return timeliness_of_datasets([dataset], now)[dataset.pk]


def timeliness_of_unit(unit, year, now=None):
    """Return how ``unit`` kept the due days that fell in ``year`` and have passed by ``now``.

    A period that was handed in before its due day has come is counted as well. Of a dataset that
    passed from one unit to another each has the due days that fell while it owned the dataset.
    """
    now = now or timezone.now()
    datasets = DatasetPage.objects.live().filter(FormerOwner.of_unit(unit)).order_by("code")
    datasets = datasets.distinct().prefetch_related("former_owners")
    counted = [
        state
        for states in timeliness_of_datasets(datasets, now).values()
        for state in states
        if state.due and timezone.localtime(state.due).year == year
        if owner_id_on(state.dataset, state.due_day) == unit.pk
        if state.due <= now or not state.is_open
    ]
    on_time = sum(state.timeliness is Timeliness.ON_TIME for state in counted)
    return UnitTimeliness(on_time, len(counted), counted)


def owner_id_on(dataset, day):
    """Return the key of the unit that owned the dataset on a day; ask with former owners loaded."""
    passed = sorted(dataset.former_owners.all(), key=lambda each: (each.until, each.pk))
    return next((each.unit_id for each in passed if day <= each.until), dataset.owner_unit_id)


def next_open(states):
    """Return the oldest period still to come, or None when everything begun is done."""
    return next((state for state in states if state.is_open), None)


def _first_submissions(pks):
    rows = (
        DatasetVersion.objects.filter(dataset__in=pks, status__in=COUNTED)
        .exclude(submitted_at=None)
        .order_by("-submitted_at")
        .values_list("dataset_id", "period", "submitted_at")
    )
    return {(dataset, period): moment for dataset, period, moment in rows}


def _states(dataset, done, now):
    rule = due_rule_of(dataset)
    states = []
    for period in expected_periods(dataset, now):
        due, done_at = due_moment(rule, period), done.get((dataset.pk, period.code))
        states.append(PeriodState(dataset, period, due, done_at, timeliness(due, done_at, now)))
    return states
