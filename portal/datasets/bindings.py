"""From the rows of a version to the values of the indicators bound to its dataset."""

from dataclasses import astuple, dataclass, fields
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.core.formats import UnreadableValue, format_number, plain_decimal
from portal.core.periods import parse_period
from portal.datasets.manifests import table_file
from portal.datasets.models import IndicatorPage
from portal.datasets.schemas import columns_of_version
from portal.datasets.store import aggregate

SHOWN_CHANGES = 200


@dataclass(frozen=True)
class Derived:
    """One value of an indicator as a version's rows give it."""

    period: object
    area: str
    value: Decimal


class BrokenBinding(Exception):
    """An indicator cannot be read from a version; ``str()`` is a sentence that says why."""


def impact_of(version):
    """Return what publishing ``version`` would change: indicator, period, area, old and new.

    Plain data for a JSON field; numbers are texts. ``percent`` is the change on the old value,
    ``beyond`` the plausible range where the new value lies outside of it; such changes come
    first. A binding that cannot be read is told as a
    ``problem``.
    """
    impact = []
    for indicator in bound_to(version.dataset_id):
        try:
            impact += _changes(indicator, version)
        except BrokenBinding as fault:
            impact.append({"indicator": indicator.title, "problem": str(fault)})
    return sorted(impact, key=lambda change: not change.get("beyond"))[:SHOWN_CHANGES]


def values_of(indicator, version):
    """Return the ``Derived`` values of ``indicator`` in the rows of ``version``.

    With an area column each area has its value, and all of them together one without area.
    """
    read = columns_read(indicator, version)
    group_by = [name for name in (read.period_column, read.area_column) if name]
    rows = aggregate(
        table_file(version),
        read.value_column or None,
        indicator.aggregate,
        group_by=group_by,
        total_over=read.area_column or None,
        filter_column=read.filter_column or None,
        filter_value=indicator.filter_value or None,
    )
    derived = [
        Derived(_period(read, version, row), _area(read, row), _kept(row["value"]))
        for row in rows
        if row["value"] is not None and _is_placed(read, row)
    ]
    if len({(each.period, each.area) for each in derived}) < len(derived):
        raise BrokenBinding(_("The period column writes one period in several ways."))
    return derived


def columns_read(indicator, version):
    """Return the columns of the binding under the names that they have in ``version``."""
    read = _names_then(indicator, version)
    _require_columns(indicator, version, read)
    return read


@dataclass(frozen=True)
class _Names:
    """The columns of a binding by the identifiers that they have in one version."""

    value_column: str
    period_column: str
    area_column: str
    filter_column: str


def _names_then(indicator, version):
    """Return the binding in the words of ``version``: columns may have been renamed since."""
    today = dict(indicator.dataset.columns.values_list("name", "column_id"))
    then = {column.id: column.name for column in columns_of_version(version)}
    asked = {each.name: getattr(indicator, each.name) for each in fields(_Names)}
    return _Names(**{key: then.get(today.get(name, name), name) for key, name in asked.items()})


def binding_of(indicator):
    """Return what decides how the indicator is read from rows."""
    names = [getattr(indicator, each.name) for each in fields(_Names)]
    return (*names, indicator.aggregate, indicator.filter_value)


def bound_to(dataset_id):
    return IndicatorPage.objects.live().filter(dataset=dataset_id).order_by("code")


def _require_columns(indicator, version, read):
    known = {column.name: column for column in columns_of_version(version)}
    for name in astuple(read):
        if name and name not in known:
            raise BrokenBinding(_("The dataset has no column “%(name)s”.") % {"name": name})
    counts = indicator.aggregate == IndicatorPage.Aggregate.COUNT
    if not counts and not (read.value_column and known[read.value_column].is_number):
        raise BrokenBinding(
            _("The value column “%(name)s” holds no numbers.") % {"name": indicator.value_column}
        )
    if not read.period_column and not version.period:
        raise BrokenBinding(_("Neither a column nor the version itself says the period."))


def _period(read, version, row):
    if not read.period_column:
        return parse_period(version.period)
    found = row[read.period_column]
    try:
        return parse_period(str(found))
    except UnreadableValue as fault:
        raise BrokenBinding(
            _("“%(value)s” in the period column is not a period.") % {"value": found}
        ) from fault


def _is_placed(read, row):
    """Return whether the row says its period and, unless it is a total, its area."""
    if read.period_column and row[read.period_column] is None:
        return False
    return row["is_total"] or not read.area_column or row[read.area_column] is not None


def _area(read, row):
    if row["is_total"] or not read.area_column:
        return ""
    return str(row[read.area_column])[:255]


def _changes(indicator, version):
    """Return where the values of ``version`` differ from the current ones."""
    new = {(each.period.code, each.area): each.value for each in values_of(indicator, version)}
    current = indicator.values.current()
    if not indicator.period_column:
        current = current.filter(period=version.period)
    old = {(value.period, value.area): value.value for value in current}
    return [
        {
            "indicator": indicator.title,
            "code": indicator.code,
            "period": period,
            "period_label": parse_period(period).label,
            "area": area,
            "old": _text(old.get((period, area))),
            "new": _text(new.get((period, area))),
            "percent": percent_changed(old.get((period, area)), new.get((period, area))),
            "beyond": _beyond(indicator, new.get((period, area)), area),
        }
        for period, area in sorted(old.keys() | new.keys())
        if _kept(old.get((period, area))) != _kept(new.get((period, area)))
    ]


def percent_changed(old, new):
    """Return by how many per cent ``new`` differs from ``old``, as a text; None where unknown."""
    if old is None or new is None or not old:
        return None
    return plain_decimal(round((Decimal(new) - old) * 100 / abs(old), 1))


def _beyond(indicator, value, area):
    """Return the plausible range when a value of the whole lies outside of it, else empty."""
    if value is None or area or indicator.is_plausible(value):
        return ""
    lowest, highest = indicator.plausible_minimum, indicator.plausible_maximum
    ends = ["…" if end is None else format_number(end.normalize()) for end in (lowest, highest)]
    return " – ".join(ends)


def _kept(value):
    """Return ``value`` with the digits that the database keeps."""
    return None if value is None else round(Decimal(value), 10)


def _text(value):
    return None if value is None else plain_decimal(_kept(value))
