"""What of a dataset is due when, and whether it came in time.

A period counts as done at the moment when its file was submitted: what takes time after that,
the verification, is not the unit's. A file that was returned or withdrawn does not count.
"""

from collections import defaultdict
from dataclasses import dataclass
from operator import attrgetter

from django.utils import timezone

from portal.core.deadlines import Timeliness
from portal.core.models import DayOff
from portal.core.periods import containing, parse_period
from portal.datasets.due_terms import NO_HOLIDAYS, TERM_FIELDS, kind_of_term, owed_periods
from portal.datasets.expected import events_of, requested_of, states_of
from portal.datasets.models import DatasetPage, DueTerm, FormerOwner


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
    owed = _owed(dataset, terms, now or timezone.now(), DayOff.objects.known())
    return [each.period for each in owed]


def sendable_periods(dataset):
    """Return the periods that a file may be sent for, oldest first.

    They are those that are owed, and of the time between them those of today's kind: what the unit
    had counted in other periods before may be sent as well.
    """
    owed, kind = expected_periods(dataset), kind_of(dataset)
    if kind is None:
        return owed
    period, last = first_period_of(dataset), last_period_of(dataset)
    end = min(timezone.localdate(), last.end) if last else timezone.localdate()
    taken, found = [(each.start, each.end) for each in owed], list(owed)
    while period.start <= end:
        if not any(start <= period.end and period.start <= until for start, until in taken):
            found.append(period)
        period = period.shift(1)
    return sorted(found, key=attrgetter("end"))


def _owed(dataset, terms, now, days_off=NO_HOLIDAYS):
    """Return the ``OwedPeriod`` list of a dataset; ``terms`` are those that held before."""
    held = [*((term, term.until) for term in terms), (dataset, None)]
    first, today = _first_day_of(dataset), timezone.localtime(now).date()
    owed = owed_periods(held, first, today, days_off, since=dataset.first_published_at)
    last = last_period_of(dataset)
    return [each for each in owed if each.period.start <= last.end] if last else owed


def _terms_of(datasets):
    """Return ``{dataset pk: [DueTerm]}``, the oldest first, with one query for all."""
    terms = defaultdict(list)
    for term in DueTerm.objects.filter(dataset__in=[each.pk for each in datasets]):
        terms[term.dataset_id].append(term)
    return terms


def timeliness_of_datasets(datasets, now=None, due_in=None):
    """Return ``{dataset pk: [PeriodState]}``, the first due first, with five queries for all.

    Of a dataset it needs the fields that say when it is due (``board.OWING``). ``due_in`` limits it
    to what has its due day in that year.
    """
    datasets, now = list(datasets), now or timezone.now()
    by_pk = {dataset.pk: dataset for dataset in datasets}
    terms, owed = _terms_of(datasets), _OwedOnce(now, due_in)
    owed_by = {pk: owed.of(each, terms.get(pk, ())) for pk, each in by_pk.items()}
    asked = requested_of(by_pk, now, due_in)
    events = events_of(by_pk, asked, owed.codes if due_in else None)
    return {
        pk: states_of(dataset, owed_by[pk], asked.get(pk, ()), events, now)
        for pk, dataset in by_pk.items()
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
    return owner_in_time(dataset.owner_unit_id, dataset.former_owners.all())(day)


def owner_in_time(owner, former_owners):
    """Return a function of the day: the key of the unit that owned a dataset then."""
    passed = sorted(former_owners, key=lambda each: (each.until, each.pk))
    if not passed:
        return lambda day: owner
    return lambda day: next((each.unit_id for each in passed if day <= each.until), owner)


def next_open(states):
    """Return the oldest period still to come, or None when everything begun is done."""
    return next((state for state in states if state.is_open), None)


class _OwedOnce:
    """What datasets owe by ``now``, worked out once for all that owe the same; and its codes."""

    def __init__(self, now, due_in):
        self.now, self.due_in = now, due_in
        self.days_off = DayOff.objects.known()
        self.codes = set()
        self._known = {}

    def of(self, dataset, terms):
        """Return the ``OwedPeriod`` list of a dataset; ``terms`` are those that held before."""
        if terms:
            return self._worked_out(dataset, terms)
        rule = tuple(getattr(dataset, name) for name in TERM_FIELDS)
        key = (*rule, _first_day_of(dataset), dataset.last_period)
        if key not in self._known:
            self._known[key] = self._worked_out(dataset, terms)
        return self._known[key]

    def _worked_out(self, dataset, terms):
        owed = _owed(dataset, terms, self.now, self.days_off)
        if self.due_in:
            owed = [each for each in owed if each.due_day.year == self.due_in]
        self.codes.update(each.code for each in owed)
        return owed
