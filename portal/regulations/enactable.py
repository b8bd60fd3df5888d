"""What an editor may enact: the drafts below a regulation, and the text as they would make it."""

from dataclasses import dataclass

from django.utils import timezone
from wagtail.models import Page

from portal.regulations.outline import regulation_pages, text_of
from portal.regulations.redline import PartChange, compare_texts


@dataclass(frozen=True)
class PlannedChange:
    """One page that an edition publishes by this revision; without one it leaves the text."""

    page_id: int
    revision: object = None
    reason: str = ""
    is_new: bool = False


@dataclass(frozen=True)
class Draft:
    """A page with words that are not in force; ``change`` is what they change, if anything."""

    page: object
    revision: object
    change: PartChange | None
    is_new: bool
    is_scheduled: bool


def last_edition(regulation):
    """Return the edition that the next one builds on, also one that waits for its day."""
    return regulation.editions.standing().in_order().last()


def planned_by(editions):
    """Return the changes that these editions make to pages, in order."""
    return [
        PlannedChange(change.page_id, change.revision, change.reason, "added" in change.kinds)
        for edition in editions
        for change in edition.changes.select_related("revision")
        if change.page_id and (change.revision_id or "repealed" in change.kinds)
    ]


def coming_editions(regulation):
    """Return the editions that wait for their day, the next first."""
    return list(regulation.editions.coming().in_order())


def text_with(regulation, planned):
    """Return the text of the regulation's pages after the ``planned`` changes, in their order."""
    head = regulation
    pages = {page.pk: page for page in regulation_pages(regulation, live_only=False)}
    standing = {page.pk for page in pages.values() if page.live}
    for change in planned:
        page = regulation if change.page_id == regulation.pk else pages.get(change.page_id)
        if page is None:
            continue  # it was moved out of this regulation since
        if change.revision is None:
            standing -= {each.pk for each in pages.values() if each.path.startswith(page.path)}
        elif page is regulation:
            head = change.revision.as_object()
        else:
            pages[page.pk] = change.revision.as_object()
            standing.add(page.pk)
    return text_of(head, pages=[page for page in pages.values() if page.pk in standing])


def base_text(regulation):
    """Return the text that the next edition changes: of the last one, or of the pages."""
    last = last_edition(regulation)
    return last.text if last else text_of(regulation)


def draft_text(regulation):
    """Return the text as it would be if everything that waits and every draft were in force."""
    planned = planned_by(coming_editions(regulation))
    return text_with(regulation, [*planned, *_wanted(regulation, planned)])


def _wanted(regulation, planned):
    enacted = {change.revision.pk for change in planned if change.revision}
    pages = [regulation, *regulation_pages(regulation, live_only=False)]
    return [
        PlannedChange(page.pk, page.latest_revision) for page in pages if _has_draft(page, enacted)
    ]


def drafts_of(regulation):
    """Return the drafts below a regulation, itself included, in reading order."""
    planned = planned_by(coming_editions(regulation))
    wanted = _wanted(regulation, planned)
    redline = compare_texts(base_text(regulation), text_with(regulation, [*planned, *wanted]))
    changes = {part.id or str(regulation.pk): part for part in redline.changed}
    pages = {page.pk: page for page in Page.objects.filter(pk__in=[w.page_id for w in wanted])}
    return [
        Draft(
            page=pages[change.page_id].specific,
            revision=change.revision,
            change=changes.get(str(change.page_id)),
            is_new=pages[change.page_id].first_published_at is None,
            is_scheduled=_is_scheduled(change.revision),
        )
        for change in wanted
    ]


def repealable_parts(regulation):
    """Return the parts of the text that may be repealed as a whole, in reading order."""
    return list(base_text(regulation).parts)


def _has_draft(page, enacted):
    """Tell whether the page's newest words are neither in force, nor enacted, nor archived."""
    revision = page.latest_revision
    if revision is None or not page.has_unpublished_changes or revision.pk in enacted:
        return False
    is_archived = not page.live and page.last_published_at is not None
    return not (is_archived and revision.created_at <= page.last_published_at)


def _is_scheduled(revision):
    """Tell whether Wagtail's own clock has been asked to publish or to expire these words."""
    page = revision.as_object()
    now = timezone.now()
    return any(moment and moment > now for moment in (page.go_live_at, page.expire_at))
