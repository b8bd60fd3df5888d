"""What of a dataset is due when, and whether it came in time.

A period counts as done at the moment when its file was submitted: what takes time after that,
the verification, is not the unit's. A file that was returned or withdrawn does not count.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.deadlines import (
    DueRule,
    Timeliness,
    due_after_extension,
    due_day,
    timeliness,
)
from portal.core.periods import Period, containing, parse_period
from portal.datasets.due_terms import TERM_FIELDS, kind_of_term, owed_periods
from portal.datasets.models import (
    DatasetPage,
    DatasetVersion,
    DueExtension,
    DueTerm,
    FormerOwner,
)

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

    rule: DueRule = field(default_factory=DueRule)
    extension: DueExtension | None = None

    @property
    def due_day(self):
        """Return the printed due day, grace and extensions left out."""
        return due_day(self.rule, self.period)

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
    return kind_of_term(dataset)


def first_period_of(dataset):
    """Return the first period for which a file is owed, or None without a calendar."""
    kind = kind_of(dataset)
    return containing(_first_day_of(dataset), kind) if kind else None


def _first_day_of(dataset):
    """Return the day from which files are owed, whatever the frequency was or is."""
    if dataset.first_period:
        return parse_period(dataset.first_period).start
    return timezone.localtime(dataset.first_published_at or timezone.now()).date()


def last_period_of(dataset):
    """Return the period with which the dataset ended; None while it goes on."""
    if not dataset.last_period or kind_of(dataset) is None:
        return None
    return parse_period(dataset.last_period)


def expected_periods(dataset, now=None):
    """Return the periods that have begun by ``now``, oldest first."""
    terms = _terms_of([dataset]).get(dataset.pk, ())
    return [each.period for each in _owed(dataset, terms, now or timezone.now())]


def _owed(dataset, terms, now):
    """Return the ``OwedPeriod`` list of a dataset; ``terms`` are those that held before."""
    held = [*((term, term.until) for term in terms), (dataset, None)]
    owed = owed_periods(held, _first_day_of(dataset), timezone.localtime(now).date())
    last = last_period_of(dataset)
    return [each for each in owed if each.period.start <= last.end] if last else owed


def _terms_of(datasets):
    """Return ``{dataset pk: [DueTerm]}``, the oldest first, with one query for all."""
    terms = defaultdict(list)
    for term in DueTerm.objects.filter(dataset__in=[each.pk for each in datasets]):
        terms[term.dataset_id].append(term)
    return terms


def timeliness_of_datasets(datasets, now=None):
    """Return ``{dataset pk: [PeriodState]}``, oldest period first, with three queries for all."""
    datasets, now = list(datasets), now or timezone.now()
    pks = [dataset.pk for dataset in datasets]
    events = _Events(_first_submissions(pks), _latest_extensions(pks))
    terms, owed = _terms_of(datasets), _OwedOnce(now)
    return {
        dataset.pk: _states(dataset, owed.of(dataset, terms.get(dataset.pk, ())), events, now)
        for dataset in datasets
    }


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
        for state in in_year(states, year, now)
        if owner_id_on(state.dataset, state.due_day) == unit.pk
    ]
    on_time = sum(state.timeliness is Timeliness.ON_TIME for state in counted)
    return UnitTimeliness(on_time, len(counted), counted)


def in_year(states, year, now=None):
    """Return the periods whose due day fell in ``year`` and has passed, or that are done."""
    now = now or timezone.now()
    return [
        state
        for state in states
        if state.due and timezone.localtime(state.due).year == year
        if state.due <= now or not state.is_open
    ]


def owner_id_on(dataset, day):
    """Return the key of the unit that owned the dataset on a day; ask with former owners loaded."""
    passed = dataset.former_owners.all()
    if not passed:
        return dataset.owner_unit_id
    passed = sorted(passed, key=lambda each: (each.until, each.pk))
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


@dataclass(frozen=True)
class _Events:
    """What happened by ``(dataset pk, period code)``: first submissions, latest extensions."""

    done: dict
    extended: dict


def _latest_extensions(pks):
    """Return the extension that reaches farthest for each dataset and period."""
    found = DueExtension.objects.filter(dataset__in=pks).order_by("new_due")
    return {(each.dataset_id, each.period): each for each in found}


class _OwedOnce:
    """What datasets owe by ``now``, worked out once for all that owe the same."""

    def __init__(self, now):
        self.now, self._known = now, {}

    def of(self, dataset, terms):
        """Return the ``OwedPeriod`` list of a dataset; ``terms`` are those that held before."""
        if terms:
            return _owed(dataset, terms, self.now)
        rule = tuple(getattr(dataset, name) for name in TERM_FIELDS)
        key = (*rule, _first_day_of(dataset), dataset.last_period)
        if key not in self._known:
            self._known[key] = _owed(dataset, terms, self.now)
        return self._known[key]


def _states(dataset, owed_list, events, now):
    states = []
    for owed in owed_list:
        key = (dataset.pk, owed.period.code)
        done_at, extension = events.done.get(key), events.extended.get(key)
        due = due_after_extension(owed.due, [extension] if extension else [])
        standing = timeliness(due, done_at, now)
        states.append(
            PeriodState(dataset, owed.period, due, done_at, standing, owed.rule, extension)
        )
    return states
