"""From a checked file to the version that readers see: submit, return, verify, publish, withdraw.

Whoever uploaded or submitted a version does not verify it: four eyes, always.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.jobs import cancel, enqueue
from portal.core.models import Job
from portal.core.roles import Role, roles_of, runs_centre
from portal.core.statuses import move
from portal.datasets.access import current_version, may_submit, may_upload, may_verify
from portal.datasets.bindings import derive_values, refresh_after_withdrawal
from portal.datasets.manifests import build_manifest, damaged_file_of, seal
from portal.datasets.models import DatasetPage, DatasetPointer, DatasetVersion
from portal.units.models import Membership
from portal.units.permissions import unit_ids_of

Status = DatasetVersion.Status
CHECK = "datasets.check"


def acting_as(user, dataset):
    """Return in whose name ``user`` acts on ``dataset``: a unit, or a role of the centre."""
    mine = unit_ids_of(user)
    if dataset.owner_unit_id in mine:
        return dataset.owner_unit.title[:64]
    own = Membership.objects.current().filter(user=user).select_related("unit").first()
    if own:
        return own.unit.title[:64]
    roles = [role for role in Role if role in roles_of(user)]
    return str(roles[0].label)[:64] if roles else ""


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
    """Move a checked version to “submitted”, now and in the name of ``user``; asks for no right."""
    return move(
        version,
        Status.SUBMITTED,
        user=user,
        acting_unit=acting_as(user, version.dataset),
        note=note,
        submitted_by=user,
        submitted_at=timezone.now(),
        unit=version.dataset.owner_unit,
    )


@transaction.atomic
def return_version(version, *, user, note):
    """Send a version back to its unit, with the reason; the unit corrects or sends another file."""
    _lock(version)
    _require_verifier(user, version)
    if not note.strip():
        raise ValidationError({"note": _("Say what is to be corrected.")})
    acting = acting_as(user, version.dataset)
    return move(version, Status.RETURNED, user=user, acting_unit=acting, note=note.strip())


@transaction.atomic
def verify_version(version, *, user, note=""):
    """Confirm a submitted version as the second pair of eyes."""
    _lock(version)
    _require_verifier(user, version)
    refuse_stale(version)
    return move(
        version,
        Status.VERIFIED,
        user=user,
        acting_unit=acting_as(user, version.dataset),
        note=note,
        verified_by=user,
        verified_at=timezone.now(),
    )


def publish_version(version, *, user):
    """Give a verified version its number, seal it, and show it to readers, all or nothing.

    Raise ``ValidationError`` when another version was published since this one was compared,
    or when a stored file is no longer the one that was checked.
    """
    _require_verifier(user, version)
    return put_in_place(version, user=user)


def put_in_place(version, *, user):
    """Publish a version whose verification is settled; nobody's rights are asked for here."""
    damage = damaged_file_of(version)
    if damage:
        raise ValidationError(damage)
    with transaction.atomic():
        dataset = DatasetPage.objects.select_for_update(of=("self",)).get(pk=version.dataset_id)
        _lock(version)
        before = refuse_stale(version)
        number, previous_seal = _next_in_chain(dataset)
        manifest = build_manifest(version, number, previous_seal)
        now = timezone.now()
        acting = acting_as(user, dataset)
        if before is not None:
            move(before, Status.SUPERSEDED, user=user, acting_unit=acting)
        move(
            version,
            Status.PUBLISHED,
            user=user,
            acting_unit=acting,
            number=number,
            manifest=manifest,
            manifest_sha256=seal(manifest),
            published_at=now,
        )
        _point_to(dataset, version, now)
        derive_values(version)
    return version


@transaction.atomic
def verify_and_publish(version, *, user, note=""):
    """Verify and publish in one step; when publishing is refused, nothing was verified."""
    verify_version(version, user=user, note=note)
    return publish_version(version, user=user)


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
            _point_to(dataset, before, timezone.now())
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
    """Compare a submitted version with what readers see now, after another was published."""
    if not (runs_centre(user) or may_upload(user, version.dataset)):
        raise ValidationError(_("Only the unit or the centre has this file compared again."))
    if version.status != Status.SUBMITTED or not is_stale(version):
        raise ValidationError(_("This version is already compared with the current one."))
    record("datasets.compare_again", version, user=user)
    return enqueue(CHECK, version, user=user)


def is_stale(version):
    """Return whether another version was published since ``version`` was compared."""
    pointer = DatasetPointer.objects.filter(dataset=version.dataset_id).first()
    return (pointer.version_id if pointer else None) != version.based_on_id


def _lock(version):
    """Read the version again and keep others from changing it until the transaction ends."""
    version.refresh_from_db(from_queryset=DatasetVersion.objects.select_for_update(of=("self",)))


def _require_verifier(user, version):
    if may_verify(user, version):
        return
    if runs_centre(user):
        raise ValidationError(
            _("You uploaded or submitted this version; somebody else has to verify it.")
        )
    raise ValidationError(_("Only those who run the centre verify and publish."))


def refuse_stale(version):
    """Return the version that readers see now; refuse when it is not the one compared with."""
    current = current_version(version.dataset)
    if (current.pk if current else None) != version.based_on_id:
        raise ValidationError(
            _(
                "Another version was published after this file was checked. "
                "Compare again before deciding."
            )
        )
    return current


def _next_in_chain(dataset):
    last = dataset.versions.published_ever().aggregate(Max("number"))["number__max"] or 0
    if not last:
        return 1, ""
    return last + 1, dataset.versions.get(number=last).manifest_sha256


def _point_to(dataset, version, moment):
    DatasetPointer.objects.update_or_create(
        dataset=dataset, defaults={"version": version, "moved_at": moment}
    )
