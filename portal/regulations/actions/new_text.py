"""A whole new text of a regulation that stands: drafts of what it says otherwise.

Somebody who has the amended text, and not a list of amendments, brings it in as it is. What it
goes on with keeps its page (``portal.regulations.continuity``), and what returns gets back the one
it had. Where something would have to stand elsewhere among what is public, its page is repealed
and another one added there: a move cannot wait for a day.
"""

from collections import defaultdict

from django.db import transaction
from wagtail.models import Page

from portal.regulations.actions.drafts import TextPart, text_parts
from portal.regulations.actions.editions import ChosenChange, enact_changes
from portal.regulations.continuity import continued_parts, plain_clauses, with_known_ids
from portal.regulations.enactable import base_text, coming_editions, planned_by
from portal.regulations.naming import free_address
from portal.regulations.outline import regulation_pages
from portal.regulations.redline.matching import moved_pairs
from portal.regulations.signals import index_paused

WORDS = {
    "article": ("component", "number", "heading", "intro"),
    "division": ("level", "number", "heading"),
    "annex": ("label", "number", "heading", "body"),
}


@transaction.atomic
def enact_new_text(regulation, parsed, decision, *, user):
    """Enact what ``parsed`` says otherwise as the next edition; return the editions.

    An empty list when it says the same.
    """
    chosen = draft_new_text(regulation, parsed, user=user)
    return enact_changes(regulation, decision, chosen, user=user) if chosen else []


@transaction.atomic
def draft_new_text(regulation, parsed, *, user):
    """Save a draft of each part that ``parsed`` says otherwise; return the ``ChosenChange`` list.

    What it no longer contains is chosen without a revision: a repeal.
    """
    with index_paused():
        return _NewText(regulation, parsed, user).changes()


def standing_pages(regulation):
    """Return the pks of the pages that the last edition contains."""
    return {int(part.id) for part in base_text(regulation).parts if part.id}


def known_parts(regulation):
    """Return all pages below a regulation as ``TextPart``, in the order of the tree.

    Public or not, each with its words of today or those that an edition waits to give it.
    """
    pages = {page.pk: page for page in regulation_pages(regulation, live_only=False)}
    for change in planned_by(coming_editions(regulation)):
        if change.revision and change.page_id in pages:
            pages[change.page_id] = change.revision.as_object()
    by_path = {}
    for page in pages.values():
        by_path[page.path] = TextPart(page, by_path.get(page.path[: -page.steplen]))
    return list(by_path.values())


def is_of_decision(part):
    """Return whether a part is an article of the decision, which a new text may lack."""
    return part.page.kind == "article" and part.page.component == "qd" and not part.annex


