"""The worker's part: read a file, merge it where the dataset says so, and compare."""

from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.audit import record
from portal.core.jobs import JobRefused, job, report_progress
from portal.core.statuses import move
from portal.core.table_files.reading import Reading
from portal.datasets.access import current_version
from portal.datasets.actions.review import CHECK
from portal.datasets.bindings import impact_of
from portal.datasets.definitions.lineage import table_under
from portal.datasets.diffs import diff_tables
from portal.datasets.imports.check import ACCEPTED, NEEDS_CONFIRMATION, REJECTED, check_table
from portal.datasets.manifests import sha256_of_file, table_file
from portal.datasets.merging import KeysClash, write_merged
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
        outcome = check.outcome
        findings = {
            "report": check.report(),
            "reading": {**check.reading.as_dict(), "chosen": chosen},
        }
        if outcome == ACCEPTED:
            try:
                findings |= _accepted(version, schema, check, running)
            except KeysClash as clash:
                outcome = REJECTED
                findings["report"] |= {"issues": clash.issues, "issues_total": len(clash.issues)}
    _write_outcome(version, outcome, findings)


def _accepted(version, schema, check, running):
    """Write the table that readers would see, and return how it differs from today's."""
    before, report = current_version(version.dataset), check.report()
    folder = Path(settings.PORTAL_DATA_ROOT) / "tables" / version.dataset.code
    folder.mkdir(parents=True, exist_ok=True)
    part, merged = (folder / f"{running.pk}.{kind}" for kind in ("part", "merged"))
    try:
        check.write_parquet(part)
        report_progress(running, "merging", CHECKED_AT)
        write_merged(version, before, schema, part, merged)
        if schema.mode == "append":
            report["part"] = _kept_part(part, folder, version)
        kept, sha256 = _keep(merged, folder, version.receipt_number)
    finally:
        part.unlink(missing_ok=True)
        merged.unlink(missing_ok=True)
    version.table_path = str(kept.relative_to(settings.PORTAL_DATA_ROOT))
    version.row_count = row_count(kept)
    report_progress(running, "comparing", 80)
    difference = _difference(before, kept, schema)
    report_progress(running, "impact", 90)
    return {
        "table_path": version.table_path,
        "table_sha256": sha256,
        "row_count": version.row_count,
        "based_on": before,
        "difference": difference,
        "impact": impact_of(version),
        "report": report,
    }


def _difference(before, kept, schema):
    """Compare with what readers see; columns are the same by their lasting identity."""
    if before is None:
        return diff_tables(None, kept, schema).as_dict()
    then = schema_of_version(before)
    with table_under(table_file(before), then, schema, strict=False) as old:
        return diff_tables(old, kept, schema).as_dict()


def _keep(scratch, folder, name):
    """Give a finished table its lasting name, which says what is in it; return path and hash."""
    sha256 = sha256_of_file(scratch)
    return scratch.replace(folder / f"{name}-{sha256[:16]}.parquet"), sha256


def _kept_part(part, folder, version):
    """Keep the rows as they were sent, for the day when their period is sent again."""
    kept, sha256 = _keep(part, folder, f"{version.receipt_number}-part")
    return {"path": str(kept.relative_to(settings.PORTAL_DATA_ROOT)), "sha256": sha256}


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
