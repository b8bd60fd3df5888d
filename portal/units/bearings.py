"""Which article binds which unit: by its own duties, and by those of the kinds it belongs to.

Only the text in force counts, and of it only what the visitor may read.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from portal.regulations.models import ArticlePage, Provision
from portal.units.models import Obligation, UnitPage, UnitResponsibility


@dataclass
class Cell:
    """What an article asks of a unit: ids of provisions, its own and those of its kinds only."""

    own: set = field(default_factory=set)
    through: set = field(default_factory=set)


def named_provisions(asked, request):
    """Return what may be read of the article that ``asked.article`` names, with all below it."""
    provisions = Provision.objects.readable_by(request)
    if asked.regulation:
        provisions = provisions.filter(regulation__slug=asked.regulation)
    if "__" in asked.article:
        return provisions.filter(article__eid=asked.article)
    component = ArticlePage.Component.REGULATION
    return provisions.filter(article__number=asked.article, article__component=component)


def binding_article(asked, request):
    """Return the article that the directory is narrowed to, None when it is to none."""
    if not asked.article:
        return None
    articles = named_provisions(asked, request).filter(kind=Provision.Kind.ARTICLE)
    return articles.select_related("regulation").first()


def bearer_ids(asked, request):
    """Return the ids of the units, and kinds of unit, that the named article itself names."""
    provisions = named_provisions(asked, request).values("pk")
    readable = UnitPage.objects.readable_by(request).values("pk")
    found = set()
    for duties in (UnitResponsibility.objects.all(), Obligation.objects.in_force()):
        rows = duties.filter(provision__in=provisions, unit__in=readable)
        found.update(rows.order_by().values_list("unit_id", flat=True))
    return found


def kinds_of(units, request):
    """Return ``{unit pk: [pk of a kind of unit it belongs to]}`` with one query."""
    readable = UnitPage.objects.readable_by(request).values("pk")
    rows = UnitPage.groups.through.objects.filter(
        from_unitpage__in=[unit.pk for unit in units], to_unitpage__in=readable
    )
    found = defaultdict(list)
    for unit_pk, kind_pk in rows.values_list("from_unitpage_id", "to_unitpage_id"):
        found[unit_pk].append(kind_pk)
    return found


def borne_articles(units, request, regulation=""):
    """Return ``{(unit pk, article page pk): Cell}`` for ``units``, in four queries."""
    kinds = kinds_of(units, request)
    pks = {unit.pk for unit in units}
    named = defaultdict(set)
    for unit_pk, provision_pk, article_pk in _named(pks | _flat(kinds), request, regulation):
        named[unit_pk].add((provision_pk, article_pk))
    cells = defaultdict(Cell)
    for pk in pks:
        for provision, article in named.get(pk, ()):
            cells[pk, article].own.add(provision)
        for kind in kinds.get(pk, ()):
            for provision, article in named.get(kind, ()):
                cells[pk, article].through.add(provision)
    for cell in cells.values():
        cell.through -= cell.own
    return cells


def _flat(kinds):
    return {kind for pks in kinds.values() for kind in pks}


def _named(pks, request, regulation):
    """Yield ``(unit pk, provision pk, article page pk)`` of every duty of these units."""
    provisions = Provision.objects.readable_by(request)
    if regulation:
        provisions = provisions.filter(regulation__slug=regulation)
    for duties in (UnitResponsibility.objects.all(), Obligation.objects.in_force()):
        rows = duties.filter(unit__in=pks, provision__in=provisions.values("pk"))
        yield from rows.order_by().values_list("unit_id", "provision_id", "provision__article_id")


def articles_of(cells, request):
    """Return the articles of these cells, as provisions in the order of the texts."""
    articles = {article for _unit, article in cells}
    return list(
        Provision.objects.readable_by(request)
        .filter(kind=Provision.Kind.ARTICLE, article__in=articles)
        .select_related("regulation")
        .order_by("regulation__title", "regulation", "position")
    )
