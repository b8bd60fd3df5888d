"""Publishing: what takes time is done before, so that the one transaction is short.

Files are proved and indicators read while readers and others go on; then the version gets its
number, the pointer moves and the values become current, all of it or nothing.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.ledgers import last_seal
from portal.core.statuses import TransitionRefused, move
from portal.datasets.access import READABLE, current_version
from portal.datasets.actions.acting import acting_as
from portal.datasets.actions.copying import copy_ahead
from portal.datasets.actions.rules import refuse_changed_rules
from portal.datasets.kept_values import keep_values, settled_values, values_read_from
from portal.datasets.manifests import damaged_file_of, seal
from portal.datasets.models import DatasetPage, DatasetPointer, DatasetVersion
from portal.datasets.sealing.documents import build_manifest
from portal.datasets.sealing.figures import digests_of, figures_told
from portal.datasets.sealing.open_tables import OpenTable, open_columns, open_table_of

Status = DatasetVersion.Status


@dataclass(frozen=True)
class Prepared:
    """A version whose files were proved, what its table gives for indicators, its open rows."""

    table_sha256: str
    values: dict
    digests: dict
    open_table: OpenTable


class CorrectionUnexplained(ValidationError):
    """A published period would be corrected, and nobody said why."""

    def __init__(self, version, corrected):
        sentence = _(
            "%(period)s is published already (version %(number)s). Say why it is "
            "corrected; readers see the reason beside the old figures."
        )
        words = {"period": version.period_label.capitalize(), "number": corrected.number}
        super().__init__({"note": sentence % words})


def prepare(version):
    """Return ``version`` as ``Prepared``; call it outside the transaction that publishes.

    Raise ``ValidationError`` when a stored file is no longer the one that was checked.
    """
    if not version.table_path:
        raise TransitionRefused(version, version.status, Status.PUBLISHED)
    damage = damaged_file_of(version)
    if damage:
        raise ValidationError(damage)
    values = values_read_from(version)
    return Prepared(version.table_sha256, values, digests_of(values), open_table_of(version))


@transaction.atomic
def put_in_place(version, prepared, *, user):
    """Publish a version whose verification is settled; nobody's rights are asked for here.

    Raise ``ValidationError`` when another version was published since this one was compared,
    when the rules were changed, or when its table is not the one that was prepared.
    """
    dataset = DatasetPage.objects.select_for_update(of=("self",)).get(pk=version.dataset_id)
    lock(version)
    version.dataset = dataset
    before = version.based_on = refuse_stale(version)
    if version.table_sha256 != prepared.table_sha256:
        raise ValidationError(_("The file was compared again in the meantime. Do it once more."))
    if corrected := unexplained_correction(version):
        raise CorrectionUnexplained(version, corrected)
    number, previous_seal = _next_in_chain(dataset)
    version.corrects = standing_of_period(version)
    now = timezone.now()
    settled = settled_values(version, prepared.values)
    manifest, parts = build_manifest(
        version,
        number,
        previous_seal,
        at=now,
        open_table=_still_open(version, prepared.open_table),
        figures=figures_told(settled, prepared),
        anchor=last_seal(),
    )
    acting = acting_as(user, dataset)
    corrected = version.corrects
    if before is not None:
        move(before, Status.SUPERSEDED, user=user, acting_unit=acting)
    move(
        version,
        Status.PUBLISHED,
        user=user,
        acting_unit=acting,
        number=number,
        corrects=corrected,
        manifest=manifest,
        manifest_parts=parts,
        manifest_sha256=seal(manifest),
        published_at=now,
    )
    point_to(dataset, version, now)
    keep_values(version, settled)
    return version


def _still_open(version, prepared):
    """Return the open rows; they are read again when other columns became open meanwhile."""
    names = [column.name for column in open_columns(version.dataset, version)]
    return prepared if names == prepared.names else open_table_of(version)


def lock(version):
    """Read the version again and keep others from changing it until the transaction ends."""
    version.refresh_from_db(from_queryset=DatasetVersion.objects.select_for_update(of=("self",)))


def refuse_stale(version):
    """Return the version that readers see now; refuse when it is not the one compared with.

    A file that was checked by rules which hold no longer is refused as well.
    """
    current = current_version(version.dataset)
    if (current.pk if current else None) != version.based_on_id:
        raise ValidationError(
            _(
                "Another version was published after this file was checked. "
                "Compare again before deciding."
            )
        )
    refuse_changed_rules(version)
    return current


def standing_of_period(version):
    """Return the published version of the same period that ``version`` corrects, or None.

    A dataset without periods is kept up to date, not corrected; and what is restored says so.
    """
    if not version.period or version.restores_id:
        return None
    standing = DatasetVersion.objects.filter(
        dataset=version.dataset_id, period=version.period, number__isnull=False, status__in=READABLE
    )
    return standing.exclude(pk=version.pk).order_by("-number").first()


def unexplained_correction(version):
    """Return the published version that ``version`` corrects without a reason given; or None.

    So it is when another file of the period was published after this one was handed in.
    """
    return None if version.correction_reason else standing_of_period(version)


def point_to(dataset, version, moment):
    """Let readers see ``version`` from ``moment`` on."""
    pointer, _is_new = DatasetPointer.objects.update_or_create(
        dataset=dataset, defaults={"version": version, "moved_at": moment}
    )
    copy_ahead(pointer, version)


def _next_in_chain(dataset):
    """Return the number that comes next, and the seal of the version before it."""
    numbered = dataset.versions.published_ever().order_by("-number")
    last = numbered.values_list("number", "manifest_sha256").first()
    return (last[0] + 1, last[1]) if last else (1, "")
