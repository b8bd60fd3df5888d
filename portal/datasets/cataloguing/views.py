"""The catalogue and its datasets as DCAT, each under a lasting name that answers as it is asked."""

from dataclasses import replace

from django.core.paginator import Paginator
from django.db.models import Max
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from portal.core.centre import centre_of
from portal.core.text import printable
from portal.datasets.cataloguing.answers import (
    GRAPH_FORMS,
    answer_graph,
    asked_form,
    not_acceptable,
)
from portal.datasets.cataloguing.graph import CatalogueGraph
from portal.datasets.cataloguing.measures import known_measures
from portal.datasets.cataloguing.records import (
    centre_party,
    loaded,
    plain,
    plain_text,
    records_of,
    version_records,
)
from portal.datasets.models import DatasetIndexPage, DatasetPage, DatasetVersion

DATASETS_ON_A_PAGE = 50
VERSIONS_ON_A_PAGE = 100


def catalogue_resource(request):
    """Answer under the catalogue's lasting name: people see its page, machines get DCAT."""
    return _by_form(request, lambda: _index(request).get_url(request), catalogue_document)


def dataset_resource(request, code):
    """Answer under a dataset's lasting name."""
    dataset = _dataset_or_404(request, code)
    return _by_form(request, lambda: dataset.get_url(request), dataset_document, code)


def version_resource(request, code, number):
    """Answer under a version's lasting name; machines get the dataset that it is a version of."""
    dataset = _dataset_or_404(request, code)
    get_object_or_404(dataset.versions.published_ever(), number=number)
    page = f"{dataset.get_url(request)}?phien-ban={number}"
    return _by_form(request, lambda: page, dataset_document, code)


def catalogue_document(request, suffix):
    """Give a page of the catalogue as DCAT."""
    _known_form_or_404(suffix)
    index = _index(request)
    datasets = loaded(DatasetPage.objects.child_of(index).readable_by(request))
    page = _page_or_404(datasets, DATASETS_ON_A_PAGE, request)
    with translation.override("vi"):
        records = records_of(page.object_list, request)
        url = request.build_absolute_uri(reverse("catalogue_resource"))
        about = {
            "title": printable(index.title),
            "description": plain_text(index.introduction) or _about(request),
            "publisher": centre_party(request),
            "home_url": request.build_absolute_uri(index.get_url(request)),
            "spatial": printable(centre_of(request).place_name),
            "changed_at": datasets.aggregate(Max("pointer__moved_at"))["pointer__moved_at__max"],
        }
        pages = _pages(request, reverse("catalogue_document", args=[suffix]), page)

        def build():
            written = CatalogueGraph()
            node = written.add_catalogue(url, **about)
            for record in records:
                written.list_dataset(node, record)
            written.add_paging(node, page.paginator.count, pages)
            return written.graph

        state = [plain(records), str(about), pages, page.paginator.count]
        return answer_graph(request, state, build, suffix, links=_links(pages))


def dataset_document(request, code, suffix):
    """Give a dataset with a page of its versions as DCAT."""
    _known_form_or_404(suffix)
    dataset = get_object_or_404(loaded(DatasetPage.objects.readable_by(request)), code=code)
    versions = dataset.versions.published_ever().defer(*DatasetVersion.HEAVY).order_by("-number")
    page = _page_or_404(versions, VERSIONS_ON_A_PAGE, request)
    with translation.override("vi"):
        [record] = records_of([dataset], request)
        record = replace(record, measures=known_measures(request, dataset))
        shown = version_records(dataset, page.object_list, request)
        members = _members(dataset, shown)
        pages = _pages(request, reverse("dataset_document", args=[code, suffix]), page)

        def build():
            written = CatalogueGraph()
            node = written.add_dataset(record)
            written.add_versions(record, shown)
            if len(members) > 1:
                written.add_series(record, f"{record.url}#chuoi", members)
            if page.has_other_pages():
                written.add_paging(node, page.paginator.count, pages)
            return written.graph

        state = [plain([record, *shown]), pages]
        return answer_graph(request, state, build, suffix, links=_links(pages))


def _members(dataset, versions):
    """Return the versions that stand for their periods, oldest first: the newest of each period.

    Only where a file replaces everything does each version hold a period of its own.
    """
    if dataset.mode != DatasetPage.Mode.REPLACE:
        return []
    newest = {}
    for version in versions:
        if version.span and not version.is_withdrawn:
            newest.setdefault(version.period, version)
    return sorted(newest.values(), key=lambda each: each.span.start)


def _by_form(request, page_url, document, *args):
    """Lead people to a page and give machines the document, by what ``request`` accepts."""
    form = asked_form(request)
    if form is None:
        response = not_acceptable()
    elif form == "html":
        response = HttpResponseRedirect(page_url())
        response.status_code = 303
        response["Cache-Control"] = "private, no-cache"
    else:
        return document(request, *args, form)
    patch_vary_headers(response, ["Accept", "Cookie"])
    return response


def _known_form_or_404(suffix):
    if suffix not in GRAPH_FORMS:
        raise Http404


def _index(request):
    index = DatasetIndexPage.objects.readable_by(request).first()
    if index is None:
        raise Http404
    return index


def _dataset_or_404(request, code):
    return get_object_or_404(DatasetPage.objects.readable_by(request), code=code)


def _page_or_404(things, size, request):
    number = request.GET.get("trang", "1")
    paginator = Paginator(things, size)
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:9]) <= paginator.num_pages):
        raise Http404
    return paginator.page(int(number))


def _pages(request, path, page):
    """Return the addresses of the pages around ``page``, by their relation to it."""
    numbers = {"self": page.number, "first": 1, "last": page.paginator.num_pages}
    if page.has_previous():
        numbers["previous"] = page.number - 1
    if page.has_next():
        numbers["next"] = page.number + 1
    return {
        name: request.build_absolute_uri(path if number == 1 else f"{path}?trang={number}")
        for name, number in numbers.items()
    }


def _links(pages):
    return [(pages[name], relation) for name, relation in _RELATIONS if name in pages]


_RELATIONS = (("first", "first"), ("previous", "prev"), ("next", "next"), ("last", "last"))


def _about(request):
    return _("Data published by %(centre)s.") % {"centre": centre_party(request).name}
