"""Staff screen of what a version changes, page by page and cell by cell."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render

from portal.datasets.differences import KINDS, rows_of_difference
from portal.datasets.version_views import version_or_404

ROWS_PER_PAGE = 50


def changes(request, pk, kind):
    """Show the rows that the version adds, changes or removes."""
    shown = version_or_404(request.user, pk)
    count = shown.difference.get(kind, 0) if kind in KINDS else None
    if count is None or not shown.difference:
        raise Http404
    page = Paginator(range(count), ROWS_PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "version": shown,
        "dataset": shown.dataset,
        "kind": kind,
        "kinds": [(each, words, shown.difference.get(each, 0)) for each, words in KINDS.items()],
        "page_obj": page,
        "rows": rows_of_difference(
            shown, kind, offset=max(page.start_index() - 1, 0), limit=ROWS_PER_PAGE
        ),
    }
    return render(request, "datasets/admin/changes.html", context)
