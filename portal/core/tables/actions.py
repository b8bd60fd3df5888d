"""What is done with a file of a catalogue: receive, check, confirm, drop, undo."""

import hashlib
import logging
import secrets
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.jobs import JobRefused, enqueue, job, report_progress
from portal.core.models import Job, TableImport
from portal.core.roles import runs_centre
from portal.core.statuses import TransitionRefused, born, can_move, move
from portal.core.tables.checking import make_plan
from portal.core.tables.registry import table_named

logger = logging.getLogger(__name__)

Status = TableImport.Status
CHECK, APPLY = "tables.check", "tables.apply"
MOST_BYTES = 20 * 1024 * 1024
#: Above that many rows the worker does it, and the screen shows how far it is.
ROWS_AT_ONCE = 300
#: Above that many bytes nobody knows how many rows there are before the worker has looked.
BYTES_AT_ONCE = 200_000
#: What stands so waits for the worker.
WITH_WORKER = {Status.WAITING, Status.APPLYING}


class UndoRefused(Exception):
    """Something stands in the way of an undo; ``reasons`` are sentences."""

    def __init__(self, reasons):
        self.reasons = reasons
        super().__init__(" ".join(reasons))


class WriteFailed(Exception):
    """Writing broke off and nothing was kept; ``str()`` is a sentence with the number to quote."""


class _Overtaken(Exception):
    """What would be written is no longer what was shown."""


def may_see(user, kept):
    """Return whether ``user`` may see an import: one's own, or all when running the centre."""
    table = table_named(kept.table)
    if table is None or not table.may_import(user):
        return False
    return user.is_superuser or runs_centre(user) or kept.uploaded_by_id == user.pk


def visible_imports(user, tables):
    """Return the imports that ``user`` may see in ``tables``."""
    keys = [table.key for table in tables if table.may_import(user)]
    found = TableImport.objects.filter(table__in=keys)
    if user.is_superuser or runs_centre(user):
        return found
    return found.filter(uploaded_by=user)