class _NewText:
    """Puts the pages of a new text into the tree, then lets them say what it says."""

    def __init__(self, regulation, parsed, user):
        self.regulation, self.parsed, self.user = regulation, parsed, user
        self.standing = standing_pages(regulation)
        self.enacted = {
            change.page_id for change in planned_by(coming_editions(regulation)) if change.revision
        }
        self.wanted = text_parts(parsed)
        known = known_parts(regulation)
        self.fixed = self._fixed([part.page for part in known])
        self.paths = {part.page.pk: part.page.path for part in known}
        self.of_decision = {part.page.pk for part in known if is_of_decision(part)}
        self.continued = continued_parts(known, self.wanted, self.standing)
        self.below = defaultdict(list)
        for part in self.wanted:
            self.below[part.above].append(part)
        self.settled, self.added = {}, set()

    def changes(self):
        """Return what the new text changes, each part with its draft."""
        self._settle(None, self.regulation.pk)
        words = {part.page.pk: part.page for part in known_parts(self.regulation)}
        revisions = {}
        for part in self.wanted:
            revision = self._drafted(part, words)
            if revision is not None:
                revisions[self.settled[part]] = revision
        chosen = [*revisions, *self._gone()]
        pages = Page.objects.in_bulk(chosen)
        return [ChosenChange(pages[pk], revisions.get(pk)) for pk in chosen]

    def _fixed(self, pages):
        """Return the pks of pages that cannot be moved: public or enacted, or above such."""
        held = [page for page in pages if page.live or page.pk in self.standing]
        paths = [page.path for page in held]
        return self.enacted | {
            page.pk for page in pages if any(path.startswith(page.path) for path in paths)
        }

    def _settle(self, above, parent_pk):
        """Give every part directly below ``above`` its page, in the order of the text."""
        parts = self.below[above]
        staying = self._staying(parts, parent_pk)
        before = None
        for part in parts:
            known = self.continued.get(part)
            if known is not None and part in staying:
                pk = known.page.pk
            elif known is not None and known.page.pk not in self.fixed:
                pk = self._move(known.page.pk, parent_pk, before)
            else:
                pk = self._add(part, parent_pk, before)
            self.settled[part] = before = pk
        for part in parts:
            self._settle(part, self.settled[part])

    def _staying(self, parts, parent_pk):
        """Return the parts whose pages cannot be moved and stand where they should."""
        parent = Page.objects.only("path").get(pk=parent_pk)
        staying = set()
        for is_annex in (False, True):  # annexes are read behind everything else anyway
            here = [
                part
                for part in parts
                if (part.page.kind == "annex") == is_annex and self._is_held_below(part, parent)
            ]
            ordered = sorted(here, key=lambda part: self.paths[self.continued[part].page.pk])
            places = {part: place for place, part in enumerate(ordered)}
            pairs = {(places[part], place): part for place, part in enumerate(here)}
            moved = moved_pairs(list(pairs))
            staying |= {part for pair, part in pairs.items() if pair not in moved}
        return staying

    def _is_held_below(self, part, parent):
        known = self.continued.get(part)
        return (
            known is not None
            and known.page.pk in self.fixed
            and Page.objects.child_of(parent).filter(pk=known.page.pk).exists()
        )

    def _move(self, pk, parent_pk, before_pk):
        """Put a page that is not public behind ``before_pk``, or first below its parent."""
        page = Page.objects.get(pk=pk)
        target, position = self._place(parent_pk, before_pk)
        if target.pk != pk:
            page.move(target, pos=position, user=self.user)
        return pk

    def _add(self, part, parent_pk, before_pk):
        """Add the page of a part that no known page can be."""
        page, known = part.page, self.continued.get(part)
        if page.kind == "article":
            page.slug = free_address(Page.objects.get(pk=parent_pk), page.slug)
            if known is not None:
                page.clauses = with_known_ids(page.clauses.get_prep_value(), known.page)
        page.live, page.owner = False, self.user
        target, position = self._place(parent_pk, before_pk)
        if position.endswith("child"):
            target.add_child(instance=page)
        else:
            target.add_sibling(pos=position, instance=page)
        self.added.add(page.pk)
        return page.pk

    def _place(self, parent_pk, before_pk):
        """Return ``(page, position)`` of treebeard for what stands behind ``before_pk``."""
        if before_pk is not None:
            return Page.objects.get(pk=before_pk), "right"
        parent = Page.objects.get(pk=parent_pk)
        first = parent.get_first_child()
        return (first, "left") if first is not None else (parent, "last-child")

    def _drafted(self, part, words):
        """Return the draft that lets a page say what its part says, None where it does already."""
        page = words[self.settled[part]]
        is_other = page.pk not in self.added and _rewrite(page, part.page)
        if page.pk in self.standing and not is_other:
            return None
        return page.save_revision(user=self.user)

    def _gone(self):
        """Return the pages that leave the text, without those that go with one above them."""
        kept = set(self.settled.values())
        gone = sorted(
            (self.paths[pk], pk)
            for pk in self.standing - kept
            if pk in self.paths and self._is_spoken_of(pk)
        )
        return [
            pk
            for path, pk in gone
            if not any(path != above and path.startswith(above) for above, _pk in gone)
        ]

    def _is_spoken_of(self, pk):
        """Return whether the new text would contain such a page: it may lack a decision."""
        return bool(self.parsed["decision"]) or pk not in self.of_decision


def _rewrite(page, new):
    """Let ``page`` say what ``new`` says; return whether that is something else."""
    names = WORDS[page.kind]
    differs = any(getattr(page, name) != getattr(new, name) for name in names)
    for name in names:
        setattr(page, name, getattr(new, name))
    if page.kind == "article":
        old, notes = page.clauses.get_prep_value(), _notes(page)
        clauses = with_known_ids(new.clauses.get_prep_value(), page)
        differs |= plain_clauses(clauses) != plain_clauses(old) or _notes(new) != notes
        page.clauses, page.footnotes = clauses, new.footnotes
    return differs


def _notes(page):
    return [block["value"] for block in page.footnotes.get_prep_value()]
