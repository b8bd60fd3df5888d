"""The directory as readers look through it: as a tree, by letter, by kind, by level, by article.

Every view shows the same units, narrowed by what the query string asks for; nothing is asked of
the database for each unit, so that five units and five hundred cost the same.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.text import initial
from portal.regulations.models import Provision
from portal.units.as_of import as_of
from portal.units.bearings import articles_of, binding_article, borne_articles
from portal.units.filters import DirectoryQuery
from portal.units.models import UnitPage

#: Lines on a page of the flat lists, and articles on a page of the list by Điều.
PAGE_SIZE, ARTICLES_ON_A_PAGE = 150, 40
#: A tree with more units than this is folded below its first level.
OPEN_TREE = 60
VIEWS = {
    "cay": gettext_lazy("Tree"),
    "a-z": gettext_lazy("A to Z"),
    "loai": gettext_lazy("By kind"),
    "cap": gettext_lazy("By level"),
    "dieu": gettext_lazy("By article"),
}


@dataclass
class Branch:
    """A unit with those that are part of it."""

    unit: UnitPage
    below: list = field(default_factory=list)


def units_on_show(request, on=None):
    """Return the units that exist on a day, today when none is given, as far as readable."""
    return UnitPage.objects.readable_by(request).existing(on or timezone.localdate())


def directory_context(index, request):
    """Return what the page of the directory shows for the query string of ``request``."""
    asked, day = DirectoryQuery.from_request(request), as_of(request)
    everything = units_on_show(request, day.day).child_of(index)
    narrowed = asked.narrow(everything, request)
    view = asked.view if asked.view in VIEWS else ("a-z" if asked.words else "cay")
    units = with_lines(narrowed, request)
    return {
        "asked": asked,
        "as_of": day,
        "ended": UnitPage.objects.child_of(index)
        .readable_by(request)
        .ended(day.day)
        .order_by("sort_key"),
        "view": view,
        "views": [(key, label, key == view) for key, label in VIEWS.items()],
        "choices": choices_of(everything),
        "chosen_article": binding_article(asked, request),
        "is_empty": not everything.exists(),
        **_SHOWN[view](units, request, asked),
        "namesakes": namesakes_of(everything),
    }


def with_lines(units, request):
    """Load what a line of the directory says of each unit, in Vietnamese order."""
    open_text = Provision.objects.readable_by(request).values("pk")
    counted = Q(responsibilities__provision=None) | Q(responsibilities__provision__in=open_text)
    parents = Prefetch("parent_unit", queryset=UnitPage.objects.readable_by(request))
    return (
        units.annotate(duty_count=Count("responsibilities", filter=counted, distinct=True))
        .prefetch_related(parents)
        .order_by("sort_key", "code")
    )


def choices_of(units):
    """Return by what the units can be narrowed: only what some unit has."""
    kinds = set(units.order_by().values_list("kind", flat=True).distinct())
    levels = set(units.order_by().values_list("level", flat=True).distinct())
    groups = UnitPage.objects.filter(member_units__in=units.values("pk"), pk__in=units.values("pk"))
    return {
        "kinds": [each for each in UnitPage.Kind.choices if each[0] in kinds],
        "levels": [each for each in UnitPage.Level.choices if each[0] in levels],
        "groups": list(groups.order_by("sort_key").values_list("code", "title").distinct()),
    }


def namesakes_of(units):
    """Return the sort keys of the names that several units bear."""
    rows = units.order_by().values("sort_key").annotate(bearers=Count("pk"))
    return set(rows.filter(bearers__gt=1).values_list("sort_key", flat=True))


def _as_tree(units, request, asked):
    """Return the branches of the units, and the kinds of unit beside them."""
    branches = {unit.pk: Branch(unit) for unit in units}
    roots, kinds = [], []
    for branch in branches.values():
        if branch.unit.is_group:
            kinds.append(branch.unit)
            continue
        above = branches.get(branch.unit.parent_unit_id)
        (above.below if above and not above.unit.is_group else roots).append(branch)
    for below in (roots, *(branch.below for branch in branches.values())):
        below.sort(key=lambda branch: (_rank(branch.unit), branch.unit.sort_key))
    members = UnitPage.objects.filter(pk__in=branches, groups__in=kinds)
    counts = dict(members.order_by().values_list("groups").annotate(Count("pk")))
    return {
        "roots": roots,
        "kinds": [(kind, counts.get(kind.pk, 0)) for kind in kinds],
        "is_open": len(branches) <= OPEN_TREE,
        "total": len(branches),
    }


def _rank(unit):
    """Return where the unit's kind stands in the order of kinds: authorities come first."""
    return UnitPage.Kind.values.index(unit.kind) if unit.kind in UnitPage.Kind.values else 99


def _by_letter(units, request, asked):
    titles = units.order_by().values_list("title", "sort_key")
    letters = [initial(title) for title, _key in sorted(titles, key=lambda row: row[1])]
    letters = list(dict.fromkeys(letters))
    shown = units.filter(pk__in=_ids_with_initial(units, asked.letter)) if asked.letter else units
    page = Paginator(shown, PAGE_SIZE).get_page(asked.page)
    return {
        **_sections(page, lambda unit: initial(unit.title), lambda unit: initial(unit.title)),
        "letters": letters,
        "leads_within_page": not asked.letter and not page.has_other_pages(),
    }


def _ids_with_initial(units, letter):
    rows = units.order_by().values_list("pk", "title")
    return [pk for pk, title in rows if initial(title) == letter]


def _by_kind(units, request, asked):
    return _by_choice(units, asked, "kind", UnitPage.Kind)


def _by_level(units, request, asked):
    return _by_choice(units, asked, "level", UnitPage.Level)


def _by_choice(units, asked, name, choices):
    order = {value: place for place, value in enumerate(choices.values)}
    ordered = sorted(units, key=lambda unit: order.get(getattr(unit, name), len(order)))
    page = Paginator(ordered, PAGE_SIZE).get_page(asked.page)
    return _sections(
        page,
        lambda unit: getattr(unit, name),
        lambda unit: getattr(unit, f"get_{name}_display")() or _("Level not stated"),
    )


def _sections(page, key, heading):
    """Return the units of ``page`` in sections: ``[(anchor, heading, units)]``."""
    sections = []
    for _value, members in groupby(page.object_list, key):
        members = list(members)
        sections.append((f"nhom-{len(sections) + 1}", heading(members[0]), members))
    return {"page_obj": page, "sections": sections, "total": page.paginator.count}


def _by_article(units, request, asked):
    """Return ``[(article, units, number of units bound through kinds)]``, as the texts go."""
    units = list(units)
    by_pk = {unit.pk: unit for unit in units}
    borne = borne_articles(units, request)
    page = Paginator(articles_of(borne, request), ARTICLES_ON_A_PAGE).get_page(asked.page)
    bearers, through = defaultdict(list), defaultdict(int)
    for (unit_pk, article_pk), cell in borne.items():
        if cell.own:
            bearers[article_pk].append(by_pk[unit_pk])
        else:
            through[article_pk] += 1
    rows = [
        (
            article,
            sorted(bearers[article.article_id], key=lambda unit: unit.sort_key),
            through[article.article_id],
        )
        for article in page.object_list
    ]
    return {"page_obj": page, "articles": rows, "total": len(units)}


_SHOWN = {
    "cay": _as_tree,
    "a-z": _by_letter,
    "loai": _by_kind,
    "cap": _by_level,
    "dieu": _by_article,
}
