"""What units show on the pages of regulations, and of duties on their own."""

from portal.core.page_panels import PagePanel, register_panel
from portal.units.as_of import last_day_on_show
from portal.units.duties.rows import rows_for
from portal.units.models import DutyListPage, Obligation, UnitPage

#: So many duties are shown on a page; the living list has the rest.
SHOWN = 30


def _units_of_article(page, request):
    """Return the units that answer for something, and the duties kept as data."""
    readable = UnitPage.objects.readable_by(request)
    units = (
        readable.filter(responsibilities__provision__article=page).distinct().order_by("sort_key")
    )
    duties = _readable(request).filter(provision__article=page)
    duties = duties.order_by("provision__position", "unit__sort_key", "pk")
    context = {"units": list(units), **_shown(duties, request, f"dieu={page.pk}")}
    return context if context["units"] or context["rows"] else None


def _duties_of_unit(page, request):
    """Return what the unit owes: its own duties, and those of the kinds it belongs to."""
    day = last_day_on_show(page, request)
    if page.is_group:
        duties = _readable(request, day).filter(unit=page)
    else:
        bound = Obligation.objects.binding([page]).values("pk")
        duties = _readable(request, day).filter(pk__in=bound)
    duties = duties.order_by("provision__regulation__title", "provision__position", "pk")
    context = _shown(duties, request, f"don-vi={page.code}")
    return context if context["rows"] else None


def _readable(request, day=None):
    return Obligation.objects.readable_by(request).in_force(day).for_listing(request)


def _shown(duties, request, query):
    found = list(duties[: SHOWN + 1])
    index = DutyListPage.objects.readable_by(request).first() if found else None
    return {
        "rows": rows_for(found[:SHOWN], request),
        "more": len(found) > SHOWN,
        "list_url": f"{index.get_url(request)}?{query}" if index else "",
    }


def register():
    """Show duties on articles and units, and on an article the units that answer for it."""
    register_panel(
        "regulations.ArticlePage",
        PagePanel("units", "units/panels/article_units.html", _units_of_article, order=10),
    )
    register_panel(
        "units.UnitPage",
        PagePanel("duties", "units/panels/unit_duties.html", _duties_of_unit, order=10),
    )
