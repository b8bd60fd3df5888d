"""Changing a published page without publishing the draft that an editor works on beside it."""

from wagtail.models import Revision


def change_page(page, change, *, user):
    """Let ``change(page)`` happen to the page as it stands, its draft, and what is scheduled.

    A public page is published anew with the change; a page that is not public keeps it in its
    row, by which lists and rights go, and in its draft. A publication that is scheduled stays so.
    """
    draft = None
    if page.latest_revision_id and (page.has_unpublished_changes or not page.live):
        draft = page.get_latest_revision_as_object()
    scheduled = list(page.revisions.filter(approved_go_live_at__isnull=False))
    change(page)
    if page.live:
        page.save_revision(user=user).publish(user=user)
    else:
        page.save()
    if draft is not None:
        change(draft)
        draft.save_revision(user=user)
    for revision in scheduled:
        _change_scheduled(revision, change)
    return page


def _change_scheduled(revision, change):
    later = revision.as_object()
    change(later)
    Revision.objects.filter(pk=revision.pk).update(
        content=later.serializable_data(), approved_go_live_at=revision.approved_go_live_at
    )
