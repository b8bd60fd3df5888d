"""The values that versions gave for indicators: which are kept, and which of them are current.

Each version keeps the values it gave. Which of them are current follows from the versions that
stand: with a period column, the version that readers see speaks for all periods; without one,
the latest version of a period speaks for that period.
"""

import time
from itertools import islice

from django.db import connection
from django.db.models import Count

from portal.datasets.access import READABLE, current_version
from portal.datasets.bindings import BrokenBinding, binding_of, bound_to, values_of
from portal.datasets.models import IndicatorValue

#: So many values are written at once before a publication; each lot locks for a moment.
AHEAD_AT_ONCE = 200
#: SQLite lets in whoever asks first after a lock, and who waits asks again after up to 25 ms (100
#: after a quarter of a second): so long nothing is written after a full lot.
PAUSE_SECONDS = 0.03


def values_read_from(version):
    """Return ``{indicator: (binding, [Derived])}`` of a version's rows; a broken binding has none.

    This opens the table and writes the values, which nobody sees as long as the version is not
    published, a few at a time; ``keep_values`` then only makes them current.
    """
    read = {}
    for indicator in bound_to(version.dataset_id):
        derived = _readable_values(indicator, version)
        _keep_ahead(indicator, version, derived)
        read[indicator.pk] = (binding_of(indicator), derived)
    return read


def settled_values(version, read):
    """Return ``[(indicator, [Derived])]`` to be made current when a version is published.

    ``read`` is what ``values_read_from`` gave; an indicator that was bound otherwise since is
    read and written again.
    """
    settled = []
    for indicator in bound_to(version.dataset_id):
        binding, derived = read.get(indicator.pk, (None, ()))
        if binding != binding_of(indicator):
            derived = _readable_values(indicator, version)
            _keep(indicator, version, derived)
        settled.append((indicator, derived))
    return settled


def keep_values(version, settled):
    """Make current the values that a version gives which readers see from now on."""
    written = IndicatorValue.objects.filter(version=version).order_by().values_list("indicator")
    written = dict(written.annotate(Count("pk")))
    for indicator, derived in settled:
        if written.get(indicator.pk, 0) != len(derived):
            _keep(indicator, version, derived)
    _refresh([indicator for indicator, _derived in settled], version)


def derive_indicator(indicator):
    """Read an indicator anew from the versions that stand, after its binding was changed."""
    if indicator.dataset is None:
        indicator.values.current().update(is_current=False)
        return
    current = current_version(indicator.dataset)
    for version in versions_that_speak(indicator, current):
        derive_indicator_from(indicator, version)
    _refresh([indicator], current)


def derive_indicator_from(indicator, version):
    """Keep the values that ``version`` gives for ``indicator``; a broken binding gives none."""
    _keep(indicator, version, _readable_values(indicator, version))


def _readable_values(indicator, version):
    try:
        return values_of(indicator, version)
    except BrokenBinding:
        return []


def _keep(indicator, version, derived):
    indicator.values.filter(version=version).delete()
    IndicatorValue.objects.bulk_create(_rows(indicator, version, derived))


def _keep_ahead(indicator, version, derived):
    """Write the values of a version that is not published, so that nobody waits for long.

    Two who prepare the same version at once write the same; the second finds it there.
    """
    stored = indicator.values.filter(version=version)
    known = {(period, area, value) for period, area, value in _told(stored)}
    if known == {(each.period.code, each.area, each.value) for each in derived}:
        return
    stored.delete()
    rows = _rows(indicator, version, derived)
    while batch := list(islice(rows, AHEAD_AT_ONCE)):
        IndicatorValue.objects.bulk_create(batch, ignore_conflicts=True)
        if connection.vendor == "sqlite" and len(batch) == AHEAD_AT_ONCE:
            time.sleep(PAUSE_SECONDS)


def _told(values):
    return values.order_by().values_list("period", "area", "value")


def _rows(indicator, version, derived):
    """Yield the values as they are stored, not current."""
    for each in derived:
        yield IndicatorValue(
            indicator=indicator,
            period=each.period.code,
            period_start=each.period.start,
            area=each.area,
            value=each.value,
            version=version,
            is_current=False,
        )


def refresh_after_withdrawal(dataset):
    """Make current again what the versions that still stand say."""
    _refresh(bound_to(dataset.pk), current_version(dataset))


def versions_that_speak(indicator, current):
    """Return the published versions from which the indicator's current values come.

    Of each only what a binding asks for is loaded.
    """
    if indicator.period_column:
        return [current] if current else []
    versions = indicator.dataset.versions.filter(number__isnull=False, status__in=READABLE)
    versions = versions.defer("report", "difference", "impact", "manifest", "manifest_parts")
    latest = {version.period: version for version in versions.order_by("number")}
    return list(latest.values())


def _refresh(indicators, current):
    """Mark as current the values of the versions that speak for ``indicators``, and no others.

    They are bound to one dataset, of which readers see the version ``current``, or none.
    What is right already is not written: it may be many years of values.
    """
    alike = {}
    for indicator in indicators:
        alike.setdefault(bool(indicator.period_column), []).append(indicator)
    for group in alike.values():
        speaking = [version.pk for version in versions_that_speak(group[0], current)]
        values = IndicatorValue.objects.filter(indicator__in=group)
        values.current().exclude(version__in=speaking).update(is_current=False)
        values.filter(version__in=speaking, is_current=False).update(is_current=True)
