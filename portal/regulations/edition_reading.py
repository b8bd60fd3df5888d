"""What a reader sees of editions: only the parts whose pages they may read."""

import hashlib

from django.core.cache import cache
from wagtail.models import Page

from portal.core.models.page import is_all_open, may_read
from portal.regulations.redline import compare_texts

#: Raise it when a redline says or looks otherwise, so that none made before is shown.
REDLINE_VERSION = 1
KEPT_SECONDS = 7 * 24 * 3600


def hidden_ids(ids, request):
    """Return those of the parts' ``ids`` whose stored page is shut to the visitor.

    A page that is gone or archived hides nothing: what it said was public while it stood.
    """
    if not ids or is_all_open(request):
        return frozenset()
    pages = Page.objects.filter(pk__in=[int(id) for id in ids if id.isdigit()])
    return frozenset(str(page.pk) for page in pages.only("path") if not may_read(page, request))


def readable_text(text, request):
    """Return what the visitor may read of a text."""
    ids = {part.id for part in text.parts if part.kind != "division"}
    hidden = hidden_ids(ids, request)
    return text.only(ids - hidden) if hidden else text


def readable_changes(editions, request):
    """Return ``{edition number: changes}``: those to parts that the visitor may read."""
    changes = {
        edition.number: [each for each in edition.changes.all() if not each.is_left_behind]
        for edition in editions
    }
    ids = {str(each.page_id) for of_one in changes.values() for each in of_one if each.page_id}
    hidden = hidden_ids(ids, request)
    return {
        number: [each for each in of_one if str(each.page_id) not in hidden]
        for number, of_one in changes.items()
    }


def redline_between(old, new, request, *, keys=None):
    """Return the redline of two texts as the visitor may see it.

    ``keys`` are the hashes of the two texts where they never change: then it is kept.
    """
    ids = {part.id for text in (old, new) for part in text.parts if part.kind != "division"}
    hidden = hidden_ids(ids, request)
    if hidden:
        old, new = old.only(ids - hidden), new.only(ids - hidden)
    if keys is None:
        return compare_texts(old, new)
    named = "|".join([str(REDLINE_VERSION), *keys, *sorted(hidden)])
    key = f"redline:{hashlib.sha256(named.encode()).hexdigest()}"
    return cache.get_or_set(key, lambda: compare_texts(old, new), KEPT_SECONDS)


def reasons_between(regulation, first, last, request):
    """Return ``{page id: [(edition number, reason)]}`` of the editions after ``first`` to ``last``.

    The two are in the order in which they hold.
    """
    editions = regulation.editions.standing().in_order().without_text()
    span = [
        each
        for each in editions.prefetch_related("changes")
        if (first.effective_on, first.number)
        < (each.effective_on, each.number)
        <= (last.effective_on, last.number)
    ]
    reasons = {}
    for number, changes in readable_changes(span, request).items():
        for change in changes:
            if change.reason:
                reasons.setdefault(change.page_id, []).append((number, change.reason))
    return reasons
