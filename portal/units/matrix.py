"""Units × responsibilities: which article, and which kinds of duty, bind which unit.

One table in two readings: by article (a cell counts the khoản and điểm that give the unit
something to do) and by kind of duty (a cell says how often). The page, the workbook and the
paper show the same cells, and none of what the visitor may not read.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from portal.regulations.models import RegulationPage
from portal.units.bearings import Cell, articles_of, borne_articles, kinds_of
from portal.units.directory import units_on_show
from portal.units.filters import DirectoryQuery, asked_text
from portal.units.models import Obligation, UnitPage
from portal.units.reading import anchor_of

READINGS = {"dieu": _("By article"), "nghia-vu": _("By kind of duty")}


@dataclass
class Matrix:
    """A table: ``columns`` are articles or kinds of duty, ``rows`` the units with their cells."""

    reading: str
    asked: DirectoryQuery
    columns: list = field(default_factory=list)
    rows: list = field(default_factory=list)  #: ``[(unit, [cell or None])]``


@dataclass(frozen=True)
class CountCell:
    """How many provisions of an article bind the unit: its own and, if none, its kinds'."""

    count: int
    through_kind: bool
    anchor: str = ""


@dataclass(frozen=True)
class RhythmCell:
    """How often the unit owes duties of a kind; ``rhythms`` are words without repetition."""

    count: int
    through_kind: bool
    rhythms: tuple


def matrix_units(asked, request):
    """Return the units of the rows: authorities first, then by kind and in Vietnamese order."""
    units = asked.narrow(units_on_show(request), request)
    ranks = {value: place for place, value in enumerate(UnitPage.Kind.values)}
    return sorted(
        units, key=lambda unit: (unit.is_group, ranks.get(unit.kind, 99), unit.sort_key, unit.code)
    )


def matrix_of(request):
    """Return the ``Matrix`` that the query string of ``request`` asks for."""
    asked, reading = DirectoryQuery.from_request(request), asked_text(request, "kieu")
    reading = reading if reading in READINGS else "dieu"
    return matrix_by(reading, asked, matrix_units(asked, request), request)


def matrix_by(reading, asked, units, request):
    """Return the ``Matrix`` of these units in one of the ``READINGS``."""
    build = _by_article if reading == "dieu" else _by_duty
    columns, rows = build(units, request, asked)
    return Matrix(reading, asked, columns, rows)


def _by_article(units, request, asked):
    cells = borne_articles(units, request, asked.regulation)
    articles = articles_of(cells, request)
    rows = [(unit, [_count_cell(unit, article, cells) for article in articles]) for unit in units]
    return articles, rows


def _count_cell(unit, article, cells):
    cell = cells.get((unit.pk, article.article_id), Cell())
    if not cell.own and not cell.through:
        return None
    through = not cell.own
    return CountCell(
        len(cell.own) + len(cell.through), through, "" if through else anchor_of(unit, article)
    )


def _by_duty(units, request, asked):
    owed = defaultdict(list)
    for unit, duty, kind in owed_duties(units, request, asked.regulation):
        owed[unit.pk, duty.kind].append((duty, kind))
    present = {kind for _unit, kind in owed}
    columns = [(value, label) for value, label in Obligation.Kind.choices if value in present]
    rows = [
        (unit, [_rhythm_cell(owed.get((unit.pk, value))) for value, _label in columns])
        for unit in units
    ]
    return columns, rows


def _rhythm_cell(owed):
    if not owed:
        return None
    rhythms = dict.fromkeys(str(duty.get_cadence_display()) for duty, _kind in owed)
    return RhythmCell(len(owed), all(kind for _duty, kind in owed), tuple(rhythms))


def owed_duties(units, request, regulation=""):
    """Yield ``(unit, obligation, kind or None)``: the duties in force that may be read."""
    kinds = kinds_of(units, request)
    bearers = {unit.pk for unit in units} | {kind for pks in kinds.values() for kind in pks}
    duties = (
        Obligation.objects.in_force()
        .readable_by(request)
        .filter(unit__in=bearers)
        .select_related("unit", "provision__regulation")
        .prefetch_related(Prefetch("counterparts", queryset=UnitPage.objects.readable_by(request)))
        .order_by("provision__regulation", "provision__position", "pk")
    )
    if regulation:
        duties = duties.filter(provision__regulation__slug=regulation)
    by_bearer = defaultdict(list)
    for duty in duties:
        by_bearer[duty.unit_id].append(duty)
    for unit in units:
        for bearer in (unit.pk, *kinds.get(unit.pk, ())):
            for duty in by_bearer[bearer]:
                yield unit, duty, duty.unit if bearer != unit.pk else None


def regulations_to_choose(request):
    """Return ``[(slug, name)]`` of the texts that a visitor may choose between."""
    rows = RegulationPage.objects.readable_by(request).order_by("title")
    return [
        (row.slug, row.short_title or row.title)
        for row in rows.only("slug", "title", "short_title")
    ]
