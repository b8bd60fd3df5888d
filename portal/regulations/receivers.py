"""Rebuilds the provision index when an article is published, archived or moved."""

from wagtail.signals import page_published, page_unpublished, post_page_move

from portal.regulations.actions import rebuild_provisions
from portal.regulations.models import ArticlePage, RegulationPage
from portal.regulations.reading import rebuild_reading
from portal.regulations.signals import is_paused, provisions_rebuilt


def _rebuild(sender, instance, **kwargs):
    if is_paused():
        return
    regulation = (
        RegulationPage.objects.ancestor_of(instance, inclusive=True).order_by("depth").last()
    )
    if regulation is not None:
        rebuild_provisions(regulation)


def _read_again(sender, regulation, text, **kwargs):
    rebuild_reading(regulation, text)


def connect():
    """Listen to the pages whose text the index holds."""
    for model in (ArticlePage, RegulationPage):
        page_published.connect(_rebuild, sender=model, dispatch_uid=f"index-{model.__name__}")
        page_unpublished.connect(_rebuild, sender=model, dispatch_uid=f"drop-{model.__name__}")
    provisions_rebuilt.connect(_read_again, dispatch_uid="references-and-terms")
    post_page_move.connect(_rebuild, sender=ArticlePage, dispatch_uid="index-moved-article")
