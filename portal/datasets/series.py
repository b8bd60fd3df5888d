"""The values of indicators as readers see them: latest, change, target, areas, source."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.core.periods import parse_period
from portal.core.text import sort_key


@dataclass(frozen=True)
class Change:
    """A difference from an earlier value; ``tone`` is good, bad or neutral."""

    amount: Decimal
    percent: Decimal | None
    tone: str
    compared_with: str

    @property
    def is_up(self):
        return self.amount > 0


@dataclass
class Series:
    """An indicator's values: ``points`` are the whole area's, oldest first."""

    indicator: object
    points: list = field(default_factory=list)
    area_points: list = field(default_factory=list)

    @property
    def latest(self):
        return self.points[-1] if self.points else None

    @property
    def newest_first(self):
        return self.points[::-1]

    @property
    def period_label(self):
        return parse_period(self.latest.period).label if self.latest else ""

    @property
    def change(self):
        """Return the change against the period before, or None."""
        return self._change_against(-1, _("period before"))

    @property
    def change_in_a_year(self):
        """Return the change against the same period of the year before, or None."""
        if not self.latest:
            return None
        kind = parse_period(self.latest.period).kind
        steps = {"month": -12, "quarter": -4, "half": -2, "year": -1}[kind]
        return self._change_against(steps, _("same period of the year before"))

    def _change_against(self, steps, name):
        if not self.latest:
            return None
        wanted = parse_period(self.latest.period).shift(steps).code
        before = next((point for point in self.points if point.period == wanted), None)
        if before is None:
            return None
        amount = self.latest.value - before.value
        percent = amount / abs(before.value) * 100 if before.value else None
        return Change(amount, percent, self._tone(amount), name)

    def _tone(self, amount):
        direction = self.indicator.direction
        if direction == "neutral" or not amount:
            return "neutral"
        return "good" if (amount > 0) == (direction == "up") else "bad"

    @property
    def target_share(self):
        """Return how many per cent of the target the latest value is, or None."""
        target = self.indicator.target
        if not self.latest or not target:
            return None
        return self.latest.value / target * 100

    @property
    def areas(self):
        """Return the values of each area in the latest period that has any, in their order."""
        if not self.area_points:
            return []
        last = max(point.period_start for point in self.area_points)
        latest = [point for point in self.area_points if point.period_start == last]
        return sorted(latest, key=lambda point: sort_key(point.area))


def series_of(indicator):
    """Return the ``Series`` of one indicator, with the versions its values come from."""
    values = indicator.values.current().select_related("version__dataset")
    return _collect({indicator.pk: indicator}, values)[indicator.pk]


def series_of_many(indicators, *, areas=True):
    """Return ``{pk: Series}`` for many indicators with one query for all values.

    Without ``areas`` only the values of the whole area are read.
    """
    by_pk = {indicator.pk: indicator for indicator in indicators}
    model = next(iter(by_pk.values())).values.model if by_pk else None
    if model is None:
        return {}
    values = model.objects.current().filter(indicator__in=list(by_pk))
    values = values if areas else values.filter(area="")
    return _collect(by_pk, values)


def _collect(by_pk, values):
    found = {pk: Series(indicator) for pk, indicator in by_pk.items()}
    for value in values.order_by("indicator", "period_start", "area"):
        series = found[value.indicator_id]
        (series.area_points if value.area else series.points).append(value)
    return found


def catalogue_groups(groups, indicators):
    """Return ``[(group or None, [(indicator, Series)])]`` in the order of the groups."""
    indicators = list(indicators)
    series = series_of_many(indicators)
    members = defaultdict(list)
    for indicator in indicators:
        members[indicator.group_id].append((indicator, series[indicator.pk]))
    shown = [(group, members.pop(group.pk, [])) for group in groups]
    rest = [row for rows in members.values() for row in rows]
    return [row for row in [*shown, (None, rest)] if row[1]]
