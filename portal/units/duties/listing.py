"""The living list: which duties a visitor may see, filtered, how each stands, what is missing.

Everybody sees who owes what by which provision, and what of it is public. How well it is met is
for people inside; where to do what is missing, for those who may do it.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.text import nfc
from portal.units.due_dates import NextDue, next_due
from portal.units.duty_means import DutyState, Standing, note_bound_units, standings_of, state_of
from portal.units.models import Obligation, UnitPage
from portal.units.permissions import may_record_for

PAGE_SIZE = 50
LABELS = {
    DutyState.MET: _("being met"),
    DutyState.DUE_SOON: _("due soon"),
    DutyState.LATE: _("late"),
    DutyState.MISSING: _("nothing acts on it yet"),
    DutyState.WITHHELD: _("not shown"),
}
#: The tones of ``portal_tags.tone``.
TONES = {
    DutyState.MET: "good",
    DutyState.DUE_SOON: "warn",
    DutyState.LATE: "bad",
    DutyState.MISSING: "info",
    DutyState.WITHHELD: "neutral",
}
GROUPINGS = (("dieu", _("by article")), ("don-vi", _("by unit")))
_ORDERS = {
    "dieu": ("provision__regulation__title", "provision__position", "unit__sort_key", "pk"),
    "don-vi": ("unit__sort_key", "provision__regulation__title", "provision__position", "pk"),
}


@dataclass(frozen=True)
class DutyRow:
    """One line of the list; ``state`` is None for the public."""

    obligation: Obligation
    due: NextDue | None
    state: DutyState | None
    standings: tuple[Standing, ...]
    may_record: bool

    @property
    def label(self) -> str | Promise:
        """Return the state in words."""
        return LABELS[self.state] if self.state else ""

    @property
    def tone(self):
        """Return the tone in which the state is shown."""
        return TONES.get(self.state, "neutral")

    @property
    def links(self):
        """Return what acts on the duty, each thing once."""
        return list(dict.fromkeys(link for each in self.standings for link in each.links))

    @property
    def summaries(self):
        """Return how well it is met, in words; nothing for the public."""
        return [each.summary for each in self.standings if self.state and each.summary]

    @property
    def missing(self):
        """Return ``[(what is missing, where to do it)]``: of what acts on it, else the first word.

        Nothing for the public.
        """
        if not self.state or self.state in (DutyState.MET, DutyState.WITHHELD):
            return []
        wanted = [each for each in self.standings if each.missing]
        if self.state is DutyState.MISSING:
            wanted = wanted[:1]
        return [(each.missing, each.action_url) for each in wanted]

    @property
    def written_name(self):
        """Return the unit's name as the text has it, where that is another one than today's."""
        written = self.obligation.name_as_written
        return written if written and written != self.obligation.unit.title else ""

    @property
    def article(self):
        """Return the heading of the article, for a list that is grouped by it."""
        provision = self.obligation.provision
        return provision.article.title if provision.article_id else provision.label


def is_inside(request):
    """Return whether the visitor is somebody with a name, who sees how duties stand."""
    return request.user.is_authenticated and request.user.is_active


def rows_for(obligations, request, standings=None):
    """Return the ``DutyRow`` of each obligation as far as the visitor may know."""
    obligations = list(obligations)
    standings = standings_of(obligations, request) if standings is None else standings
    inside, now = is_inside(request), timezone.now()
    return [_row(each, standings[each.pk], request.user, inside, now) for each in obligations]


def _row(obligation, standings, user, inside, now):
    return DutyRow(
        obligation=obligation,
        due=next_due(obligation, now),
        state=state_of(standings) if inside else None,
        standings=tuple(standings),
        may_record=inside
        and hasattr(obligation, "bound_ids")
        and bool(may_record_for(user, obligation.bound_ids)),
    )


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
        return duties.for_listing().order_by(*_ORDERS[self.asked.grouping])

    def rows(self, duties=None):
        """Return the ``DutyRow`` of ``duties``, of all when none are given."""
        duties = list(self.ordered() if duties is None else duties)
        if not self.inside:
            return rows_for(duties, self.request)
        known = {pk: self.standings[pk] for pk in self.states}
        note_bound_units(duties)
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
