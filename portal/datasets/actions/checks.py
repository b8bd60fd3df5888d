"""The worker's part: read a file, merge it where the dataset says so, and compare."""

from collections import Counter
from pathlib import Path

import duckdb
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.audit import record
from portal.core.full_disk import is_disk_full
from portal.core.jobs import JobRefused, job, report_progress
from portal.core.statuses import move
from portal.core.table_files.reading import Reading
from portal.datasets.access import current_version
from portal.datasets.actions.review import CHECK
from portal.datasets.actions.rules import rules_changed, schema_now
from portal.datasets.actions.self_submission import submit_if_nothing_is_asked
from portal.datasets.bindings import impact_of
from portal.datasets.cell_fixes import FixedCells
from portal.datasets.definitions.history import keep_definition
from portal.datasets.definitions.lineage import table_under
from portal.datasets.diffs import diff_tables
from portal.datasets.error_workbooks import write_error_workbook
from portal.datasets.guarded_cells import take_guards_off
from portal.datasets.imports.check import ACCEPTED, NEEDS_CONFIRMATION, REJECTED, check_table
from portal.datasets.json_rows import is_from_rows
from portal.datasets.manifests import sha256_of_file, table_file
from portal.datasets.merging import KeysClash, write_merged
from portal.datasets.models import DatasetVersion
from portal.datasets.remembered import memory_of, recalled, remember
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
WRITTEN_AT = 95
MOST_DOUBTS = 4  #: characters, sheet, header and numbers are asked about one after the other


@job(CHECK)
def check_version(running):
    """Check the file of a received version, or a submitted one again.

    The outcome is refused, needs a choice, or checked; a submitted version stays submitted, and
    is checked by today's rules. A restored version is only compared.
    """
    version = DatasetVersion.objects.select_related("dataset").get(pk=running.object_id)
    if version.status not in {Status.RECEIVED, Status.SUBMITTED}:
        return
    try:
        if version.restores_id:
            outcome, findings = ACCEPTED, _restored(version, running)
        else:
            rules = _rules_renewed(version)
            outcome, findings = _examined(version, running)
            findings |= rules
    except (duckdb.OutOfMemoryException, MemoryError) as fault:
        raise JobRefused(
            _(
                "The file needs more memory than the check has. Divide it into several files, "
                "or remove columns that nobody asked for, and send it again."
            )
        ) from fault
    except (OSError, duckdb.Error) as fault:
        if not is_disk_full(fault):
            raise
        raise JobRefused(
            _(
                "The server's disk is full, so the file could not be checked. Nothing is lost; "
                "have it checked again when the operator has made room."
            )
        ) from fault
    report_progress(running, "impact", WRITTEN_AT)  # the last moment at which a cancel is heard
    _write_outcome(version, outcome, findings)
    submit_if_nothing_is_asked(version)


def _rules_renewed(version):
    """Give a submitted version today's rules, to be kept when it passes them."""
    if version.status != Status.SUBMITTED or not rules_changed(version):
        return {}
    rules = {
        "schema": schema_now(version.dataset),
        "definition": keep_definition(version.dataset),
    }
    version.schema, version.definition = rules["schema"], rules["definition"]
    return rules


def _examined(version, running):
    """Return the outcome and what is kept of it; a doubt of last time is answered as last time."""
    said = version.reading
    outcome, findings = _examined_as(version, running, said.get("chosen", {}))
    memory = None if said.get("ask") or said.get("recalled") else memory_of(version)
    for _doubt in range(MOST_DOUBTS):
        if outcome != NEEDS_CONFIRMATION:
            break
        reading = findings["reading"]
        answers = recalled(memory, reading["candidates"], reading["chosen"])
        if answers is None:
            break
        outcome, findings = _examined_as(version, running, answers)
        findings["reading"]["recalled"] = memory.version.receipt_number
    if said.get("ask"):
        findings["reading"]["ask"] = True
    if said.get("recalled"):
        findings["reading"]["recalled"] = said["recalled"]
    return outcome, findings


