"""What a reader finds of regulations: provisions, each leading to its own address."""

from django.utils.translation import gettext_lazy as _

from portal.core.search_sources import SearchHit, SearchSource, register_source
from portal.regulations.models import Provision


def _provisions(request):
    return Provision.objects.readable_by(request).select_related("regulation", "article")


def _hits(provisions, request):
    return [
        SearchHit(
            title=provision.article.title
            if provision.kind == Provision.Kind.ARTICLE
            else f"{provision.label[0].upper()}{provision.label[1:]}",
            url=provision.url,
            context=provision.regulation.title,
            text=provision.text or provision.heading,
        )
        for provision in provisions
    ]


def register():
    """Make the provisions findable."""
    register_source(SearchSource("dieu-khoan", _("Provisions"), _provisions, _hits, order=10))
