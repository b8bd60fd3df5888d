"""What datasets and indicators show on the pages of units and regulations."""

from django.db.models import Q
from django.utils import timezone

from portal.core.deadlines import Timeliness
from portal.core.page_panels import PagePanel, register_panel
from portal.datasets.models import DatasetPage, IndicatorPage
from portal.datasets.published import published_context
from portal.datasets.series import series_of_many
from portal.datasets.timeliness import in_year, next_open, timeliness_of_datasets
from portal.units.permissions import sees_internal_details


def _datasets_of_unit(page, request):
    """Return the unit's datasets; how it keeps its due days is shown to people inside only."""
    readable = DatasetPage.objects.readable_by(request).order_by("title")
    datasets = list(readable.filter(owner_unit=page).select_related("pointer__version"))
    passed_on = readable.filter(former_owners__unit=page).exclude(owner_unit=page).distinct()
    former = list(passed_on.select_related("owner_unit"))
    if not datasets and not former:
        return None
    inside = sees_internal_details(request.user)
    states = timeliness_of_datasets(datasets) if inside else {}
    rows = [_row(dataset, states.get(dataset.pk, [])) for dataset in datasets]
    return {
        "rows": rows,
        "inside": inside,
        "year": timezone.localdate().year,
        "on_time": sum(row["on_time"] for row in rows),
        "counted": sum(row["counted"] for row in rows),
        "overdue": sum(row["overdue"] for row in rows),
        "former": former,
    }


def _row(dataset, states):
    pointer = getattr(dataset, "pointer", None)
    fell_due = in_year(states, timezone.localdate().year)
    return {
        "dataset": dataset,
        "current": pointer.version if pointer else None,
        "next": next_open(states),
        "overdue": sum(state.timeliness is Timeliness.MISSING for state in states),
        "on_time": sum(state.timeliness is Timeliness.ON_TIME for state in fell_due),
        "counted": len(fell_due),
    }


def _indicators_of_unit(page, request):
    """Return the indicators that the unit answers for, each with its latest value."""
    indicators = list(
        IndicatorPage.objects.readable_by(request)
        .filter(Q(owner_unit=page) | Q(owner_unit=None, dataset__owner_unit=page))
        .order_by("code")
    )
    if not indicators:
        return None
    series = series_of_many(indicators, areas=False)
    return {"rows": [(indicator, series[indicator.pk]) for indicator in indicators]}


def _obliged_by_article(page, request):
    by_article = {"provision__article": page}
    datasets = (
        DatasetPage.objects.readable_by(request).filter(**by_article).select_related("provision")
    )
    indicators = (
        IndicatorPage.objects.readable_by(request).filter(**by_article).select_related("provision")
    )
    context = {
        "datasets": list(datasets.order_by("provision__position", "title")),
        "indicators": list(indicators.order_by("provision__position", "code")),
    }
    return context if any(context.values()) else None


def register():
    """Show datasets on the pages of units and articles, and what is published on their own."""
    register_panel(
        "units.UnitPage",
        PagePanel("datasets", "datasets/panels/unit_datasets.html", _datasets_of_unit, order=20),
    )
    register_panel(
        "units.UnitPage",
        PagePanel(
            "indicators", "datasets/panels/unit_indicators.html", _indicators_of_unit, order=30
        ),
    )
    register_panel(
        "regulations.ArticlePage",
        PagePanel("datasets", "datasets/panels/article_data.html", _obliged_by_article, order=20),
    )
    register_panel(
        "datasets.DatasetPage",
        PagePanel("published", "datasets/panels/published.html", published_context, order=10),
    )