def _examined_as(version, running, chosen):
    schema = schema_of_version(version)
    fixed = FixedCells(version, schema)

    def tell(step, percent):
        if step in STEP_LABELS:
            report_progress(running, step, percent * CHECKED_AT // 100)

    with _opened_check(version, schema, chosen, fixed, tell) as check:
        outcome = check.outcome
        findings = {
            "report": check.report() | _further(check),
            "reading": {**check.reading.as_dict(), "chosen": chosen},
        }
        if fixed.lost:
            outcome = _refuse(findings, fixed.issues())
        elif outcome == ACCEPTED:
            try:
                findings |= _accepted(version, schema, check, running)
            except KeysClash as clash:
                outcome = _refuse(findings, clash.issues)
        if outcome != NEEDS_CONFIRMATION and findings["report"]["issues"]:
            findings["report"]["workbook"] = write_error_workbook(
                version, schema, check, findings["report"]
            )
    return outcome, findings


def _opened_check(version, schema, chosen, fixed, tell=None):
    """Return the check of a version's file as it was sent, put right by ``fixed``."""

    def amend(workspace):
        if not is_from_rows(version):  # rows of JSON were never guarded
            take_guards_off(workspace, Path(version.file.path), schema)
        fixed(workspace)

    return check_table(
        version.file.path,
        schema,
        reading=Reading.from_dict(chosen),
        filename=version.filename,
        progress=tell,
        amend=amend,
    )


def accepted_rows(version, count):
    """Return the first accepted rows of a version's file, as JSON writes them: read once more."""
    schema = schema_of_version(version)
    chosen = version.reading.get("chosen", {})
    with _opened_check(version, schema, chosen, FixedCells(version, schema)) as check:
        return check.first_rows(count)


def _further(check):
    """Return what the screens list beyond the report: the first issues of each later kind."""
    further = [issue.as_dict() for issue in check.findings.further()]
    return {"further_issues": further} if further else {}


def _refuse(findings, issues):
    """Let ``issues``, found after the check, be what the report says; return the outcome."""
    codes = Counter(issue["code"] for issue in issues)
    findings["report"] |= {
        "outcome": REJECTED,
        "issues": issues,
        "issues_total": len(issues),
        "issues_by_code": dict(codes),
        "issues_truncated": False,
        "further_issues": [],
    }
    return REJECTED


def _accepted(version, schema, check, running):
    """Write the table that readers would see, and return how it differs from today's."""
    before, report = current_version(version.dataset), check.report()
    folder = _folder_of(version)
    part = folder / f"{running.pk}.part"
    try:
        check.write_parquet(part)
        report_progress(running, "merging", CHECKED_AT)
        found = _merged(version, before, schema, part, running)
        if schema.mode == "append":
            report["part"] = _kept_part(part, folder, version)
    finally:
        part.unlink(missing_ok=True)
    return found | _compared(version, before, schema, found, running) | {"report": report}


def _restored(version, running):
    """Return what a restored version is: the old table, or the old rows of its period."""
    before, schema = current_version(version.dataset), schema_of_version(version)
    found = {name: getattr(version, name) for name in ("table_path", "table_sha256", "row_count")}
    part = version.report.get("part")
    if part:
        report_progress(running, "merging", CHECKED_AT)
        rows = Path(settings.PORTAL_DATA_ROOT) / part["path"]
        found = _merged(version, before, schema, rows, running)
    return found | _compared(version, before, schema, found, running)


def _folder_of(version):
    folder = Path(settings.PORTAL_DATA_ROOT) / "tables" / version.dataset.code
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _merged(version, before, schema, part, running):
    """Write the table that the rows in ``part`` make with what stands; return where it is."""
    folder = _folder_of(version)
    merged = folder / f"{running.pk}.merged"
    try:
        write_merged(version, before, schema, part, merged)
        kept, sha256 = _keep(merged, folder, version.receipt_number)
    finally:
        merged.unlink(missing_ok=True)
    path = str(kept.relative_to(settings.PORTAL_DATA_ROOT))
    return {"table_path": path, "table_sha256": sha256, "row_count": row_count(kept)}


def _compared(version, before, schema, found, running):
    """Return how the table differs from ``before``, and what it does to indicators."""
    version.table_path, version.row_count = found["table_path"], found["row_count"]
    report_progress(running, "comparing", 80)
    difference = _difference(before, table_file(version), schema)
    report_progress(running, "impact", 90)
    return {"based_on": before, "difference": difference, "impact": impact_of(version)}


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
    if outcome == ACCEPTED:
        remember(version)
