"""What readers take with them of the directory: a unit's sheet, and the matrix."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from portal.core.documents import document_response
from portal.units.directory import choices_of, units_on_show
from portal.units.filters import DirectoryQuery
from portal.units.matrix import (
    READINGS,
    matrix_by,
    matrix_of,
    matrix_units,
    regulations_to_choose,
)
from portal.units.matrix_book import matrix_book
from portal.units.models import UnitIndexPage, UnitPage
from portal.units.papers import matrix_html, sheet_html
from portal.units.reading import reading_of
from portal.units.responsibility_list import lines_of

ROWS = 60
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def unit_sheet(request, code):
    """Answer with the responsibility sheet of a unit on paper."""
    unit = get_object_or_404(UnitPage.objects.readable_by(request), code=code)
    return document_response(
        request,
        sheet_html(reading_of(unit, request), request),
        title=_("Responsibility sheet: %(unit)s") % {"unit": unit.title},
        filename=f"phieu-trach-nhiem-{unit.slug}.pdf",
        back_url=unit.get_url(request),
    )


def unit_matrix(request):
    """Show which article, or which kind of duty, binds which unit."""
    index = _index(request)
    matrix = matrix_of(request)
    page = Paginator(matrix.rows, ROWS).get_page(matrix.asked.page)
    context = {
        "page": index,
        "matrix": matrix,
        "page_obj": page,
        "readings": [(key, label, key == matrix.reading) for key, label in READINGS.items()],
        "choices": choices_of(units_on_show(request)),
        "regulations": regulations_to_choose(request),
    }
    return render(request, "units/matrix.html", context)


def unit_matrix_book(request):
    """Answer with the matrix in both readings, and the list behind it, as a workbook."""
    _index(request)
    asked = DirectoryQuery.from_request(request)
    units = matrix_units(asked, request)
    content = matrix_book(
        matrix_by("dieu", asked, units, request),
        matrix_by("nghia-vu", asked, units, request),
        lines_of(units, request, asked.regulation),
    )
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="don-vi-va-trach-nhiem.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


def unit_matrix_pdf(request):
    """Answer with the matrix across on paper."""
    index = _index(request)
    return document_response(
        request,
        matrix_html(matrix_of(request), request),
        title=_("Matrix of responsibilities"),
        filename="don-vi-va-trach-nhiem.pdf",
        back_url=index.get_url(request),
    )


def _index(request):
    """Return the directory's page; who may not read that gets none of this."""
    return get_object_or_404(UnitIndexPage.objects.readable_by(request))
