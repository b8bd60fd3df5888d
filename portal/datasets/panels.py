"""What datasets and indicators show on the pages of units and regulations."""

from portal.core.deadlines import Timeliness
from portal.core.page_panels import PagePanel, register_panel
from portal.datasets.models import DatasetPage, IndicatorPage
from portal.datasets.published import published_context
from portal.datasets.timeliness import next_open, timeliness_of_datasets


def _datasets_of_unit(page, request):
    """Return the unit's datasets; how it keeps its due days is shown to people inside only."""
    readable = DatasetPage.objects.readable_by(request).order_by("title")
    datasets = list(readable.filter(owner_unit=page).select_related("pointer__version"))
    passed_on = readable.filter(former_owners__unit=page).exclude(owner_unit=page).distinct()
    former = list(passed_on.select_related("owner_unit"))
    if not datasets and not former:
        return None
    inside = request.user.is_authenticated
    states = timeliness_of_datasets(datasets) if inside else {}
    rows = [_row(dataset, states.get(dataset.pk, [])) for dataset in datasets]
    return {"rows": rows, "former": former}


def _row(dataset, states):
    pointer = getattr(dataset, "pointer", None)
    overdue = sum(state.timeliness is Timeliness.MISSING for state in states)
    return {
        "dataset": dataset,
        "current": pointer.version if pointer else None,
        "next": next_open(states),
        "overdue": overdue,
    }


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
        "regulations.ArticlePage",
        PagePanel("datasets", "datasets/panels/article_data.html", _obliged_by_article, order=20),
    )
    register_panel(
        "datasets.DatasetPage",
        PagePanel("published", "datasets/panels/published.html", published_context, order=10),
    )
