"""The board of units and months: what fell due when, and how it came. Computed from events.

A period stands in the month of its printed due day and with the unit that owned the dataset on
that day. The number of queries does not grow with units, datasets or periods.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from portal.core.deadlines import Timeliness
from portal.core.text import sort_key
from portal.datasets.models import DatasetPage, FormerOwner
from portal.datasets.timeliness import owner_id_on, timeliness_of_datasets
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
HEADS = (_("Unit"), _("Dataset"), _("Period"), _("Due"), _("Submitted"), _("State"))


@dataclass(frozen=True)
class Cell:
    """The periods of one unit that fell due in one month, counted by their state."""

    month: int
    counts: Counter

    @property
    def total(self):
        return self.counts.total()

    @property
    def done(self):
        return self.counts[Timeliness.ON_TIME] + self.counts[Timeliness.LATE]

    @property
    def worst(self):
        """Return the state that decides how the cell looks; empty without periods."""
        return next((state for state in WORST_FIRST if self.counts[state]), "")

    @property
    def sign(self):
        return SIGNS.get(self.worst, "")


@dataclass(frozen=True)
class UnitRow:
    """One unit's cells, January first, and what they come to."""

    unit: UnitPage
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
    datasets = list(datasets.prefetch_related("former_owners"))
    placed = defaultdict(list)
    for states in timeliness_of_datasets(datasets, now).values():
        for state in states:
            day = state.due_day
            if day and day.year == year:
                placed[owner_id_on(state.dataset, day)].append(state)
    found = UnitPage.objects.filter(pk__in=list(placed))
    if units is not None:
        found = found.filter(pk__in=units)
    ordered = sorted(found, key=lambda unit: sort_key(unit.title))
    for states in placed.values():
        states.sort(key=lambda state: (state.due_day, state.dataset.title))
    return Board(
        year,
        [_row(unit, placed[unit.pk]) for unit in ordered],
        [(unit, state) for unit in ordered for state in placed[unit.pk]],
    )


def datasets_ever_of(unit_ids):
    """Return the live datasets that any of the units owns or owned."""
    owned = DatasetPage.objects.live().filter(owner_unit__in=unit_ids)
    former = FormerOwner.objects.filter(unit__in=unit_ids).values("dataset")
    return DatasetPage.objects.live().filter(pk__in=former) | owned


def _row(unit, states):
    counts = defaultdict(Counter)
    for state in states:
        counts[state.due_day.month][state.timeliness] += 1
    cells = [Cell(month, counts[month]) for month in MONTHS]
    return UnitRow(unit, cells, sum((cell.counts for cell in cells), Counter()))
