"""Creating the pages of a long text, or enacting it, in the background."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from portal.core.jobs import JobRefused, job, report_progress
from portal.regulations.importing.actions import CREATE_PAGES, ENACT_TEXT, create_requested_pages
from portal.regulations.importing.enacting import enact_requested
from portal.regulations.importing.rules import CorrectionRefused


@job(CREATE_PAGES)
def create(running):
    """Create the draft pages of an import for the person who asked."""
    report_progress(running, "create_pages", 10)
    try:
        create_requested_pages(running.subject.pk, user=running.requested_by)
    except CorrectionRefused as refusal:
        raise JobRefused(str(refusal)) from refusal
    except PermissionDenied as refusal:
        raise JobRefused(_("You may no longer add regulations.")) from refusal


@job(ENACT_TEXT)
def enact(running):
    """Enact an import as the next edition of its regulation for the person who asked."""
    report_progress(running, "enact_text", 10)
    try:
        enact_requested(running.subject.pk, user=running.requested_by)
    except CorrectionRefused as refusal:
        raise JobRefused(str(refusal)) from refusal
    except PermissionDenied as refusal:
        raise JobRefused(_("You may no longer enact editions.")) from refusal
