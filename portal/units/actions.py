"""What is done to units: adding one with a free code, rewriting a public page and its draft."""

from portal.core.text import fold_words
from portal.units.models import UnitIndexPage, UnitPage
from portal.units.proposing import same_unit


def unit_named(known, name):
    """Return the unit of ``known`` that bears ``name``, as title or short name, or None."""
    for unit in known:
        names = [unit.title, *unit.short_names.splitlines()]
        if any(same_unit(each, name) for each in names if each.strip()):
            return unit
    return None


def add_unit(index, name, codes, *, user, **fields):
    """Add a unit's page below the directory with a free code, which joins ``codes``.

    Its first revision is still to be published.
    """
    unit = UnitPage(title=name[:255], code=_free_code(name, codes), owner=user, **fields)
    index.add_child(instance=unit)
    codes.add(unit.code)
    return unit


def _free_code(name, taken):
    """Return the initials of ``name`` in capitals, with a number when they are taken."""
    initials = "".join(word[0] for word in fold_words(name).split())[:24].upper() or "DV"
    code, number = initials, 2
    while code in taken:
        code, number = f"{initials}{number}", number + 1
    return code


def rewrite_page(page, change, *, user):
    """Apply ``change(page)`` to the public page, and to its draft where an editor works on one.

    ``change`` returns whether it changed anything; nothing is saved where it did not, except the
    first revision of a new page. One that is not public is changed in its draft only.
    """
    draft = None
    if page.has_unpublished_changes or not page.live:
        draft = page.get_latest_revision_as_object()
    is_new = page.latest_revision_id is None
    if page.live and (change(page) or is_new):
        page.save_revision(user=user).publish(user=user)
    if draft is not None and change(draft):
        draft.save_revision(user=user)


def may_publish_units(user):
    """Return whether ``user`` may let public pages stand in the directory."""
    index = UnitIndexPage.objects.first()
    return index is not None and index.permissions_for_user(user).can_publish_subpage()
