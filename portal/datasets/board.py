"""The board of units and months: what fell due when, and how it came. Computed from events.

A period stands in the month of its printed due day and with the unit that owned the dataset on
that day. The number of queries does not grow with units, datasets or periods.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from operator import attrgetter

from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.core.deadlines import Timeliness
from portal.core.text import sort_key
from portal.datasets.due_terms import TERM_FIELDS
from portal.datasets.models import DatasetPage, FormerOwner
from portal.datasets.timeliness import owner_in_time, timeliness_of_datasets
from portal.units.models import UnitPage

MONTHS = range(1, 13)
#: From the worst to the best; a cell looks like the worst that it holds.
WORST_FIRST = (
    Timeliness.MISSING,
    Timeliness.LATE,
    Timeliness.DUE_SOON,
    Timeliness.NOT_DUE,
    Timeliness.ON_TIME,
)
SIGNS = {
    Timeliness.MISSING: "✗",
    Timeliness.LATE: "!",
    Timeliness.DUE_SOON: "…",
    Timeliness.NOT_DUE: "·",
    Timeliness.ON_TIME: "✓",
}
#: What of a dataset tells when it is due and whose it is; a page itself takes far longer to load.
OWING = (
    *("pk", "title", "code", "owner_unit_id", "first_period", "last_period"),
    *("first_published_at", *TERM_FIELDS),
)
HEADS = (_("Unit"), _("Dataset"), _("Period"), _("Due"), _("Submitted"), _("State"))


@dataclass(frozen=True)
class Cell:
    """The periods of one unit that fell due in one month, counted by their state."""

    month: int
    counts: Counter

    @cached_property
    def total(self):
        return self.counts.total()

    @cached_property
    def done(self):
        return self.counts[Timeliness.ON_TIME] + self.counts[Timeliness.LATE]

    @property
    def share(self):
        return f"{self.done}/{self.total}"

    @property
    def told(self):
        """Return in words what the cell counts."""
        return gettext("%(done)s of %(total)s done") % {"done": self.done, "total": self.total}

    @cached_property
    def worst(self):
        """Return the state that decides how the cell looks; empty without periods."""
        return next((state for state in WORST_FIRST if self.counts[state]), "")

    @property
    def sign(self):
        return SIGNS.get(self.worst, "")


@dataclass(frozen=True)
class UnitRow:
    """One unit's cells, January first, and what they come to; ``unit`` has a pk and a title."""

    unit: tuple
    cells: list
    counts: Counter

    @property
    def percent_on_time(self):
        """Return the share in time of what was done or is overdue; None when nothing was."""
        settled = sum(
            self.counts[each] for each in (Timeliness.ON_TIME, Timeliness.LATE, Timeliness.MISSING)
        )
        return round(100 * self.counts[Timeliness.ON_TIME] / settled) if settled else None


@dataclass(frozen=True)
class Board:
    """A year of all units; ``states`` are ``(unit, PeriodState)`` by unit, due day and dataset."""

    year: int
    rows: list
    states: list

    @property
    def name(self):
        """Return the year as it is written: without a sign between the thousands."""
        return str(self.year)

    @property
    def years_beside(self):
        """Return the year before and the year after, as they are written."""
        return str(self.year - 1), str(self.year + 1)

    def of(self, unit_id, month):
        """Return the states of one cell, or of a unit's year where ``month`` is None."""
        return [
            state
            for unit, state in self.states
            if unit.pk == unit_id and month in (None, state.due_day.month)
        ]


def board_of(datasets, year, now=None, units=None):
    """Return the ``Board`` of ``datasets`` (a queryset); ``units`` limits whose rows are told."""
    datasets = sorted(datasets.values_list(*OWING, named=True), key=attrgetter("title"))
    former = _former_owners(datasets)
    placed = defaultdict(list)
    states_by_dataset = timeliness_of_datasets(datasets, now, due_in=year)
    for dataset in datasets:
        owner = owner_in_time(dataset.owner_unit_id, former.get(dataset.pk, ()))
        for state in states_by_dataset[dataset.pk]:
            placed[owner(state.due_day)].append(state)
    found = UnitPage.objects.filter(pk__in=list(placed))
    if units is not None:
        found = found.filter(pk__in=units)
    found = found.order_by().values_list("pk", "title", named=True)
    ordered = sorted(found, key=lambda unit: sort_key(unit.title))
    for states in placed.values():
        states.sort(key=attrgetter("due_day"))  # the datasets are in order already
    return Board(
        year,
        [_row(unit, placed[unit.pk]) for unit in ordered],
        [(unit, state) for unit in ordered for state in placed[unit.pk]],
    )


def _former_owners(datasets):
    """Return ``{dataset pk: [FormerOwner]}`` of those that passed from one unit to another."""
    former = defaultdict(list)
    for each in FormerOwner.objects.filter(dataset__in=[each.pk for each in datasets]):
        former[each.dataset_id].append(each)
    return former


def datasets_ever_of(unit_ids):
    """Return the live datasets that any of the units owns or owned."""
    owned = DatasetPage.objects.live().filter(owner_unit__in=unit_ids)
    former = FormerOwner.objects.filter(unit__in=unit_ids).values("dataset")
    return DatasetPage.objects.live().filter(pk__in=former) | owned


def _row(unit, states):
    counts, total = defaultdict(Counter), Counter()
    for state in states:
        counts[state.due_day.month][state.timeliness] += 1
        total[state.timeliness] += 1
    return UnitRow(unit, [Cell(month, counts[month]) for month in MONTHS], total)
