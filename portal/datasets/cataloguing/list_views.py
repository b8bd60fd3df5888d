"""The lists of the decree as pages and as files."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone, translation

from portal.core.documents import document_response
from portal.datasets.cataloguing.lists import (
    MARKS,
    csv_of,
    datasets_in,
    entries_of,
    ordered_keys,
    workbook_of,
)
from portal.datasets.models import DataList, DatasetIndexPage

LINES_ON_A_PAGE = 50
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def data_list(request, word):
    """Show one of the lists."""
    asked = _asked_or_404(word)
    keys = ordered_keys(asked, request)
    page = Paginator(keys, LINES_ON_A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "data_list": asked,
        "entries": entries_of(page.object_list, request),
        "page_obj": page,
        "others": [(each, datasets_in(each, request).count()) for each in MARKS],
        "index": DatasetIndexPage.objects.readable_by(request).first(),
    }
    return render(request, "datasets/data_list.html", context)


def data_list_file(request, word, suffix):
    """Give one of the lists whole, as CSV, workbook or PDF."""
    asked = _asked_or_404(word)
    if suffix == "pdf":
        return _paper(request, asked)
    if suffix not in TYPES:
        raise Http404
    entries = entries_of(ordered_keys(asked, request), request)
    content = csv_of(entries) if suffix == "csv" else workbook_of(asked, entries)
    response = HttpResponse(content, content_type=TYPES[suffix])
    response["Content-Disposition"] = f'attachment; filename="danh-muc-{asked}.{suffix}"'
    response["Cache-Control"] = "private, no-cache"
    return response


def _paper(request, asked):
    with translation.override("vi"):
        context = {
            "data_list": asked,
            "entries": entries_of(ordered_keys(asked, request), request),
            "today": timezone.localdate(),
        }
        html = render_to_string("datasets/papers/data_list_pdf.html", context, request=request)
        title = str(asked.label).capitalize()
    filename = f"danh-muc-{asked}.pdf"
    return document_response(request, html, title=title, filename=filename)


def _asked_or_404(word):
    if word not in DataList.values:
        raise Http404
    return DataList(word)
