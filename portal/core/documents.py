"""HTML to PDF: rendered once per content, in the worker, with the world shut out."""

import hashlib
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import FileResponse
from django.shortcuts import render
from django.utils import timezone
from django_tasks import task
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from portal.core.models.document import RenderedDocument

#: Raise it when the renderer changes in a way that must show in documents made before.
RENDERER_VERSION = "1"
#: The word in an address that asks for a failed document once more.
RETRY = "thu-lai"


@cache
def paper_css():
    """Return the style sheet of paper as text."""
    with open(finders.find("portal/css/paper.css"), encoding="utf-8") as sheet:
        return sheet.read()


def content_hash(html):
    """Return the key under which the PDF of ``html`` is kept."""
    parts = (RENDERER_VERSION, paper_css(), html)
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()


def render_pdf(html):
    """Return ``(pdf bytes, page count)``; nothing but ``data:`` addresses is fetched."""
    fonts = FontConfiguration()
    fetcher = URLFetcher(allowed_protocols={"data"})
    document = HTML(string=html, url_fetcher=fetcher).render(
        stylesheets=[CSS(string=paper_css(), font_config=fonts, url_fetcher=fetcher)],
        font_config=fonts,
    )
    return document.write_pdf(pdf_variant="pdf/ua-1"), len(document.pages)


def request_document(html, *, title, retry=False):
    """Return the document of ``html``: ready, failed, or waiting for the worker.

    A failed one is tried again only when ``retry`` is set.
    """
    key = content_hash(html)
    with transaction.atomic():
        document, created = RenderedDocument.objects.select_for_update().get_or_create(
            content_hash=key, defaults={"title": title[:255], "html": html}
        )
        if retry and document.status == RenderedDocument.Status.FAILED:
            document.status, document.html, created = RenderedDocument.Status.WAITING, html, True
            document.requested_at = timezone.now()
            document.save(update_fields=["status", "html", "requested_at"])
        if created:
            transaction.on_commit(lambda: render_document.enqueue(document.pk))
    document.refresh_from_db()
    return document


@task(backend="worker")
def render_document(pk):
    """Render one waiting document; a ready one is left as it is."""
    document = RenderedDocument.objects.get(pk=pk)
    if document.status == RenderedDocument.Status.READY:
        return
    try:
        pdf, pages = render_pdf(document.html)
        document.file.save(f"{document.content_hash}.pdf", ContentFile(pdf), save=False)
    except Exception as fault:
        document.status, document.error = RenderedDocument.Status.FAILED, repr(fault)
        document.save(update_fields=["status", "error"])
        raise
    document.status, document.page_count = RenderedDocument.Status.READY, pages
    document.finished_at, document.html, document.error = timezone.now(), "", ""
    document.save()


def fail_lost_documents(now=None):
    """Fail the documents whose worker is gone, so that they can be asked for again."""
    limit = (now or timezone.now()) - timedelta(minutes=settings.PORTAL_JOB_TIMEOUT_MINUTES)
    return RenderedDocument.objects.filter(
        status=RenderedDocument.Status.WAITING, requested_at__lt=limit
    ).update(status=RenderedDocument.Status.FAILED, error="lost by the worker")


def document_response(request, html, *, title, filename):
    """Answer with the PDF of ``html``, or with a page that waits for it and says so."""
    document = request_document(html, title=title, retry=RETRY in request.GET)
    if document.status == RenderedDocument.Status.READY:
        response = FileResponse(
            document.file.open("rb"), content_type="application/pdf", filename=filename
        )
    else:
        context = {"document": document, "retry_url": _address(request, **{RETRY: "1"})}
        response = render(request, "core/document_waiting.html", context, status=202)
        if document.status == RenderedDocument.Status.WAITING:
            # Not the retry's own address: a failure would be tried again without end.
            response["Refresh"] = f"2; url={_address(request)}"
    response["Cache-Control"] = "private, no-store"
    return response


def _address(request, **more):
    query = request.GET.copy()
    query.pop(RETRY, None)
    query.update(more)
    return f"{request.path}?{query.urlencode()}" if query else request.path
