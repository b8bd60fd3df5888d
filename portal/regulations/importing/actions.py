"""What is done to an import: bring in, correct, undo, tick a remark, discard, create the pages.

Each verb locks the import. A correction carries the revision that it was made on; another window
may have changed the structure since, and then it is refused.
"""

import hashlib

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.jobs import enqueue
from portal.core.models import Job
from portal.regulations.actions import create_draft_pages
from portal.regulations.importing import operations, placing
from portal.regulations.importing.building import corrected_json
from portal.regulations.importing.findings import lints_of_the_page, look_through
from portal.regulations.importing.patches import changes_nothing, difference, take_off
from portal.regulations.importing.reading import working_copy_of
from portal.regulations.importing.rules import (
    CorrectionRefused,
    described,
    refuse_what_pages_cannot_hold,
)
from portal.regulations.models import RegulationImport, RegulationIndexPage
from portal.regulations.parsing import as_json, parse_text

#: The corrections by the verb that the screen sends.
VERBS = {
    "edit": operations.edit,
    "kind": operations.change_kind,
    "merge": operations.merge_with_previous,
    "split": operations.split,
    "leave_out": placing.leave_out,
    "take_back": placing.take_back,
    "begin": placing.begin_regulation,
}
CREATE_PAGES = "regulations.create_pages"
ENACT_TEXT = "regulations.enact_new_text"
#: The long works on an import, of which there is one at a time.
WORKS = (CREATE_PAGES, ENACT_TEXT)
#: Above this the worker makes the pages: 45 articles take a second, 300 take seven.
MOST_ARTICLES_AT_ONCE = 100
#: Where a working copy keeps what follows from it.
FOUND = "found"


class StaleCorrection(CorrectionRefused):
    """The structure was changed after the editor had opened it."""


class ImportFinished(CorrectionRefused):
    """The pages stand, or the import was discarded: its structure no longer changes."""


