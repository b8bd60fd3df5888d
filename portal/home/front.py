"""What the front page shows: figures, the regulation, fresh data, the next meeting, the units."""

from django.utils import timezone

from portal.datasets.models import DatasetPage, DatasetVersion, IndicatorPage
from portal.datasets.series import series_of_many
from portal.meetings.models import Meeting
from portal.regulations.models import RegulationPage
from portal.units.models import UnitPage

FIGURES, NEWS = 8, 5


def front_page(request):
    """Return the front page's context for the visitor of ``request``."""
    indicators = list(
        IndicatorPage.objects.readable_by(request)
        .filter(values__is_current=True)
        .distinct()
        .order_by("group__sort_order", "code")
    )
    indicators = _one_of_each_group_first(indicators)[:FIGURES]
    series = series_of_many(indicators)
    meetings = Meeting.objects.readable_by(request.user).filter(start_at__gte=timezone.now())
    return {
        "figures": [(each, series[each.pk]) for each in indicators],
        "regulations": RegulationPage.objects.readable_by(request).order_by("-issued_on")[:3],
        "news": DatasetVersion.objects.filter(
            status=DatasetVersion.Status.PUBLISHED,
            dataset__in=DatasetPage.objects.readable_by(request).values("pk"),
        )
        .select_related("dataset", "unit")
        .order_by("-published_at")[:NEWS],
        "meetings": meetings.order_by("start_at")[:NEWS],
        "unit_count": UnitPage.objects.readable_by(request).existing(timezone.localdate()).count(),
    }


def _one_of_each_group_first(indicators):
    """Bring the first indicator of every group to the front, in the order of the groups."""
    seen, first, rest = set(), [], []
    for indicator in indicators:
        (rest if indicator.group_id in seen else first).append(indicator)
        seen.add(indicator.group_id)
    return first + rest
