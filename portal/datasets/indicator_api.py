"""Indicators as JSON: what they mean and their values, each with the version it comes from."""

from decimal import Decimal

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema

from portal.core.models.page import may_read
from portal.datasets.models import IndicatorPage
from portal.datasets.series import series_of, series_of_many

router = Router(tags=["chi-tieu"])


class IndicatorOut(Schema):
    code: str
    title: str
    group: str | None
    unit_of_measure: str
    direction: str
    frequency: str
    url: str
    latest_period: str | None
    latest_value: Decimal | None


class ValueOut(Schema):
    period: str
    area: str
    value: Decimal
    version: int | None


class IndicatorDetailOut(IndicatorOut):
    definition: str
    formula: str
    owner_unit: str | None
    citation: str | None
    target: Decimal | None
    target_year: int | None
    values: list[ValueOut]


@router.get("", response=list[IndicatorOut], summary=_("Indicators that the reader may see"))
def list_indicators(request):
    indicators = list(IndicatorPage.objects.readable_by(request).select_related("group"))
    series = series_of_many(indicators)
    return [_indicator(each, series[each.pk], request) for each in indicators]


@router.get("{code}/", response=IndicatorDetailOut, summary=_("One indicator with its values"))
def get_indicator(request, code: str):
    indicator = get_object_or_404(
        IndicatorPage.objects.readable_by(request).select_related("group", "owner_unit"),
        code=code,
    )
    series = series_of(indicator)
    provision = indicator.readable_provision(request)
    return {
        **_indicator(indicator, series, request),
        "definition": indicator.definition,
        "formula": indicator.formula,
        "owner_unit": _owner_code(indicator, request),
        "citation": provision.citation if provision else None,
        "target": indicator.target,
        "target_year": indicator.target_year,
        "values": [
            {
                "period": value.period,
                "area": value.area,
                "value": value.value.normalize(),
                "version": value.version.number,
            }
            for value in [*series.points, *series.area_points]
        ],
    }


def _owner_code(indicator, request):
    unit = indicator.owner_unit
    return unit.code if unit and may_read(unit, request) else None


def _indicator(indicator, series, request):
    return {
        "code": indicator.code,
        "title": indicator.title,
        "group": indicator.group.title if indicator.group else None,
        "unit_of_measure": indicator.unit_of_measure,
        "direction": indicator.direction,
        "frequency": indicator.frequency,
        "url": indicator.get_url(request),
        "latest_period": series.latest.period if series.latest else None,
        "latest_value": series.latest.value.normalize() if series.latest else None,
    }
