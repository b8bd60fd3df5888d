"""Indicators as JSON-stat 2.0: a cube of indicator, period and area."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.periods import parse_period
from portal.core.text import printable, sort_key

INDICATOR, PERIOD, AREA = "chi_tieu", "ky", "dia_ban"
#: The category of the area as a whole, which no area can be called.
WHOLE = "_"


def dataset_of(series, request, *, source):
    """Return the values of an indicator as a JSON-stat dataset; ``source`` is who answers for it.

    Values are the JSON numbers nearest to what is stored, None where there is none.
    """
    indicator = series.indicator
    values = {
        (each.period, each.area or WHOLE): each for each in [*series.points, *series.area_points]
    }
    periods = sorted(
        {period for period, _area in values}, key=lambda each: parse_period(each).start
    )
    areas = sorted({area for _period, area in values if area != WHOLE}, key=sort_key)
    if series.points:
        areas = [WHOLE, *areas]
    told = {
        "version": "2.0",
        "class": "dataset",
        "href": request.build_absolute_uri(_address(indicator)),
        "label": indicator.title,
        "source": source,
        "updated": _updated(values.values()),
        "note": [text for text in (indicator.definition, indicator.formula) if text.strip()],
        "id": [INDICATOR, PERIOD, AREA],
        "size": [1, len(periods), len(areas)],
        "role": {"metric": [INDICATOR], "time": [PERIOD], "geo": [AREA]},
        "dimension": {
            INDICATOR: _metric(indicator),
            PERIOD: _dimension(
                _("Period"), periods, {each: parse_period(each).label for each in periods}
            ),
            AREA: _dimension(_("Area"), areas, {WHOLE: _("the whole area")}),
        },
        "value": [_number(values.get((period, area))) for period in periods for area in areas],
        "link": {"alternate": [{"type": "text/html", "href": _page(indicator, request)}]},
        "extension": {"versions": _versions(series)},
    }
    return printable({name: value for name, value in told.items() if value not in (None, "", [])})


def collection_of(title, indicators, request):
    """Return a JSON-stat collection that leads to the dataset of each of ``indicators``."""
    items = [
        {
            "class": "dataset",
            "href": request.build_absolute_uri(_address(each)),
            "label": each.title,
        }
        for each in indicators
    ]
    return printable(
        {
            "version": "2.0",
            "class": "collection",
            "href": request.build_absolute_uri(reverse("json_stat_collection")),
            "label": title,
            "link": {"item": items},
        }
    )


def _address(indicator):
    return reverse("json_stat", args=[indicator.code])


def _page(indicator, request):
    return request.build_absolute_uri(indicator.get_url(request) or "/")


def _metric(indicator):
    code = indicator.code
    unit = {"decimals": indicator.decimals}
    if indicator.unit_of_measure:
        unit["label"] = indicator.unit_of_measure
    return {
        "label": _("Indicator"),
        "category": {"index": [code], "label": {code: indicator.title}, "unit": {code: unit}},
    }


def _dimension(label, keys, names):
    return {
        "label": label,
        "category": {"index": keys, "label": {key: names.get(key, key) for key in keys}},
    }


def _number(point):
    if point is None:
        return None
    value = Decimal(point.value)
    return int(value) if value == value.to_integral_value() else float(value)


def _updated(points):
    moments = [point.version.published_at for point in points]
    return max(moments).isoformat() if moments else None


def _versions(series):
    """Return from which versions of which dataset the values come, by number."""
    return sorted({point.version.number for point in [*series.points, *series.area_points]})
