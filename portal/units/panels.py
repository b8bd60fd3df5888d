"""What units show on the pages of regulations."""

from portal.core.page_panels import PagePanel, register_panel
from portal.units.models import UnitPage


def _units_of_article(page, request):
    units = (
        UnitPage.objects.readable_by(request)
        .filter(responsibilities__provision__article=page)
        .distinct()
        .order_by("sort_key")
    )
    return {"units": units} if units else None


def register():
    """Show on an article the units that it makes answer for something."""
    register_panel(
        "regulations.ArticlePage",
        PagePanel("units", "units/panels/article_units.html", _units_of_article, order=10),
    )
