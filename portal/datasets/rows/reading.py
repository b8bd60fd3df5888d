"""Who asks for rows of what: rights first, then the question, then how long the answer keeps."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from portal.datasets.models import DatasetPage
from portal.datasets.readers import dataset_for, reader_of
from portal.datasets.rows.versions import version_asked, version_of_mark
from portal.datasets.sights import Sight, may_read_rows, sight_of

#: A published version never changes. It may be withdrawn: then caches learn of it in a week.
FOR_LONG = "public, max-age=604800, immutable"
ASK_AGAIN = "public, no-cache"
FOR_NOBODY = "private, no-store"


@dataclass(frozen=True)
class Reading:
    """A version of a dataset as one reader may see it.

    ``is_fixed`` tells whether the address will always mean this version.
    """

    request: object
    dataset: DatasetPage
    sight: Sight
    is_fixed: bool

    @property
    def version(self):
        return self.sight.version

    @property
    def columns(self):
        """Return the columns that the reader may see, in order."""
        return self.sight.columns

    @property
    def asker(self):
        """Return what reads the reader's questions, by the columns that the reader may see."""
        return self.sight.asker

    @property
    def is_open(self):
        """Tell whether everybody gets this answer, without logging in."""
        request = self.request
        return (
            self.dataset.is_open
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and "Authorization" not in request.headers
        )

    def note(self, way):
        """Write down who got rows that are not for everybody, and what was asked."""
        self.sight.note(way, query=self.request.META.get("QUERY_STRING", ""))

    def answer(self, make):
        """Return what ``make`` returns, with its ETag, or “not modified” when the reader has it."""
        etag = self._etag()
        response = get_conditional_response(self.request, etag=etag) or make()
        if response.status_code in (200, 304):
            response["ETag"] = etag
            kept = FOR_LONG if self.is_fixed else ASK_AGAIN
            response["Cache-Control"] = kept if self.is_open else FOR_NOBODY
            patch_vary_headers(response, ["Cookie", "Authorization"])
        return response

    def _etag(self):
        told = [
            self.request.get_full_path(),
            get_language() or "",
            str(self.version.pk),
            self.version.table_sha256,
            *(column.name for column in self.columns),
            repr([sorted(self.sight.masked), self.sight.limits]),
        ]
        return f'"{hashlib.sha256("|".join(told).encode()).hexdigest()[:32]}"'


def reading_of(request, code, version="", *, mark=""):
    """Return the ``Reading`` of a request.

    Raise ``Http404`` where there is nothing for this reader, ``ValidationError`` for a version
    that cannot be meant. A ``mark`` of a page decides the version, whatever was published since.
    """
    dataset = dataset_with_rows_or_404(request, code)
    if mark:
        found, is_fixed = version_of_mark(dataset, mark), True
    else:
        found, is_fixed = version_asked(dataset, version)
    sight = sight_of(reader_of(request), dataset, found)
    if sight is None:
        raise Http404
    return Reading(request, dataset, sight, is_fixed)


def dataset_with_rows_or_404(request, code):
    """Return a dataset whose rows the visitor may read, or answer as if there were none."""
    dataset = dataset_for(request, code)
    if dataset is None or not may_read_rows(reader_of(request), dataset):
        raise Http404
    return dataset
