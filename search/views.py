"""The search page and its JSON twin."""

from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from portal.core.text import nfc
from search.query import LONGEST_QUERY, search

PAGE_SIZE = 20
PREVIEW_SIZE = 5


def _asked(request):
    query = nfc(request.GET.get("q", "")).replace("\x00", "").strip()[:LONGEST_QUERY]
    number = request.GET.get("trang", "1")
    page_number = int(number) if number.isascii() and number.isdigit() and number != "0" else 1
    return query, request.GET.get("loai", "")[:32], min(page_number, 500)


def _groups(request, query, only, page_number):
    size = PAGE_SIZE if only else PREVIEW_SIZE
    return search(query, request, only=only, page_size=size, page_number=page_number)


def results(request):
    """Show what the visitor may find, grouped by kind; one kind alone is paged."""
    query, only, page_number = _asked(request)
    groups = _groups(request, query, only, page_number)
    for group in groups if only else ():
        group.page = Paginator(range(group.count), PAGE_SIZE).get_page(page_number)
        if group.page.number != page_number:
            last = urlencode({"q": query, "loai": only, "trang": group.page.number})
            return redirect(f"{request.path}?{last}")
    context = {
        "query": query,
        "only": only,
        "groups": groups,
        "total": sum(group.count for group in groups),
    }
    return render(request, "search/results.html", context)


def results_json(request):
    """Answer with the same hits as JSON."""
    query, only, page_number = _asked(request)
    groups = _groups(request, query, only, page_number)
    return JsonResponse(
        {
            "query": query,
            "groups": [
                {
                    "kind": group.source.key,
                    "count": group.count,
                    "hits": [
                        {
                            "title": found.hit.title,
                            "url": found.hit.url,
                            "context": found.hit.context,
                            "snippet": "".join(piece.text for piece in found.snippet),
                        }
                        for found in group.found
                    ],
                }
                for group in groups
            ],
        },
        json_dumps_params={"ensure_ascii": False},
    )
