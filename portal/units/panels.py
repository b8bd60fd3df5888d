"""What units show on the pages of regulations."""

from portal.core.page_panels import PagePanel, register_panel
from portal.units.models import Obligation, UnitPage


def _units_of_article(page, request):
    """Return the units that answer for something, and the duties kept as data."""
    readable = UnitPage.objects.readable_by(request)
    units = (
        readable.filter(responsibilities__provision__article=page).distinct().order_by("sort_key")
    )
    duties = (
        Obligation.objects.in_force()
        .filter(provision__article=page, unit__in=readable.values("pk"))
        .select_related("unit", "provision")
        .order_by("provision__position", "unit__sort_key")
    )
    context = {"units": list(units), "duties": list(duties)}
    return context if any(context.values()) else None


def register():
    """Show on an article the units that it makes answer for something."""
    register_panel(
        "regulations.ArticlePage",
        PagePanel("units", "units/panels/article_units.html", _units_of_article, order=10),
    )
