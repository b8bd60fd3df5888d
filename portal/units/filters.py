"""By what the directory is narrowed, on its page, in the matrix and in the API."""

from dataclasses import dataclass

from django.db.models import Q
from wagtail.search.backends import get_search_backend

from portal.core.text import nfc
from portal.units.bearings import bearer_ids
from portal.units.models import UnitPage

LONGEST = 200
MOST_PAGES = 10_000


def asked_text(request, key):
    """Return what the query string holds under ``key``, composed and cut."""
    return nfc(request.GET.get(key, "")).replace("\x00", "").strip()[:LONGEST]


def asked_page(request):
    """Return the number of the page asked for, 1 where that is no number."""
    text = request.GET.get("trang", "")
    return min(int(text), MOST_PAGES) if text.isascii() and text.isdigit() and text != "0" else 1


@dataclass(frozen=True)
class DirectoryQuery:
    """What somebody asks of the directory; what makes no sense counts as not asked.

    ``article`` is a number (“5”) or an identifier (“qc__dieu_5”); ``regulation`` a slug, for
    centres with several texts; ``group`` the code of a kind of unit.
    """

    view: str = ""
    kind: str = ""
    level: str = ""
    group: str = ""
    article: str = ""
    regulation: str = ""
    words: str = ""
    letter: str = ""
    page: int = 1

    @classmethod
    def from_request(cls, request):
        kind, level = asked_text(request, "loai"), asked_text(request, "cap")
        return cls(
            view=asked_text(request, "xem"),
            kind=kind if kind in UnitPage.Kind.values else "",
            level=level if level in UnitPage.Level.values else "",
            group=asked_text(request, "khoi"),
            article=asked_text(request, "dieu"),
            regulation=asked_text(request, "quy-che"),
            words=asked_text(request, "tim"),
            letter=asked_text(request, "chu")[:1].upper(),
            page=asked_page(request),
        )

    @property
    def is_narrowed(self):
        """Tell whether anything but a view and a page is asked for."""
        return any((self.kind, self.level, self.group, self.article, self.words, self.letter))

    def narrow(self, units, request):
        """Keep of ``units`` what is asked for; names, codes and duties are searched."""
        for lookup, value in (
            ("kind", self.kind),
            ("level", self.level),
            ("groups__code", self.group),
        ):
            if value:
                units = units.filter(**{lookup: value})
        if self.article:
            bearers = bearer_ids(self, request)
            bound = UnitPage.objects.filter(Q(pk__in=bearers) | Q(groups__in=bearers))
            units = units.filter(pk__in=bound.values("pk"))
        return units.filter(pk__in=found_by_words(self.words, units)) if self.words else units


def found_by_words(words, units):
    """Return the ids of ``units`` that hold every word, accents and case aside."""
    return [unit.pk for unit in get_search_backend().search(words, units.only("pk"))]
