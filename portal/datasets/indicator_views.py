"""What readers open of an indicator beside its page: chart, values as CSV, source of a value."""

import csv

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _

from portal.core.formats import format_number
from portal.core.formulas import guarded
from portal.datasets.charts import series_chart
from portal.datasets.models import IndicatorPage
from portal.datasets.series import series_of
from portal.datasets.trace import trace_of


def _readable(request, code):
    return get_object_or_404(IndicatorPage.objects.readable_by(request), code=code)


def indicator_chart(request, code):
    """Answer with the chart of an indicator as SVG."""
    indicator = _readable(request, code)
    series = series_of(indicator)
    if not series.points:
        raise Http404
    response = HttpResponse(series_chart(series, indicator.title), content_type="image/svg+xml")
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    response["Cache-Control"] = "private, max-age=300"
    return response


def indicator_csv(request, code):
    """Answer with all current values of an indicator, for Excel and for machines."""
    indicator = _readable(request, code)
    series = series_of(indicator)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{indicator.slug}.csv"'
    writer = csv.writer(response)
    writer.writerow([_("Period"), _("Area"), _("Value"), _("Unit of measure"), _("Version")])
    for value in [*series.points, *series.area_points]:
        writer.writerow(
            [
                value.period,
                guarded(value.area),
                format_number(value.value, indicator.decimals),
                guarded(indicator.unit_of_measure),
                value.version.number,
            ]
        )
    return response


def indicator_trace(request, code):
    """Show where the value of a period (``ky``) and area (``khu-vuc``) comes from."""
    indicator = _readable(request, code)
    period = request.GET.get("ky", "")
    if not period:
        latest = series_of(indicator).latest
        period = latest.period if latest else ""
    trace = trace_of(indicator, period[:8], request.GET.get("khu-vuc", "")[:255], request)
    if trace is None:
        raise Http404
    context = {"page": indicator, "trace": trace}
    return render(request, "datasets/indicator_trace.html", context)


urlpatterns = [
    path("<str:code>/nguon-goc/", indicator_trace, name="indicator_trace"),
    path("<str:code>/bieu-do.svg", indicator_chart, name="indicator_chart"),
    path("<str:code>/gia-tri.csv", indicator_csv, name="indicator_csv"),
]
