"""Keeps provisions and editions in step with pages that are published, archived or moved alone."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, TaskState
from wagtail.signals import page_published, page_unpublished, post_page_move

from portal.regulations.actions import rebuild_provisions, record_publication
from portal.regulations.models import AnnexPage, ArticlePage, DivisionPage, RegulationPage
from portal.regulations.reading import rebuild_reading
from portal.regulations.signals import is_paused, provisions_rebuilt

PAGES_OF_TEXT = (RegulationPage, DivisionPage, ArticlePage, AnnexPage)


def _regulation_of(page):
    found = RegulationPage.objects.ancestor_of(page, inclusive=True)
    return found.order_by("depth").last()


def _follow(regulation, *, revision=None, reason=""):
    """Bring the index in line with the pages and write down what changed, and who changed it."""
    if regulation is None or is_paused():
        return
    user = get_active_log_context().user or (revision.user if revision else None)
    rebuild_provisions(regulation)
    # The record is Vietnamese, whatever language the editor's screen speaks.
    with translation.override("vi"):
        record_publication(regulation, user=user, revision=revision, reason=str(reason))


def _published(sender, instance, revision=None, **kwargs):
    if not is_paused():
        reason = _words_of_approval(revision) or _("Published alone.")
        _follow(_regulation_of(instance), revision=revision, reason=reason)


def _words_of_approval(revision):
    """Return what the last person who approved these words in a workflow said."""
    if revision is None:
        return ""
    approved = TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED)
    last = approved.order_by("pk").last()
    return last.comment if last else ""


def _unpublished(sender, instance, **kwargs):
    if not is_paused():
        _follow(_regulation_of(instance), reason=_("Archived alone."))


def _moved(sender, instance, parent_page_before, parent_page_after, **kwargs):
    """Look at the regulation that the page came from as well as at the one it went to."""
    if is_paused():
        return
    touched = {}
    for parent in (parent_page_before, parent_page_after):
        regulation = _regulation_of(Page.objects.get(pk=parent.pk))
        if regulation is not None:
            touched[regulation.pk] = regulation
    for regulation in touched.values():
        _follow(regulation, reason=_("Moved alone."))


def _read_again(sender, regulation, text, **kwargs):
    rebuild_reading(regulation, text)


def connect():
    """Listen to the pages that hold the text."""
    for model in PAGES_OF_TEXT:
        name = model.__name__
        page_published.connect(_published, sender=model, dispatch_uid=f"published-{name}")
        page_unpublished.connect(_unpublished, sender=model, dispatch_uid=f"unpublished-{name}")
        post_page_move.connect(_moved, sender=model, dispatch_uid=f"moved-{name}")
    provisions_rebuilt.connect(_read_again, dispatch_uid="references-and-terms")
