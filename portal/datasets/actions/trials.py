"""Files that were only checked: they become a received file, or go after some days."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.models import Job
from portal.core.statuses import move
from portal.datasets.actions.acting import acting_as
from portal.datasets.actions.uploads import receive_file
from portal.datasets.error_workbooks import workbook_file
from portal.datasets.models import DatasetVersion

Status = DatasetVersion.Status
KEPT_DAYS = 7


@transaction.atomic
def send_trial(trial, *, user):
    """Send the very file of a trial, so that it counts from now on; return its version."""
    if not trial.is_trial or trial.status == Status.DISCARDED:
        raise ValidationError(_("This file is sent already."))
    if trial.status == Status.RECEIVED:
        raise ValidationError(_("The file is being checked already."))
    with trial.file.open("rb") as content:
        version = receive_file(
            trial.dataset,
            File(content, name=trial.filename),
            user=user,
            period=trial.period,
            note=trial.note,
            chosen=trial.reading.get("chosen"),
            answers=trial.answers,
            counts_for_period=trial.counts_for_period,
        )
    note = _("Sent under receipt number %(number)s.") % {"number": version.receipt_number}
    acting = acting_as(user, trial.dataset)
    move(trial, Status.DISCARDED, user=user, acting_unit=acting, note=note)
    return version


def forget_trials(now=None):
    """Delete the trials that are some days old, with their files; return how many."""
    limit = (now or timezone.now()) - timedelta(days=KEPT_DAYS)
    old = DatasetVersion.objects.filter(is_trial=True, uploaded_at__lt=limit)
    count = 0
    for trial in old.exclude(pk__in=_in_work(old)):
        paths = _paths_of(trial)
        with transaction.atomic():
            Job.objects.about(trial).delete()
            trial.delete()
        for path in paths:
            path.unlink(missing_ok=True)
        count += 1
    return count


def _in_work(trials):
    pks = trials.values_list("pk", flat=True)
    return Job.objects.about_all(DatasetVersion, pks).unfinished().values("object_id")


def _paths_of(trial):
    """Return the files that belong to the trial alone; each carries its own receipt number."""
    root = Path(settings.PORTAL_DATA_ROOT)
    kept = [trial.table_path, (trial.report.get("part") or {}).get("path", "")]
    workbook = workbook_file(trial)
    return [
        Path(trial.file.path),
        *(root / path for path in kept if path),
        *([workbook] if workbook else []),
    ]