def bring_in(text, *, user, file=None, amends=None):
    """Keep a text as received, read it, and prepare its working copy. Nothing else is created.

    ``amends`` is the regulation whose next edition it shall become, if it is to be one.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    parsed = parse_text(text)
    brought_in = RegulationImport(
        file=file or "",
        filename=file.name[:255] if file else "",
        file_sha256=_hash_of_file(file) if file else "",
        sha256=hashlib.sha256(text.strip().encode()).hexdigest(),
        source_text=text,
        parsed=as_json(parsed),
        working=_fresh_copy(parsed, text),
        amends=amends,
        created_by=user,
    )
    brought_in.title = brought_in.working["head"]["regulation_title"][:500]
    brought_in.save()
    return brought_in


def _hash_of_file(file):
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest


def _fresh_copy(parsed, text):
    working = working_copy_of(parsed)
    working["kept_lints"] = lints_of_the_page(parsed, working, text)
    return {**working, FOUND: look_through(working, text)}


def working_copy(brought_in):
    """Return the working copy of an import; one brought in without is read again."""
    if brought_in.working is None:
        text = brought_in.source_text
        return _fresh_copy(parse_text(text), text)
    return brought_in.working


@transaction.atomic
def correct(pk, verb, block_id, values, *, revision, user):
    """Make one correction and write it down; return the id of the block to go on with."""
    brought_in = locked(pk, revision)
    before = working_copy(brought_in)
    if verb == "split":
        values = {**values, "source_lines": brought_in.source_lines}
    if verb == "head":
        after = operations.edit_head(before, **values)
    else:
        after = VERBS[verb](before, block_id, **values)
    target = _next_block(verb, block_id, before, after)
    place = described(before, block_id) or described(after, target)
    _keep(brought_in, verb, block_id, before, after, user, place)
    return target


@transaction.atomic
def start_again(pk, *, revision, user):
    """Put the structure back to what the reading found; this can be undone, too."""
    brought_in = locked(pk, revision)
    before = working_copy(brought_in)
    text = brought_in.source_text
    _keep(brought_in, "start_again", "", before, _fresh_copy(parse_text(text), text), user)


@transaction.atomic
def undo(pk, *, revision, user):
    """Take back the last correction that still stands; return the block that it was about."""
    brought_in = locked(pk, revision)
    entry = last_correction(brought_in)
    if entry is None:
        raise CorrectionRefused(_("There is nothing to undo."))
    working = take_off(working_copy(brought_in), entry["patch"])
    entry["undone"] = _signature(user)
    _store(brought_in, working)
    return entry["block"]


def last_correction(brought_in):
    """Return the last correction that was not undone, or None."""
    return next((each for each in brought_in.corrections[::-1] if "undone" not in each), None)


def locked(pk, revision=None):
    """Return an import for a change: locked, open, as the editor saw it, nobody at work on it."""
    brought_in = open_import(pk)
    if Job.objects.unfinished().about(brought_in).filter(kind__in=WORKS).exists():
        raise ImportFinished(_("The pages of this text are being created."))
    if revision is not None and revision != brought_in.revision:
        raise StaleCorrection(
            _(
                "The structure was changed in the meantime, by somebody else or in another window."
                " Nothing was overwritten; look at the present state and try again."
            )
        )
    return brought_in


def open_import(pk):
    """Return an import, locked; ``ImportFinished`` where its pages stand or it was discarded."""
    brought_in = RegulationImport.objects.select_for_update().get(pk=pk)
    if not brought_in.is_open:
        raise ImportFinished(
            _("The structure no longer changes: its pages were created, or it was discarded.")
        )
    return brought_in


def _keep(brought_in, verb, block_id, before, after, user, place=""):
    patch = difference(before, after)
    if changes_nothing(patch):
        raise CorrectionRefused(_("Nothing was changed."))
    brought_in.corrections.append(
        {"verb": verb, "block": block_id, "place": place, "patch": patch, **_signature(user)}
    )
    _store(brought_in, after)


def _signature(user):
    name = user.get_full_name() or user.get_username()
    return {"by": user.pk, "name": name, "at": timezone.now().isoformat()}


def _store(brought_in, working):
    found = look_through(working, brought_in.source_text, working.get(FOUND))
    brought_in.working = {**working, FOUND: found}
    brought_in.title = working["head"]["regulation_title"][:500]
    brought_in.revision += 1
    brought_in.save(update_fields=["working", "title", "revision", "corrections"])


def _next_block(verb, block_id, before, after):
    """Return where the editor goes on: the same block, what came back, or what stands there."""
    if verb == "take_back":
        known = {block["id"] for block in before["blocks"]}
        return next(b["id"] for b in after["blocks"] if b["id"] not in known)
    if any(block["id"] == block_id for block in after["blocks"]):
        return block_id
    ids = [block["id"] for block in before["blocks"]]
    place = ids.index(block_id) if block_id in ids else 0
    return ids[place - 1] if place else ""


@transaction.atomic
def tick_lint(pk, key, *, seen, user):
    """Note that somebody looked at a remark, or take the note back."""
    brought_in = RegulationImport.objects.select_for_update().get(pk=pk)
    known = {lint["key"] for lint in working_copy(brought_in)[FOUND]["lints"]}
    if seen and key in known:
        brought_in.seen_lints[key] = _signature(user)
    elif not seen:
        brought_in.seen_lints.pop(key, None)
    brought_in.save(update_fields=["seen_lints"])


@transaction.atomic
def discard(pk, *, reason, user):
    """Put an import that is not wanted aside; it stays as a record."""
    brought_in = locked(pk)
    brought_in.discarded_at, brought_in.discarded_by = timezone.now(), user
    brought_in.discard_reason = reason
    brought_in.save(update_fields=["discarded_at", "discarded_by", "discard_reason"])
    record("regulations.discard_import", brought_in, user=user, reason=reason)
    return brought_in


def create_pages(pk, *, revision, user):
    """Create the draft pages of the corrected structure once, or let the worker do it.

    Return the page, or None when a long text was handed to the worker. ``ImportFinished`` when the
    pages stand or are being made, ``StaleCorrection`` when the structure is another than the one
    that was looked at.
    """
    with transaction.atomic():
        brought_in = locked(pk, revision)
        if brought_in.amends_id:
            raise CorrectionRefused(_("This text becomes the next edition of a regulation."))
        working = working_copy(brought_in)
        refuse_what_pages_cannot_hold(working)
        counts = working[FOUND]["counts"]
        if counts.get("article", 0) > MOST_ARTICLES_AT_ONCE:
            enqueue(CREATE_PAGES, brought_in, user=user)
            return None
        return _create(brought_in, user)


@transaction.atomic
def create_requested_pages(pk, *, user):
    """Create the pages that were handed to the worker."""
    return _create(open_import(pk), user)


def _create(brought_in, user):
    parent = index_to_add_to(user)
    working = working_copy(brought_in)
    brought_in.regulation = create_draft_pages(corrected_json(working), parent=parent, user=user)
    brought_in.save(update_fields=["regulation"])
    made = sum("undone" not in entry for entry in brought_in.corrections)
    record("regulations.create_pages", brought_in, user=user, corrections=made)
    return brought_in.regulation


def index_to_add_to(user):
    """Return the index below which ``user`` may add regulations, or refuse."""
    if not may_bring_in(user):
        raise PermissionDenied
    return RegulationIndexPage.objects.first()


def may_bring_in(user):
    """Return whether ``user`` may bring texts in."""
    index = RegulationIndexPage.objects.first()
    return index is not None and index.permissions_for_user(user).can_add_subpage()


def latest_job(brought_in):
    """Return the last job that made, or makes, pages of an import; None without one."""
    return Job.objects.about(brought_in).filter(kind__in=WORKS).first()
