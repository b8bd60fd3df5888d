"""The living list: which duties a visitor may see, filtered, counted and put in order."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.text import nfc
from portal.units.duties.rows import LABELS, TONES, is_inside, rows_for
from portal.units.duty_means import DutyState, standings_of, state_of
from portal.units.models import Obligation, UnitPage

PAGE_SIZE = 50
GROUPINGS = (("dieu", _("by article")), ("don-vi", _("by unit")))
_ORDERS = {
    "dieu": ("provision__regulation__title", "provision__position", "unit__sort_key", "pk"),
    "don-vi": ("unit__sort_key", "provision__regulation__title", "provision__position", "pk"),
}


@dataclass(frozen=True)
class Asked:
    """What a visitor asked of the list; every value is safe to show and to filter by."""

    unit: str = ""
    kind: str = ""
    cadence: str = ""
    article: str = ""
    state: str = ""
    words: str = ""
    grouping: str = "dieu"
    ended: bool = False

    @classmethod
    def of(cls, request):
        """Return what the query string of ``request`` asks."""
        return cls.from_query(request.GET)

    @classmethod
    def from_query(cls, mapping):
        """Return what ``mapping`` asks; what makes no sense is left out."""
        query = {key: _clean(value) for key, value in mapping.items()}
        article = query.get("dieu", "")
        return cls(
            unit=query.get("don-vi", ""),
            kind=_known(query.get("loai"), Obligation.Kind.values),
            cadence=_known(query.get("ky"), Obligation.Cadence.values),
            article=article if article.isascii() and article.isdigit() else "",
            state=_known(query.get("tinh_trang"), list(DutyState)),
            words=query.get("tim", ""),
            grouping=_known(query.get("nhom"), _ORDERS) or "dieu",
            ended=query.get("het-hieu-luc") == "1",
        )

    def is_narrow(self):
        """Return whether anything is left out by a filter."""
        return any((self.unit, self.kind, self.cadence, self.article, self.state, self.words))


def _clean(value):
    return nfc(value).replace("\x00", "").strip()[:100]


def _known(value, known):
    return value if value in known else ""


class Listing:
    """The duties that a visitor may see and asked for, and how they stand."""

    def __init__(self, request, asked=None):
        self.request = request
        self.asked = asked or Asked.of(request)
        self.inside = is_inside(request)

    @cached_property
    def readable(self):
        """Return every duty that the visitor may read, ended ones only when asked for."""
        duties = Obligation.objects.readable_by(self.request)
        return duties if self.asked.ended else duties.in_force()

    @cached_property
    def found(self):
        """Return the readable duties that pass the filters, the state left out."""
        asked, duties = self.asked, self.readable
        for value, lookup in (
            (asked.kind, "kind"),
            (asked.cadence, "cadence"),
            (asked.article[:9], "provision__article"),
        ):
            if value:
                duties = duties.filter(**{lookup: value})
        if asked.unit:
            units = UnitPage.objects.filter(code=asked.unit)
            duties = Obligation.objects.filter(
                pk__in=duties.values("pk"),
            ).filter(Q(unit__in=units) | Q(unit__in=_kinds_of(units)))
        if asked.words:
            duties = duties.filter(
                Q(text__icontains=asked.words)
                | Q(words__icontains=asked.words)
                | Q(unit__title__icontains=asked.words)
            )
        return duties

    @cached_property
    def states(self):
        """Return ``{pk: state}`` of all that was found, for people inside."""
        light = list(self.found.only(*_LIGHT).order_by())
        self.standings = standings_of(light, self.request)
        self.bound_ids = {each.pk: each.bound_ids for each in light}
        return {pk: state_of(standings) for pk, standings in self.standings.items()}

    @cached_property
    def counts(self):
        """Return ``[(state, label, tone, number)]`` of what was found, empty for the public."""
        if not self.inside:
            return []
        numbers = Counter(self.states.values())
        return [
            (state, LABELS[state], TONES[state], numbers[state])
            for state in DutyState
            if numbers[state] or state is not DutyState.WITHHELD
        ]

    def ordered(self):
        """Return the duties to show, in the order asked for."""
        duties = self.found
        if self.asked.state and self.inside:
            duties = duties.filter(
                pk__in=[pk for pk, state in self.states.items() if state == self.asked.state]
            )
        return duties.for_listing(self.request).order_by(*_ORDERS[self.asked.grouping])

    def rows(self, duties=None):
        """Return the ``DutyRow`` of ``duties``, of all when none are given."""
        duties = list(self.ordered() if duties is None else duties)
        if not self.inside:
            return rows_for(duties, self.request)
        known = {pk: self.standings[pk] for pk in self.states}
        for duty in duties:
            duty.bound_ids = self.bound_ids[duty.pk]
        return rows_for(duties, self.request, known)

    def context(self):
        """Return what the page shows."""
        page = Paginator(self.ordered(), PAGE_SIZE).get_page(self.request.GET.get("trang"))
        rows = self.rows(page.object_list)
        return {
            "listing": self,
            "asked": self.asked,
            "page_obj": page,
            "groups": self.grouped(rows),
            "counts": self.counts,
            "inside": self.inside,
            "choices": self.choices,
            "groupings": GROUPINGS,
        }

    def grouped(self, rows):
        """Return ``[(heading, address, rows)]`` in the order of the rows."""
        groups = []
        for row in rows:
            heading, url = self._heading(row)
            if not groups or groups[-1][0] != heading:
                groups.append((heading, url, []))
            groups[-1][2].append(row)
        return groups

    def _heading(self, row):
        obligation = row.obligation
        if self.asked.grouping == "don-vi":
            return obligation.unit.title, obligation.unit.get_url(self.request)
        return row.article, ""

    @cached_property
    def choices(self):
        """Return the filters that lead to something: units, kinds, cadences, articles, states."""
        duties = self.readable.order_by()
        units = UnitPage.objects.readable_by(self.request).filter(
            Q(pk__in=duties.values("unit")) | Q(groups__in=duties.values("unit"))
        )
        articles = duties.exclude(provision__article=None).order_by(
            "provision__regulation__title", "provision__article__path"
        )
        return {
            "units": list(units.distinct().order_by("sort_key").values_list("code", "title")),
            "kinds": _used(duties, "kind"),
            "cadences": _used(duties, "cadence"),
            "articles": [
                (str(pk), title)
                for pk, title in dict.fromkeys(
                    articles.values_list("provision__article", "provision__article__title")
                )
            ],
            "states": [(state, LABELS[state]) for state in DutyState] if self.inside else [],
        }


#: What the means need of a duty; the rest is loaded for the page that is shown.
_LIGHT = ("kind", "cadence", "due_rule", "unit", "provision", "valid_from", "valid_to")


def _kinds_of(units):
    return UnitPage.groups.through.objects.filter(from_unitpage__in=units).values("to_unitpage")


def _used(duties, name):
    used = set(duties.values_list(name, flat=True).distinct())
    field = Obligation._meta.get_field(name)
    return [(value, label) for value, label in field.choices if value in used]


def listing_for(request):
    """Return the list as ``request`` asks for it."""
    return Listing(request)
