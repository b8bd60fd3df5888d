"""Whether the values that a version gave to indicators are what its table gives.

What was sealed at publication is compared by its hash. An indicator that was bound otherwise
since has values that are read by another binding: then today's and the earlier ones are tried.
"""

from collections import defaultdict
from copy import copy
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.models import Revision

from portal.datasets.access import current_version
from portal.datasets.bindings import BrokenBinding, values_of
from portal.datasets.kept_values import versions_that_speak
from portal.datasets.models import IndicatorPage, IndicatorValue
from portal.datasets.sealing.documents import PRIVATE
from portal.datasets.sealing.figures import digest_of

BINDING = (
    "value_column", "period_column", "area_column", "filter_column", "aggregate", "filter_value",
)  # fmt: skip
#: SQLite keeps fifteen digits of a number.
DIGITS = 14


@dataclass(frozen=True)
class _Given:
    period: str
    area: str
    value: object


def false_figure_of(version):
    """Return a sentence about the first indicator with other values than its table gives."""
    stored = defaultdict(list)
    found = IndicatorValue.objects.filter(version=version)
    for pk, *row in found.values_list("indicator", "period", "area", "value").iterator():
        stored[pk].append(tuple(row))
    sealed = _sealed(version)
    indicators = IndicatorPage.objects.in_bulk({*stored, *sealed})
    for pk, indicator in sorted(indicators.items()):
        rows = stored.get(pk, [])
        if pk in sealed and digest_of(rows) == sealed[pk]:
            continue
        if not _is_given(indicator, version, rows):
            return _("the values of “%(indicator)s” are not what its table gives.") % {
                "indicator": indicator.title
            }
    return ""


def _sealed(version):
    if version.manifest["format"] == 1:
        return {}
    told = version.manifest_parts[PRIVATE]["value"]["figures"]
    return {each["indicator"]: {key: each[key] for key in ("count", "sha256")} for each in told}


def _is_given(indicator, version, rows):
    wanted = _comparable(rows)
    return any(_comparable(_read(bound, version)) == wanted for bound in _bindings(indicator))


def _read(indicator, version):
    if indicator.dataset_id != version.dataset_id:
        return []
    try:
        derived = values_of(indicator, version)
    except BrokenBinding:
        return []
    return [(each.period.code, each.area, each.value) for each in derived]


def _comparable(rows):
    return {(period, area): f"{value:.{DIGITS - 1}e}" for period, area, value in rows}


def _bindings(indicator):
    """Yield the indicator as it is bound today, then as it was bound before."""
    yield indicator
    kind = ContentType.objects.get_for_model(IndicatorPage)
    tried = {_bound(indicator)}
    revisions = Revision.objects.filter(content_type=kind, object_id=str(indicator.pk))
    for content in revisions.order_by("-pk").values_list("content", flat=True).iterator():
        then = copy(indicator)
        for name in BINDING:
            setattr(then, name, content.get(name) or "")
        then.dataset_id = content.get("dataset")
        if _bound(then) not in tried:
            tried.add(_bound(then))
            yield then


def _bound(indicator):
    return (indicator.dataset_id, *(getattr(indicator, name) for name in BINDING))


def false_currents(dataset):
    """Return a sentence when a value is shown as current that is not, or the reverse."""
    current = current_version(dataset)
    for indicator in IndicatorPage.objects.live().filter(dataset=dataset).order_by("code"):
        speaking = {version.pk for version in versions_that_speak(indicator, current)}
        shown = indicator.values.filter(version__dataset=dataset)
        wrong = shown.filter(version__in=speaking, is_current=False) | shown.filter(
            is_current=True
        ).exclude(version__in=speaking)
        if wrong.exists():
            return _("“%(indicator)s” shows a value that is not the current one.") % {
                "indicator": indicator.title
            }
    return ""
