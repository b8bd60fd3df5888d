"""Changing a published page without publishing the draft that an editor works on beside it."""


def change_page(page, change, *, user):
    """Let ``change(page)`` happen to the page as it stands, and to its draft where there is one.

    A public page is published anew with the change; a page that is not public keeps it in its
    row, by which lists and rights go, and in its draft.
    """
    draft = None
    if page.latest_revision_id and (page.has_unpublished_changes or not page.live):
        draft = page.get_latest_revision_as_object()
    change(page)
    if page.live:
        page.save_revision(user=user).publish(user=user)
    else:
        page.save()
    if draft is not None:
        change(draft)
        draft.save_revision(user=user)
    return page
