"""Publishing a text, keeping its provision index, and keeping it for good."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.core.audit import record
from portal.regulations.actions.corrections import record_publication
from portal.regulations.models import (
    AnnexPage,
    ArticlePage,
    DivisionPage,
    EditionChange,
    RegulationPage,
)
from portal.regulations.outline import regulation_pages
from portal.regulations.provisions import rebuild_provisions
from portal.regulations.signals import index_paused


class EverPublished(PermissionDenied):
    """A legal text that was ever published cannot be deleted, only archived."""


@transaction.atomic
def publish_regulation(regulation, *, user):
    """Publish the regulation and every page below it as they stand, and index its provisions."""
    with index_paused():
        for page in [regulation, *regulation_pages(regulation, live_only=False)]:
            revision = page.get_latest_revision() or page.save_revision(user=user)
            revision.publish(user=user)
    regulation.refresh_from_db()
    rebuild_provisions(regulation)
    record_publication(regulation, user=user, reason=_("Published with the whole regulation."))
    record("regulations.publish", regulation, user=user)
    return regulation


def refuse_deleting_published_text(page):
    """Raise ``EverPublished`` when ``page`` holds legal text that was ever published."""
    legal = (RegulationPage, DivisionPage, ArticlePage, AnnexPage)
    tree = Page.objects.descendant_of(page, inclusive=True)
    if tree.filter(first_published_at__isnull=False).type(*legal).exists():
        raise EverPublished(
            _("A legal text that was published cannot be deleted. Unpublish (archive) it instead.")
        )
    if EditionChange.objects.filter(page__in=tree).exists():
        raise EverPublished(_("An edition was enacted with these words; they cannot be deleted."))
