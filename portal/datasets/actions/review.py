"""From a checked file to the version that readers see: submit, return, verify, publish, withdraw.

Whoever uploaded or submitted a version does not verify it: four eyes, always.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.jobs import cancel, enqueue
from portal.core.models import Job
from portal.core.roles import runs_centre
from portal.core.statuses import move
from portal.datasets.access import current_version, may_submit, may_upload, may_verify
from portal.datasets.actions.acting import acting_as
from portal.datasets.actions.publication import (
    CorrectionUnexplained,
    lock,
    point_to,
    prepare,
    put_in_place,
    refuse_stale,
    standing_of_period,
    unexplained_correction,
)
from portal.datasets.actions.rules import rules_changed
from portal.datasets.kept_values import refresh_after_withdrawal
from portal.datasets.models import DatasetPage, DatasetPointer, DatasetVersion

Status = DatasetVersion.Status
CHECK = "datasets.check"


def submit_version(version, *, user, note=""):
    """Hand a checked version in; this moment decides whether the unit was in time."""
    if version.is_trial:
        raise ValidationError(_("This file was only checked as a trial; send it first."))
    if not may_submit(user, version.dataset):
        raise ValidationError(
            _("Only the head of the unit submits this dataset.")
            if version.dataset.head_must_submit
            else _("Only the unit's data officer or head submits.")
        )
    return hand_in(version, user=user, note=note)


def hand_in(version, *, user, note=""):
    """Move a checked version to “submitted”, now and in the name of ``user``; asks for no right.

    What corrects a published period says why: in ``note``, or when the file was sent.
    """
    corrected = standing_of_period(version)
    reason = (note.strip() or version.note.strip()) if corrected else ""
    if corrected and not reason:
        raise CorrectionUnexplained(version, corrected)
    return move(
        version,
        Status.SUBMITTED,
        user=user,
        acting_unit=acting_as(user, version.dataset),
        note=note,
        submitted_by=user,
        submitted_at=timezone.now(),
        unit=version.dataset.owner_unit,
        corrects=corrected,
        correction_reason=reason,
    )


@transaction.atomic
def return_version(version, *, user, note):
    """Send a version back to its unit, with the reason; the unit corrects or sends another file."""
    lock(version)
    _require_verifier(user, version)
    if not note.strip():
        raise ValidationError({"note": _("Say what is to be corrected.")})
    acting = acting_as(user, version.dataset)
    return move(version, Status.RETURNED, user=user, acting_unit=acting, note=note.strip())


@transaction.atomic
def verify_version(version, *, user, note=""):
    """Confirm a submitted version as the second pair of eyes."""
    lock(version)
    refuse_stale(version)
    return _verified(version, user, note)


def _verified(version, user, note):
    """Verify; what came to correct a period after it was handed in gets its reason now."""
    _require_verifier(user, version)
    reason = version.correction_reason
    if corrected := unexplained_correction(version):
        reason = version.note.strip() or note.strip()
        if not reason:
            raise CorrectionUnexplained(version, corrected)
    return move(
        version,
        Status.VERIFIED,
        user=user,
        acting_unit=acting_as(user, version.dataset),
        note=note,
        verified_by=user,
        verified_at=timezone.now(),
        correction_reason=reason,
    )


def publish_version(version, *, user):
    """Give a verified version its number, seal it, and show it to readers, all or nothing.

    Raise ``ValidationError`` when another version was published since this one was compared,
    or when a stored file is no longer the one that was checked.
    """
    _require_verifier(user, version)
    return put_in_place(version, prepare(version), user=user)


def verify_and_publish(version, *, user, note=""):
    """Verify and publish in one step; when publishing is refused, nothing was verified."""
    _require_verifier(user, version)
    prepared = prepare(version)
    with transaction.atomic():
        lock(version)
        _verified(version, user, note)
        return put_in_place(version, prepared, user=user)  # which refuses what is stale


@transaction.atomic
def withdraw_version(version, *, user, note):
    """Take a published version from readers; the one before it stands again.

    The version keeps its number, its files and its place in the chain.
    """
    if not runs_centre(user):
        raise ValidationError(_("Only those who run the centre withdraw a published version."))
    if not note.strip():
        raise ValidationError({"note": _("Say why the version is withdrawn.")})
    dataset = DatasetPage.objects.select_for_update(of=("self",)).get(pk=version.dataset_id)
    acting = acting_as(user, dataset)
    was_current = current_version(dataset) == version
    move(version, Status.WITHDRAWN, user=user, acting_unit=acting, note=note.strip())
    if was_current:
        before = dataset.versions.filter(status=Status.SUPERSEDED).order_by("-number").first()
        if before is None:
            DatasetPointer.objects.filter(dataset=dataset).delete()
        else:
            move(before, Status.PUBLISHED, user=user, acting_unit=acting)
            point_to(dataset, before, timezone.now())
    refresh_after_withdrawal(dataset)
    return version


def discard_version(version, *, user, note=""):
    """Lay an unsubmitted file aside; what was received is kept."""
    if not may_upload(user, version.dataset):
        raise ValidationError(_("Only the unit's data officer or head lays a file aside."))
    acting = acting_as(user, version.dataset)
    move(version, Status.DISCARDED, user=user, acting_unit=acting, note=note)
    for running in Job.objects.about(version).unfinished():
        cancel(running)
    return version


def compare_again(version, *, user):
    """Check a submitted version by today's rules and compare it with what readers see now."""
    if not (runs_centre(user) or may_upload(user, version.dataset)):
        raise ValidationError(_("Only the unit or the centre has this file compared again."))
    if version.status != Status.SUBMITTED or not is_stale(version):
        raise ValidationError(_("This version is already compared with the current one."))
    record("datasets.compare_again", version, user=user)
    return enqueue(CHECK, version, user=user)


def is_stale(version):
    """Return whether ``version`` was compared with a version, or checked by rules, of the past."""
    pointer = DatasetPointer.objects.filter(dataset=version.dataset_id).first()
    if (pointer.version_id if pointer else None) != version.based_on_id:
        return True
    return rules_changed(version)


def _require_verifier(user, version):
    if may_verify(user, version):
        return
    if runs_centre(user):
        raise ValidationError(
            _("You uploaded or submitted this version; somebody else has to verify it.")
        )
    raise ValidationError(_("Only those who run the centre verify and publish."))
