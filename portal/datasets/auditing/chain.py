"""Every dataset anew: its chain of manifests, files, steps, figures and reading copies.

Time follows the bytes of the files and the number of records; nothing is asked row by row.
"""

from django.utils.translation import gettext as _

from portal.core.models import LedgerSeal
from portal.datasets.auditing.breaks import Break
from portal.datasets.auditing.copies import false_copies
from portal.datasets.auditing.figures import false_currents, false_figure_of
from portal.datasets.auditing.records import difference_from_manifest
from portal.datasets.auditing.steps import first_false_step
from portal.datasets.manifests import damaged_file_of
from portal.datasets.models import DatasetPointer, DatasetVersion
from portal.datasets.sealing.documents import TABLE, is_as_sealed
from portal.datasets.sealing.open_tables import hash_of

Status = DatasetVersion.Status
#: In these states a version was published once, and has its number.
NUMBERED = (Status.PUBLISHED, Status.SUPERSEDED, Status.WITHDRAWN)


def first_break(dataset):
    """Return the first ``Break`` in a dataset, or None when all of it holds."""
    return (
        _first_in_chain(dataset)
        or first_false_step(dataset)
        or _first_damaged_file(dataset)
        or _definition_break(dataset)
        or _pointer_break(dataset)
        or _figure_break(dataset)
    )


def first_false_copy(dataset):
    """Return a ``Break`` for the first reading copy that differs from its table, or None."""
    for version in false_copies(dataset):
        return Break(dataset, version.number, _("its reading copy differs from its table."))
    return None


def _first_in_chain(dataset):
    versions = dataset.versions.published_ever().order_by("number")
    related = ("dataset", "restores", "corrects", "based_on", "definition")
    people = ("uploaded_by", "submitted_by", "verified_by")
    versions = versions.select_related(*related, *people).defer("impact")
    previous, expected, newest = "", 1, 1
    for version in versions.iterator(chunk_size=50):
        reason = _fault(version, expected, previous, newest)
        if reason:
            return Break(dataset, version.number, reason)
        previous, expected = version.manifest_sha256, expected + 1
        newest = version.manifest["format"]
    return None


def _fault(version, expected, previous, newest):
    if version.number != expected:
        return _("version %(number)s is missing before it.") % {"number": expected}
    if not is_as_sealed(version) or version.manifest["format"] < newest:
        return _("the manifest has been changed.")
    if version.manifest["previous"] != previous:
        return _("the manifest does not follow from the version before.")
    return (
        difference_from_manifest(version)
        or _anchor_fault(version)
        or damaged_file_of(version)
        or _open_table_fault(version)
        or false_figure_of(version)
    )


def _anchor_fault(version):
    """Return a sentence when the seal of the ledgers that the manifest names is no longer there."""
    anchor = version.manifest.get("registers")
    if anchor is None or LedgerSeal.objects.filter(**anchor).exists():
        return ""
    return _("seal %(number)s of the ledgers, which the manifest names, is gone or changed.") % {
        "number": anchor["number"]
    }


def _open_table_fault(version):
    if version.manifest["format"] == 1:
        return ""
    told = version.manifest_parts[TABLE]["value"]
    if hash_of(version, [column["name"] for column in told["columns"]]) == told["sha256"]:
        return ""
    return _("the open rows are written otherwise than when they were sealed.")


def _first_damaged_file(dataset):
    """Return the first file that was received, but not published, and is not as it came."""
    waiting = dataset.versions.counting().filter(number__isnull=True).order_by("pk")
    for version in waiting.defer("schema", "difference", "impact", "reading").iterator(50):
        if version.status in NUMBERED:
            return _unnumbered(dataset, version, _("it was published, and has no number."))
        reason = damaged_file_of(version, only_received=not version.table_path)
        if reason:
            return _unnumbered(dataset, version, reason)
    return None


def _unnumbered(dataset, version, reason):
    return Break(dataset, None, reason, version.receipt_number)


def _definition_break(dataset):
    numbers = list(dataset.definition_versions.order_by("number").values_list("number", flat=True))
    for expected, number in enumerate(numbers, start=1):
        if number != expected:
            reason = _("version %(number)s of its definition is missing.") % {"number": expected}
            return Break(dataset, None, reason)
    return None


def _pointer_break(dataset):
    """Readers see the one version that is published; none when there is none."""
    pointer = DatasetPointer.objects.filter(dataset=dataset).select_related("version").first()
    shown = list(dataset.versions.filter(status=Status.PUBLISHED).order_by("number"))
    if pointer is None:
        if not shown:
            return None
        return Break(dataset, shown[0].number, _("it is published, but readers are not shown it."))
    if shown != [pointer.version]:
        reason = _("readers are shown it though it is not published.")
        return Break(dataset, pointer.version.number, reason)
    return None


def _figure_break(dataset):
    reason = false_currents(dataset)
    return Break(dataset, None, reason) if reason else None
