"""The paper of an edition: made once from its snapshot, kept with its hash."""

import hashlib

from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.utils import translation

from portal.core.documents import request_document
from portal.core.models.document import RenderedDocument
from portal.regulations.models import Edition


def edition_html(edition, text):
    """Return the paper of an edition as HTML; ``text`` is what its reader may see of it."""
    with translation.override("vi"):
        return render_to_string(
            "regulations/edition_pdf.html",
            {"regulation": edition.regulation, "edition": edition, "text": text},
        )


def edition_title(edition):
    """Return what the paper is called."""
    return f"{edition.regulation.title} ({edition.number})"


def keep_papers():
    """Ask for the papers that are missing and keep those that are ready; return how many."""
    missing = Edition.objects.standing().filter(paper="").select_related("regulation")
    return sum(keep_paper(edition) for edition in missing.order_by("pk"))


def keep_paper(edition):
    """Keep the paper of an edition if it is ready; ask for it if nobody did."""
    document = request_document(edition_html(edition, edition.text), title=edition_title(edition))
    if document.status != RenderedDocument.Status.READY:
        return False
    with document.file.open("rb") as file:
        content = file.read()
    edition.paper.save(f"{edition.seal}.pdf", ContentFile(content), save=False)
    edition.paper_sha256 = hashlib.sha256(content).hexdigest()
    edition.save(update_fields=["paper", "paper_sha256"])
    return True
