"""What a reader finds of datasets: their definitions, never their rows."""

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from portal.core.search_sources import SearchHit, SearchSource, register_source
from portal.datasets.models import DatasetPage


def _datasets(request):
    return DatasetPage.objects.readable_by(request).select_related("owner_unit")


def _hits(datasets, request):
    return [
        SearchHit(
            title=dataset.title,
            url=dataset.get_url(request),
            context=dataset.owner_unit.title,
            text=strip_tags(dataset.description),
        )
        for dataset in datasets
    ]


def register():
    """Make the datasets findable."""
    register_source(SearchSource("bo-du-lieu", _("Datasets"), _datasets, _hits, order=30))
