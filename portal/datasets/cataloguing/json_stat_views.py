"""Indicators as JSON-stat, one by one, and the list of them."""

import json

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import translation

from portal.core.models.page import may_read
from portal.datasets.cataloguing.answers import answer
from portal.datasets.cataloguing.json_stat import collection_of, dataset_of
from portal.datasets.cataloguing.records import centre_party
from portal.datasets.models import IndicatorCataloguePage, IndicatorPage
from portal.datasets.series import series_of

JSON = "application/json; charset=utf-8"


def json_stat(request, code):
    """Give the values of an indicator; without any value there is no cube."""
    indicators = IndicatorPage.objects.readable_by(request).select_related("owner_unit")
    indicator = get_object_or_404(indicators, code=code)
    series = series_of(indicator)
    if not series.points and not series.area_points:
        raise Http404
    unit = indicator.owner_unit
    with translation.override("vi"):
        source = unit.title if unit and may_read(unit, request) else centre_party(request).name
        told = dataset_of(series, request, source=source)
    return _answer(request, told)


def json_stat_collection(request):
    """Lead to the cube of each indicator that has values."""
    catalogue = IndicatorCataloguePage.objects.readable_by(request).first()
    if catalogue is None:
        raise Http404
    with_values = IndicatorPage.objects.readable_by(request).filter(values__is_current=True)
    indicators = with_values.distinct().order_by("code")
    return _answer(request, collection_of(catalogue.title, indicators, request))


def _answer(request, told):
    return answer(request, told, lambda: json.dumps(told, ensure_ascii=False), JSON)
