"""Readers take a text with them: as PDF, DOCX, Markdown, JSON or Akoma Ntoso, whole or in part."""

import hashlib

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from portal.core.documents import document_response
from portal.regulations.documents import CONTENT_TYPES, document_of
from portal.regulations.documents.origin import Origin
from portal.regulations.documents.selection import NoSuchArticle, UnreadableSelection
from portal.regulations.edition_papers import origin_of
from portal.regulations.edition_reading import readable_text
from portal.regulations.models import Edition, RegulationPage
from portal.regulations.outline import text_of
from portal.regulations.snapshots import as_snapshot

SAVED = {"md"}  #: formats that browsers would show as raw text


def regulation_document(request, slug, extension):
    """Answer with the text in force, or with the articles that ``?dieu=`` names."""
    regulation = get_object_or_404(RegulationPage.objects.readable_by(request), slug=slug)
    text = text_of(regulation, request=request)
    return _answer(request, regulation, text, extension, _origin(regulation, text))


def edition_document(request, slug, number, extension):
    """Answer with an edition as it was enacted, without what is closed to the visitor today.

    Who may read all of it gets the PDF that was kept with it.
    """
    regulation = get_object_or_404(RegulationPage.objects.readable_by(request), slug=slug)
    edition = get_object_or_404(Edition, regulation=regulation, number=number)
    edition.regulation = regulation
    whole = edition.text
    text = readable_text(whole, request)
    is_whole = text == whole and not _chosen(request)
    if extension == "pdf" and edition.paper and is_whole:
        return _kept_paper(request, edition)
    return _answer(request, regulation, text, extension, origin_of(edition))


def _kept_paper(request, edition):
    etag = quote_etag(edition.paper_sha256)
    name = document_of(edition.text, "pdf", origin=origin_of(edition)).filename
    response = get_conditional_response(request, etag=etag) or FileResponse(
        edition.paper.open("rb"), content_type="application/pdf", filename=name
    )
    response["ETag"], response["Cache-Control"] = etag, "private, no-cache"
    return response


def _chosen(request):
    """Return what the reader chose of the text, nothing for all of it."""
    return [value for value in request.GET.getlist("dieu") if value.strip()]


def _answer(request, regulation, text, extension, origin):
    if extension not in CONTENT_TYPES:
        raise Http404
    back_url = regulation.get_url(request)
    try:
        document = document_of(text, extension, only=_chosen(request), origin=origin)
    except UnreadableSelection as refusal:
        status = 404 if isinstance(refusal, NoSuchArticle) else 400
        context = {"regulation": regulation, "sentence": str(refusal), "back_url": back_url}
        return render(request, "regulations/document_refused.html", context, status=status)
    if document.content is not None:
        return _file(request, document)
    return document_response(
        request,
        document.source,
        title=document.title,
        filename=document.filename,
        format=document.format,
        back_url=back_url,
    )


def _file(request, document):
    etag = quote_etag(hashlib.sha256(document.content).hexdigest())
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        document.content, content_type=document.content_type
    )
    way = "attachment" if document.extension in SAVED else "inline"
    response["Content-Disposition"] = f'{way}; filename="{document.filename}"'
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


def _origin(regulation, text):
    """Return the edition in force as origin, if its words are exactly ``text``."""
    edition = regulation.editions.on(timezone.localdate())
    if edition is None or edition.snapshot != as_snapshot(text):
        return Origin(slug=regulation.slug, address=regulation.full_url or "")
    edition.regulation = regulation
    return origin_of(edition, is_asked_for=False)
