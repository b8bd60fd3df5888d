"""Readers take a text with them: as PDF, DOCX, Markdown, JSON or Akoma Ntoso, whole or in part."""

import hashlib

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from wagtail.models import Page

from portal.core.documents import document_response
from portal.core.models.page import may_read
from portal.regulations.documents import CONTENT_TYPES, document_of
from portal.regulations.documents.origin import Origin
from portal.regulations.documents.selection import NoSuchArticle, UnreadableSelection
from portal.regulations.models import Edition, RegulationPage
from portal.regulations.outline import text_of
from portal.regulations.snapshots import as_snapshot, from_snapshot

SAVED = {"md"}  #: formats that browsers would show as raw text


def regulation_document(request, slug, extension):
    """Answer with the text in force, or with the articles that ``?dieu=`` names."""
    regulation = get_object_or_404(RegulationPage.objects.readable_by(request), slug=slug)
    text = text_of(regulation, request=request)
    edition = _edition_that_is(text, regulation)
    return _answer(request, regulation, text, extension, _origin(request, regulation, edition))


def edition_document(request, slug, number, extension):
    """Answer with an edition as it was enacted, without what is closed to the visitor today."""
    regulation = get_object_or_404(RegulationPage.objects.readable_by(request), slug=slug)
    edition = get_object_or_404(Edition, regulation=regulation, number=number)
    text = _readable_part(from_snapshot(edition.snapshot), regulation, request)
    origin = _origin(request, regulation, edition, is_asked_for=True)
    return _answer(request, regulation, text, extension, origin)


def _answer(request, regulation, text, extension, origin):
    if extension not in CONTENT_TYPES:
        raise Http404
    back_url = regulation.get_url(request)
    only = [value for value in request.GET.getlist("dieu") if value.strip()]
    try:
        document = document_of(text, extension, only=only, origin=origin)
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


def _edition_that_is(text, regulation):
    """Return the edition in force whose words are exactly ``text``, if there is one."""
    today = timezone.localdate()
    edition = regulation.editions.filter(effective_on__lte=today).order_by("number").last()
    return edition if edition and edition.snapshot == as_snapshot(text) else None


def _origin(request, regulation, edition, *, is_asked_for=False):
    address = regulation.get_full_url(request) or ""
    if edition is None:
        return Origin(slug=regulation.slug, address=address)
    return Origin(
        slug=regulation.slug,
        address=address,
        edition_number=edition.number,
        effective_on=edition.effective_on.isoformat(),
        enacted_by=edition.decision_number,
        sha256=edition.sha256,
        is_asked_for=is_asked_for,
    )


def _readable_part(text, regulation, request):
    """Return the text without the parts whose pages are closed to the visitor."""
    pages = Page.objects.descendant_of(regulation)
    closed = {str(page.pk) for page in pages if not may_read(page, request)}
    if not closed:
        return text
    # A part without identity comes from before identities were kept: nobody can tell its page.
    return text.only({part.id for part in text.parts if part.id} - closed)
