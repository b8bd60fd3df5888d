"""Public page of what changed between two versions."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render

from portal.datasets.access import readable_versions
from portal.datasets.comparisons import compared_schema, counts_between, rows_between
from portal.datasets.differences import KINDS, in_words
from portal.datasets.models import AccessEvent
from portal.datasets.readers import reader_of
from portal.datasets.rows.reading import dataset_with_rows_or_404
from portal.datasets.sights import sight_of

ROWS_PER_PAGE = 50


def compare(request, code):
    """Show what changed from the version ``tu`` to ``den``; without them, between the last two."""
    dataset = dataset_with_rows_or_404(request, code)
    versions = list(readable_versions(dataset))
    new = _asked(versions, request.GET.get("den"), 0)
    old = _asked(versions, request.GET.get("tu"), 1)
    sights = [sight_of(reader_of(request), dataset, version) for version in (old, new)]
    schema = compared_schema(*sights)
    if schema is None:
        raise Http404
    counts = counts_between(old, new, schema)
    kind = request.GET.get("loai", "")
    if kind not in KINDS:
        kind = next((each for each in KINDS if counts[each]), "changed")
    page = Paginator(range(counts[kind]), ROWS_PER_PAGE).get_page(request.GET.get("trang"))
    offset = max(page.start_index() - 1, 0)
    rows = []
    if counts[kind]:
        rows = rows_between(old, new, schema, kind, offset=offset, limit=ROWS_PER_PAGE)
    for sight in sights:
        sight.note(AccessEvent.Way.COMPARISON, query=request.META["QUERY_STRING"])
    titles = {column.name: column.title or column.name for column in schema.columns}
    context = {
        "page": dataset,
        "versions": versions,
        "old": old,
        "new": new,
        "counts": counts,
        "columns": [(titles[name], count) for name, count in counts["columns"].items()],
        "kinds": [(each, words, counts[each]) for each, words in KINDS.items()],
        "kind": kind,
        "page_obj": page,
        "rows": in_words(rows, schema.columns),
        "is_keyed": bool(schema.keys),
    }
    return render(request, "datasets/comparison.html", context)


def _asked(versions, number, usual):
    """Return the version with that number; without one, the one at ``usual`` or the oldest."""
    if number is None and versions:
        return versions[min(usual, len(versions) - 1)]
    for version in versions:
        if str(version.number) == number:
            return version
    raise Http404
