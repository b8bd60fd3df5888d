"""Documents for machines: what there is of a text, and the text as Akoma Ntoso."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema

from portal.regulations import document_views
from portal.regulations.documents import CONTENT_TYPES
from portal.regulations.models import RegulationPage

router = Router(tags=["quy-che"])


class DocumentOut(Schema):
    extension: str
    content_type: str
    url: str


@router.get(
    "{slug}/van-ban/",
    response=list[DocumentOut],
    summary=_("Addresses of the text in every format; ?dieu=5 and ?dieu=7-9 choose articles"),
)
def list_documents(request, slug: str, edition: int | None = None):
    regulation = get_object_or_404(RegulationPage.objects.readable_by(request), slug=slug)
    if edition is not None:
        get_object_or_404(regulation.editions, number=edition)
    return [
        {
            "extension": extension,
            "content_type": content_type,
            "url": request.build_absolute_uri(_address(slug, edition, extension)),
        }
        for extension, content_type in CONTENT_TYPES.items()
    ]


def _address(slug, edition, extension):
    if edition is None:
        return reverse("regulation_document", args=[slug, extension])
    return reverse("edition_document", args=[slug, edition, extension])


@router.get(
    "{slug}/akoma-ntoso/",
    summary=_("The text, or an edition of it, as Akoma Ntoso 3.0 (XML)"),
    openapi_extra={"responses": {200: {"content": {CONTENT_TYPES["xml"]: {}}}}},
)
def get_akoma_ntoso(request, slug: str, edition: int | None = None):
    if edition is None:
        return document_views.regulation_document(request, slug, "xml")
    return document_views.edition_document(request, slug, edition, "xml")
