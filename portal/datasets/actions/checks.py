"""The worker's part: read a file, merge it where the dataset says so, and compare."""

import os
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.audit import record
from portal.core.jobs import JobRefused, job, report_progress
from portal.core.statuses import move
from portal.datasets.access import current_version
from portal.datasets.actions.review import CHECK
from portal.datasets.bindings import impact_of
from portal.datasets.diffs import diff_tables, merge_tables
from portal.datasets.imports.check import ACCEPTED, NEEDS_CONFIRMATION, check_table
from portal.datasets.imports.reading import Reading
from portal.datasets.manifests import sha256_of_file, table_file
from portal.datasets.models import DatasetVersion
from portal.datasets.schemas import schema_of_version
from portal.datasets.store import row_count

Status = DatasetVersion.Status

STEP_LABELS = {
    "reading": gettext_lazy("reading the file"),
    "checking": gettext_lazy("checking the rows"),
    "merging": gettext_lazy("merging with what is published"),
    "comparing": gettext_lazy("comparing with what is published"),
    "impact": gettext_lazy("working out the impact on indicators"),
}
#: How much of the work is done when the rows are checked, in per cent.
CHECKED_AT = 70


@job(CHECK)
def check_version(running):
    """Check the file of a received version, or compare a submitted one again.

    The outcome is refused, needs a choice, or checked; a submitted version stays submitted.
    """
    version = DatasetVersion.objects.select_related("dataset").get(pk=running.object_id)
    if version.status not in {Status.RECEIVED, Status.SUBMITTED}:
        return
    schema = schema_of_version(version)
    chosen = version.reading.get("chosen", {})

    def tell(step, percent):
        if step in STEP_LABELS:
            report_progress(running, step, percent * CHECKED_AT // 100)

    with check_table(
        version.file.path,
        schema,
        reading=Reading.from_dict(chosen),
        filename=version.filename,
        progress=tell,
    ) as check:
        findings = {
            "report": check.report(),
            "reading": {**check.reading.as_dict(), "chosen": chosen},
        }
        if check.outcome == ACCEPTED:
            findings |= _accepted(version, schema, check, running)
    _write_outcome(version, check.outcome, findings)


def _accepted(version, schema, check, running):
    """Write the table that readers would see, and return how it differs from today's."""
    before = current_version(version.dataset)
    old = table_file(before) if before else None
    folder = Path(settings.PORTAL_DATA_ROOT) / "tables" / version.dataset.code
    folder.mkdir(parents=True, exist_ok=True)
    scratch = folder / f"{version.receipt_number}.{running.pk}.part"
    try:
        if old is not None and schema.mode != "replace":
            report_progress(running, "merging", CHECKED_AT)
            _merge(check, old, schema, scratch)
        else:
            check.write_parquet(scratch)
        sha256 = sha256_of_file(scratch)
        kept = folder / f"{version.receipt_number}-{sha256[:16]}.parquet"
        os.replace(scratch, kept)
    finally:
        scratch.unlink(missing_ok=True)
    version.table_path = str(kept.relative_to(settings.PORTAL_DATA_ROOT))
    version.row_count = row_count(kept)
    report_progress(running, "comparing", 80)
    difference = diff_tables(old, kept, schema).as_dict()
    report_progress(running, "impact", 90)
    return {
        "table_path": version.table_path,
        "table_sha256": sha256,
        "row_count": version.row_count,
        "based_on": before,
        "difference": difference,
        "impact": impact_of(version),
    }


def _merge(check, old, schema, out):
    sent = out.with_suffix(".sent")
    try:
        check.write_parquet(sent)
        merge_tables(old, sent, schema, out)
    finally:
        sent.unlink(missing_ok=True)


@transaction.atomic
def _write_outcome(version, outcome, findings):
    """Move a received version on; of a submitted one only the comparison is renewed."""
    if version.status == Status.SUBMITTED:
        if outcome != ACCEPTED:
            raise JobRefused(_("The file no longer passes the check; return it to its unit."))
        waiting = DatasetVersion.objects.filter(pk=version.pk, status=Status.SUBMITTED)
        if waiting.update(**findings):
            record("datasets.compared", version, based_on=version.based_on_id)
        return
    target = {ACCEPTED: Status.CHECKED, NEEDS_CONFIRMATION: Status.NEEDS_CHOICE}
    move(version, target.get(outcome, Status.REFUSED), user=None, **findings)
