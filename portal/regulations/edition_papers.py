"""The paper of an edition: made once from its snapshot, kept with its hash."""

import hashlib
import logging

from django.core.files.base import ContentFile

from portal.core.documents import TooManyWaiting, request_document
from portal.core.models.document import RenderedDocument
from portal.regulations.documents import document_of
from portal.regulations.documents.origin import Origin
from portal.regulations.models import Edition

logger = logging.getLogger(__name__)


def origin_of(edition, *, is_asked_for=True):
    """Return where the words of an edition come from, as its documents say it."""
    regulation = edition.regulation
    return Origin(
        slug=regulation.slug,
        address=regulation.full_url or "",
        edition_number=edition.number,
        effective_on=edition.effective_on.isoformat(),
        enacted_by=edition.decision_number,
        sha256=edition.sha256,
        is_asked_for=is_asked_for,
    )


def keep_papers():
    """Ask for the papers that are missing and keep those that are ready; return how many.

    Where the worker has enough to do, the rest waits for the next time.
    """
    missing = Edition.objects.standing().filter(paper="").select_related("regulation")
    kept = 0
    try:
        for edition in missing.order_by("pk"):
            kept += keep_paper(edition)
    except TooManyWaiting:
        logger.info("The worker is busy; papers of editions are asked for again later")
    return kept


def keep_paper(edition):
    """Keep the paper of an edition if it is ready; ask for it if nobody did."""
    paper = document_of(edition.text, "pdf", origin=origin_of(edition))
    document = request_document(paper.source, title=paper.title)
    if document.status != RenderedDocument.Status.READY:
        return False
    with document.file.open("rb") as file:
        content = file.read()
    edition.paper.save(f"{edition.seal}.pdf", ContentFile(content), save=False)
    edition.paper_sha256 = hashlib.sha256(content).hexdigest()
    edition.save(update_fields=["paper", "paper_sha256"])
    return True
