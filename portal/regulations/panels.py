"""What regulations show on their own articles: where other provisions cite them."""

from portal.core.page_panels import PagePanel, register_panel
from portal.regulations.models import CrossReference, Provision


def _cited_at(page, request):
    """Return the provisions that lead here, as far as the visitor may read them."""
    references = CrossReference.objects.leading().to_article(page)
    sources = (
        Provision.objects.readable_by(request)
        .filter(pk__in=references.values("source"))
        .select_related("regulation")
        .order_by("regulation", "position")
    )
    found = list(sources)
    return {"sources": found} if found else None


def register():
    """Show on an article where it is cited."""
    register_panel(
        "regulations.ArticlePage",
        PagePanel("cited-at", "regulations/panels/cited_at.html", _cited_at, order=60),
    )
