"""Staff screen of who may see what, and the same as a file."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from portal.core.tables.files import csv_bytes
from portal.datasets.models import DatasetPage
from portal.datasets.sharing.desk import refuse_outsiders
from portal.datasets.sharing.overview import HEADS, lines_of, table_of
from portal.units.models import UnitPage

PAGE_SIZE = 30


def overview(request):
    """Show who may see what of the datasets that the person looks after."""
    lines, unit = _lines(request)
    units = UnitPage.objects.filter(access_grants__isnull=False) | UnitPage.objects.filter(
        datasets_naming_it__isnull=False
    )
    context = {
        "page_obj": Paginator(lines, PAGE_SIZE).get_page(request.GET.get("trang")),
        "unit": unit,
        "units": units.distinct().order_by("title"),
    }
    return render(request, "datasets/admin/sharing/overview.html", context)


def overview_csv(request):
    """Give the list of who may see what as a file."""
    lines, unit = _lines(request)
    response = HttpResponse(
        csv_bytes(HEADS, table_of(lines)), content_type="text/csv; charset=utf-8"
    )
    name = f"ai-duoc-xem-gi-{unit.code}.csv" if unit else "ai-duoc-xem-gi.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _lines(request):
    refuse_outsiders(request.user)
    code = request.GET.get("don-vi", "")
    unit = None
    if code:
        unit = UnitPage.objects.filter(code=code[:64]).first()
        if unit is None:
            raise Http404
    datasets = DatasetPage.objects.live().worked_on_by(request.user)
    return lines_of(datasets, unit), unit
