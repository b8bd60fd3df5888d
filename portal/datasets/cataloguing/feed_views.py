"""The feeds of changes: of all public data, and of one dataset."""

from datetime import UTC, datetime

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from portal.datasets.cataloguing.answers import answer
from portal.datasets.cataloguing.feeds import (
    ENTRIES_ON_A_PAGE,
    changes_of,
    feed_of,
    public_datasets,
)
from portal.datasets.models import DatasetIndexPage

ATOM = "application/atom+xml; charset=utf-8"
LAST_PAGE = 10_000
#: When a page that was never published is said to have changed.
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def data_feed(request):
    """Tell what changed in all public data."""
    index = DatasetIndexPage.objects.readable_by(request).first()
    if index is None:
        raise Http404
    return _feed(request, public_datasets(), index, reverse("data_feed"), index.title)


def dataset_feed(request, code):
    """Tell what changed in one public dataset."""
    datasets = public_datasets()
    dataset = get_object_or_404(datasets, code=code)
    path = reverse("dataset_feed", args=[code])
    return _feed(request, datasets.filter(pk=dataset.pk), dataset, path, dataset.title)


def _feed(request, datasets, page, path, title):
    number = _number_or_404(request)
    with translation.override("vi"):
        start = (number - 1) * ENTRIES_ON_A_PAGE
        changes, goes_on = changes_of(datasets, request, start=start, size=ENTRIES_ON_A_PAGE)
        if number > 1 and not changes:
            raise Http404
        absolute = request.build_absolute_uri
        around = [("first", 1)]
        around += [("previous", number - 1)] if number > 1 else []
        around += [("next", number + 1)] if goes_on else []
        about = {
            "title": _("%(title)s: what changed") % {"title": title},
            "page_url": absolute(page.get_url(request)),
            "feed_url": absolute(_path(path, number)),
            "pages": [(relation, absolute(_path(path, each))) for relation, each in around],
            "uid": absolute(path),
            "updated_at": page.first_published_at or EPOCH,
        }
        return answer(request, [str(changes), str(about)], lambda: feed_of(changes, **about), ATOM)


def _path(path, number):
    return path if number == 1 else f"{path}?trang={number}"


def _number_or_404(request):
    number = request.GET.get("trang", "1")
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:9]) <= LAST_PAGE):
        raise Http404
    return int(number)