def receive_table(table, file, *, user):
    """Keep a file with rows of ``table`` and check it; return the ``TableImport``."""
    if not table.may_import(user):
        raise PermissionDenied
    if file.size > MOST_BYTES:
        raise ValidationError(
            _("The file is larger than %(size)s MB. Divide it into several files.")
            % {"size": MOST_BYTES // 1024 // 1024}
        )
    name = Path(file.name).name[:255]
    with transaction.atomic():
        kept = TableImport(
            table=table.key,
            name=name,
            size=file.size,
            sha256=_sha256(file),
            uploaded_by=user,
        )
        kept.file.save(f"{table.key}{Path(name).suffix.lower()[:8]}", file, save=False)
        kept.save()
        born(kept, user=user)
        record("tables.receive", kept, user=user, table=table.key, sha256=kept.sha256)
    _check_soon(kept, user)
    return kept


def _sha256(file):
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _check_soon(kept, user):
    """Check a small file now and let the worker check a big one."""
    if kept.size > BYTES_AT_ONCE:
        enqueue(CHECK, kept, user=user)
    else:
        check(kept, user=user)


def check(kept, *, user, tell=lambda done, total: None):
    """Write down what the file would do now, without doing it."""
    _resource, plan = make_plan(kept, user, tell=tell)
    return move(
        kept,
        Status.FAULTY if plan.is_faulty else Status.READY,
        user=user,
        report=plan.report(),
        reading=plan.reading,
        counts=plan.counts(),
        fingerprint=plan.fingerprint(),
    )


def check_again(kept, *, user, ignored=None):
    """Check a file once more, by what stands now; ``ignored`` headers are given up."""
    _refuse_stranger(kept, user)
    changes = {} if ignored is None else {"ignored_columns": sorted(ignored)}
    if kept.status in WITH_WORKER and is_with_worker(kept):
        raise TransitionRefused(kept, kept.status, Status.WAITING)
    if kept.status != Status.WAITING:
        move(kept, Status.WAITING, user=user, **changes)
    _check_soon(kept, user)
    return kept


def drop(kept, *, user):
    """Give a file up without writing anything."""
    _refuse_stranger(kept, user)
    return move(kept, Status.DROPPED, user=user)


def confirm(kept, *, user):
    """Write what the preview showed, or hand a long one to the worker.

    Raise ``TransitionRefused`` when somebody was faster, ``WriteFailed`` when writing broke off;
    when other changes came between, the import is ``stale`` afterwards and nothing is written.
    """
    _refuse_stranger(kept, user)
    kept.refresh_from_db()
    if kept.status == Status.READY and kept.change_count > ROWS_AT_ONCE:
        with transaction.atomic():
            move(kept, Status.APPLYING, user=user)
            enqueue(APPLY, kept, user=user)
        return kept
    if kept.status != Status.READY:
        raise TransitionRefused(kept, kept.status, Status.APPLIED)
    try:
        return apply(kept, user=user)
    except (TransitionRefused, PermissionDenied):
        raise
    except Exception as fault:
        incident = secrets.token_hex(4)
        logger.exception("Incident %s: import %s was not written", incident, kept.pk)
        raise WriteFailed(
            _("The system could not finish this. Please quote incident number %(incident)s.")
            % {"incident": incident}
        ) from fault


def apply(kept, *, user):
    """Plan again in one transaction and write it when it is what was shown: all rows or none."""
    try:
        with transaction.atomic():
            _lock_catalogue(kept)
            kept.refresh_from_db()
            if not can_move(kept, Status.APPLIED):
                raise TransitionRefused(kept, kept.status, Status.APPLIED)
            resource, plan = make_plan(kept, user, lock=True)
            if plan.is_faulty or plan.fingerprint() != kept.fingerprint:
                raise _Overtaken
            entries = resource.write_all(plan.changes, _reason(kept))
            move(kept, Status.APPLIED, user=user, differences=entries, applied_at=timezone.now())
            record(
                "tables.apply",
                kept,
                user=user,
                table=kept.table,
                sha256=kept.sha256,
                **{name: kept.counts[name] for name in ("new", "changed", "unchanged")},
            )
    except _Overtaken:
        move(kept, Status.STALE, user=user)
    return kept


def _lock_catalogue(kept):
    """Let one import of a catalogue be written at a time."""
    rows = TableImport.objects.filter(table=kept.table).order_by("pk")
    list(rows.select_for_update().values_list("pk", flat=True))


def _reason(kept):
    return _("Import No. %(number)s from the file %(name)s") % {
        "number": kept.pk,
        "name": kept.name,
    }


def last_applied(key):
    """Return the last import of a catalogue whose changes stand, or None."""
    return TableImport.objects.applied().filter(table=key).order_by("-applied_at", "-pk").first()


def undo(kept, *, user):
    """Put back what was before the last import of a catalogue.

    Raise ``UndoRefused`` when it is not the last, or when something changed since.
    """
    _refuse_stranger(kept, user)
    with transaction.atomic():
        _lock_catalogue(kept)
        kept.refresh_from_db()
        if not can_move(kept, Status.UNDONE):
            raise TransitionRefused(kept, kept.status, Status.UNDONE)
        if last_applied(kept.table) != kept:
            raise UndoRefused([_("Only the last import of a catalogue can be undone.")])
        resource = table_named(kept.table).resource(user)
        reasons = resource.undo_refusals(kept.differences)
        if reasons:
            raise UndoRefused(reasons)
        resource.take_back_all(
            kept.differences, _("Undo of import No. %(number)s") % {"number": kept.pk}
        )
        move(kept, Status.UNDONE, user=user, undone_by=user, undone_at=timezone.now())
        record("tables.undo", kept, user=user, table=kept.table)
    return kept


def _refuse_stranger(kept, user):
    if not may_see(user, kept):
        raise PermissionDenied


def latest_job(kept):
    """Return the newest job about an import, or None."""
    return Job.objects.about(kept).first()


def is_with_worker(kept):
    """Tell whether the worker has the import, or will take it; one that died has it no more."""
    running = latest_job(kept)
    return kept.status in WITH_WORKER and running is not None and not running.is_finished


@job(CHECK)
def check_in_worker(running):
    """Check a big file, telling how far it is."""
    kept = running.subject
    if kept.status != Status.WAITING:
        return

    def tell(done, total):
        report_progress(running, "check", 10 + done * 85 // max(1, total))

    report_progress(running, "read", 5)
    check(kept, user=running.requested_by, tell=tell)


@job(APPLY)
def apply_in_worker(running):
    """Write a long import; whatever fails leaves it ready to be confirmed again."""
    kept = running.subject
    if kept.status != Status.APPLYING:
        return
    report_progress(running, "write", 20)
    try:
        apply(kept, user=running.requested_by)
    except PermissionDenied as refusal:
        _give_back(running)
        raise JobRefused(_("You no longer hold the rights for this.")) from refusal
    except Exception:
        _give_back(running)
        raise


def _give_back(running):
    kept = running.subject
    kept.refresh_from_db()
    if kept.status == Status.APPLYING:
        move(kept, Status.READY, user=running.requested_by)
