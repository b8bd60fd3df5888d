"""Files made from a source text: rendered once per content, in the worker, kept by its hash."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import FileResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django_tasks import task

from portal.core.document_formats import PDF, format_named
from portal.core.models.document import RenderedDocument

#: The word in an address that asks for a failed document once more.
RETRY = "thu-lai"
#: So many documents may wait for the worker; whoever asks for one more is asked to come back.
MOST_WAITING = 60
#: A document that nobody asks for is removed after so many days: it can be made again.
DAYS_KEPT = 60


class TooManyWaiting(Exception):
    """The worker has enough to do; ask again in a few minutes."""


def content_hash(source, format=PDF.name):
    """Return the key under which the file of ``source`` is kept."""
    made = format_named(format)
    parts = (made.name, made.version(), source)
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def request_document(source, *, title, format=PDF.name, retry=False):
    """Return the document of ``source``: ready, failed, or waiting for the worker.

    A failed one is tried again only when ``retry`` is set. Raise ``TooManyWaiting`` when the
    document would have to be made and too many wait already.
    """
    key = content_hash(source, format)
    with transaction.atomic():
        document = RenderedDocument.objects.select_for_update().filter(content_hash=key).first()
        if document is None:
            document, must_render = _new_document(key, source, title, format)
        else:
            must_render = retry and document.status == RenderedDocument.Status.FAILED
        if must_render:
            transaction.on_commit(lambda: render_document.enqueue(document.pk))
        _note_asked(document, source if must_render else None)
    document.refresh_from_db()
    return document


def _new_document(key, source, title, format):
    waiting = RenderedDocument.objects.filter(status=RenderedDocument.Status.WAITING)
    if waiting.count() >= MOST_WAITING:
        raise TooManyWaiting
    values = {"title": title[:255], "source": source, "format": format}
    return RenderedDocument.objects.get_or_create(content_hash=key, defaults=values)


def _note_asked(document, source):
    """Keep the day, and with ``source`` let the document wait for the worker again."""
    today = timezone.localdate()
    if source is not None:
        document.status, document.source = RenderedDocument.Status.WAITING, source
        document.requested_at, document.last_asked_on = timezone.now(), today
        document.save(update_fields=["status", "source", "requested_at", "last_asked_on"])
    elif document.last_asked_on != today:
        document.last_asked_on = today
        document.save(update_fields=["last_asked_on"])


@task(backend="worker")
def render_document(pk):
    """Render one waiting document; a ready one is left as it is."""
    document = RenderedDocument.objects.get(pk=pk)
    if document.status == RenderedDocument.Status.READY:
        return
    try:
        made = format_named(document.format)
        content, pages = made.render(document.source)
        name = f"{document.content_hash}.{made.extension}"
        document.file.save(name, ContentFile(content), save=False)
    except Exception as fault:
        document.status, document.error = RenderedDocument.Status.FAILED, repr(fault)
        document.save(update_fields=["status", "error"])
        raise
    document.status, document.page_count = RenderedDocument.Status.READY, pages
    document.finished_at, document.source, document.error = timezone.now(), "", ""
    document.save()


def fail_lost_documents(now=None):
    """Fail the documents whose worker is gone, so that they can be asked for again."""
    limit = (now or timezone.now()) - timedelta(minutes=settings.PORTAL_JOB_TIMEOUT_MINUTES)
    return RenderedDocument.objects.filter(
        status=RenderedDocument.Status.WAITING, requested_at__lt=limit
    ).update(status=RenderedDocument.Status.FAILED, error="lost by the worker")


def forget_unused_documents(today=None):
    """Remove the documents that nobody asked for in a long time; return how many."""
    limit = (today or timezone.localdate()) - timedelta(days=DAYS_KEPT)
    unused = RenderedDocument.objects.filter(last_asked_on__lt=limit)
    unused = unused.exclude(status=RenderedDocument.Status.WAITING)
    for document in unused:
        document.delete()
        if document.file:
            document.file.delete(save=False)
    return len(unused)


def document_response(request, source, *, title, filename, format=PDF.name, back_url=""):
    """Answer with the file of ``source``, or with a page that waits for it and says so.

    ``back_url`` is where the waiting page leads back to, when the file is saved and not shown.
    """
    try:
        document = request_document(source, title=title, format=format, retry=RETRY in request.GET)
    except TooManyWaiting:
        return _busy(request, title)
    if document.status != RenderedDocument.Status.READY:
        return _waiting(request, document, back_url)
    made = format_named(document.format)
    etag = quote_etag(document.content_hash)
    response = get_conditional_response(request, etag=etag) or FileResponse(
        document.file.open("rb"),
        content_type=made.content_type,
        filename=filename,
        as_attachment=not made.opens_in_browser,
    )
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


def _waiting(request, document, back_url):
    context = {
        "document": document,
        "made": format_named(document.format),
        "retry_url": _address(request, **{RETRY: "1"}),
        "back_url": back_url,
    }
    response = render(request, "core/document_waiting.html", context, status=202)
    if document.status == RenderedDocument.Status.WAITING:
        # Not the retry's own address: a failure would be tried again without end.
        response["Refresh"] = f"2; url={_address(request)}"
    response["Cache-Control"] = "private, no-store"
    return response


def _busy(request, title):
    response = render(request, "core/document_busy.html", {"document_title": title}, status=503)
    response["Retry-After"] = "60"
    response["Cache-Control"] = "private, no-store"
    return response


def _address(request, **more):
    query = request.GET.copy()
    query.pop(RETRY, None)
    query.update(more)
    return f"{request.path}?{query.urlencode()}" if query else request.path
