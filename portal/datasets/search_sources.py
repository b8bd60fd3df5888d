"""What a reader finds of datasets and indicators: what they mean, never their rows."""

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from portal.core.models.page import name_for
from portal.core.search_sources import SearchHit, SearchSource, register_source
from portal.datasets.models import DatasetPage, IndicatorPage


def _datasets(request):
    return DatasetPage.objects.readable_by(request).select_related("owner_unit")


def _hits(datasets, request):
    return [
        SearchHit(
            title=dataset.title,
            url=dataset.get_url(request),
            context=name_for(dataset.owner_unit, request),
            text=strip_tags(dataset.description),
        )
        for dataset in datasets
    ]


def _indicators(request):
    return IndicatorPage.objects.readable_by(request).select_related("group", "owner_unit")


def _owner(indicator, request):
    return name_for(indicator.owner_unit, request) if indicator.owner_unit else ""


def _indicator_hits(indicators, request):
    return [
        SearchHit(
            title=indicator.title,
            url=indicator.get_url(request),
            context=" · ".join(
                str(part)
                for part in (indicator.code, indicator.group, _owner(indicator, request))
                if part
            ),
            text=indicator.definition or indicator.formula,
        )
        for indicator in indicators
    ]


def register():
    """Make datasets and indicators findable."""
    register_source(
        SearchSource("chi-tieu", _("Indicators"), _indicators, _indicator_hits, order=25)
    )
    register_source(SearchSource("bo-du-lieu", _("Datasets"), _datasets, _hits, order=30))
