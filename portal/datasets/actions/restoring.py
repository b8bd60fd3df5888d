"""Restoring: a new version that says what an old one said, verified like any other.

Nothing is copied: received file and table are those of the old version, and so are their hashes.
Where files are appended by period it is the rows of the old version's period that come back.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.jobs import enqueue
from portal.core.roles import runs_centre
from portal.core.statuses import born
from portal.datasets.access import current_version
from portal.datasets.actions.acting import acting_as
from portal.datasets.actions.review import CHECK
from portal.datasets.actions.uploads import next_receipt_number
from portal.datasets.manifests import damaged_file_of
from portal.datasets.models import DatasetPage, DatasetVersion

Status = DatasetVersion.Status
#: What a restored version has from the old one.
_TAKEN_OVER = (
    "dataset", "unit", "period", "file", "filename", "size", "sha256", "schema", "definition",
    "table_path", "table_sha256", "row_count",
)  # fmt: skip
_COUNTS = ("records", "accepted", "rejected", "blank", "part")


def may_restore(user, version):
    """Return whether ``user`` may have ``version`` restored: it is superseded, the user central."""
    return runs_centre(user) and version.status == Status.SUPERSEDED


def restore_version(version, *, user, note):
    """Submit a new version equal to the superseded ``version``; return it.

    It waits for somebody else to verify it. ``note`` says why, and readers see it.
    """
    if not runs_centre(user):
        raise ValidationError(_("Only those who run the centre restore a version."))
    if version.status != Status.SUPERSEDED:
        raise ValidationError(_("Only a version that another one has replaced is restored."))
    if not note.strip():
        raise ValidationError({"note": _("Say why the version is restored.")})
    damage = damaged_file_of(version)
    if damage:
        raise ValidationError(damage)
    with transaction.atomic():
        dataset = DatasetPage.objects.select_for_update(of=("self",)).get(pk=version.dataset_id)
        if _waiting(version) or version == current_version(dataset):
            raise ValidationError(_("This version is being restored already."))
        return _born_again(version, dataset, user, note.strip())


def _waiting(version):
    return DatasetVersion.objects.filter(
        restores=version.pk, status__in=(Status.SUBMITTED, Status.VERIFIED)
    ).exists()


def _born_again(version, dataset, user, note):
    now = timezone.now()
    kept = {key: version.report[key] for key in _COUNTS if key in version.report}
    again = DatasetVersion.objects.create(
        **{name: getattr(version, name) for name in _TAKEN_OVER},
        restores=version,
        receipt_number=next_receipt_number(),
        status=Status.SUBMITTED,
        reading={key: version.reading[key] for key in version.reading if key != "candidates"},
        report={**kept, "outcome": "accepted", "issues": [], "issues_total": 0},
        correction_reason=note,
        uploaded_by=user,
        uploaded_at=now,
        submitted_by=user,
        submitted_at=now,
    )
    born(again, user=user, acting_unit=acting_as(user, dataset), note=note)
    enqueue(CHECK, again, user=user)
    return again
