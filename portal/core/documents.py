"""HTML to PDF: rendered once per content, in the worker, with the world shut out."""

import hashlib
from functools import cache

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
            document.save(update_fields=["status", "html"])
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
    except Exception as fault:
        document.status, document.error = RenderedDocument.Status.FAILED, repr(fault)
        document.save(update_fields=["status", "error"])
        raise
    document.file.save(f"{document.content_hash}.pdf", ContentFile(pdf), save=False)
    document.status, document.page_count = RenderedDocument.Status.READY, pages
    document.finished_at, document.html, document.error = timezone.now(), "", ""
    document.save()


def document_response(request, html, *, title, filename):
    """Answer with the PDF of ``html``, or with a page that waits for it and says so."""
    document = request_document(html, title=title, retry="thu-lai" in request.GET)
    if document.status == RenderedDocument.Status.READY:
        response = FileResponse(
            document.file.open("rb"), content_type="application/pdf", filename=filename
        )
    else:
        response = render(request, "core/document_waiting.html", {"document": document}, status=202)
        if document.status == RenderedDocument.Status.WAITING:
            response["Refresh"] = "2"
    response["Cache-Control"] = "private, no-store"
    return response
