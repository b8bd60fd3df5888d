"""The chain of manifests: each published version is sealed together with the one before it.

A manifest is plain data that names the files by their SHA-256. Its own SHA-256 stands in the
manifest of the next version, so that nothing published can be changed without a trace.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from portal.datasets.models import DatasetPointer, DatasetVersion

FORMAT = 1


@dataclass(frozen=True)
class Break:
    """The first place where what is stored is not what was published."""

    dataset: object
    number: int | None
    reason: str

    def __str__(self):
        if self.number is None:
            return f"{self.dataset.code}: {self.reason}"
        return _("%(dataset)s, version %(number)s: %(reason)s") % {
            "dataset": self.dataset.code,
            "number": self.number,
            "reason": self.reason,
        }


def table_file(version):
    """Return the path of the version's table."""
    return Path(settings.PORTAL_DATA_ROOT) / version.table_path


def sha256_of_file(path):
    """Return the SHA-256 of a file, read piece by piece; None when there is no such file."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def seal(manifest):
    """Return the SHA-256 of a manifest in its one canonical form."""
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def build_manifest(version, number, previous_seal):
    """Return the manifest of ``version`` as it is published under ``number``."""
    dataset = version.dataset
    provision = dataset.provision
    manifest = {
        "format": FORMAT,
        "dataset": {
            "code": dataset.code,
            "title": dataset.title,
            "owner_unit": version.unit.code,
            "provision": provision.citation if provision else "",
        },
        "version": number,
        "period": version.period,
        "receipt_number": version.receipt_number,
        "original": {
            "filename": version.filename,
            "size": version.size,
            "sha256": version.sha256,
        },
        "table": {"sha256": version.table_sha256, "rows": version.row_count},
        "part": version.report.get("part"),
        "schema": version.schema,
        "definition": version.definition.number if version.definition else None,
        "reading": version.reading,
        "fixes": fixes_told(version),
        "based_on": version.based_on.number if version.based_on else None,
        "actors": {
            "uploaded": _actor(version.uploaded_by, version.uploaded_at),
            "submitted": _actor(version.submitted_by, version.submitted_at),
            "verified": _actor(version.verified_by, version.verified_at),
            **_order(version),
        },
        "previous": previous_seal,
        **_past_told(version),
        **({"origin": version.origin} if version.origin else {}),
    }
    return json.loads(json.dumps(manifest))


def _past_told(version):
    """Return what of the past the version restores or corrects; nothing for most."""
    told = {}
    if version.restores:
        told["restores"] = version.restores.number
    if version.corrects:
        told["corrects"] = {"version": version.corrects.number, "reason": version.correction_reason}
    return told


def fixes_told(version):
    """Return the cells that people corrected on the screen, in the order in which they did."""
    return [
        {
            "row": fix.row,
            "column": fix.column,
            "old": fix.old_value,
            "new": fix.new_value,
            **_actor(fix.fixed_by, fix.fixed_at),
        }
        for fix in version.fixes.select_related("fixed_by")
    ]


def _order(version):
    """Return who had the version published by order, where nobody verified it."""
    if version.verified_by is not None:
        return {}
    return {"ordered": _actor(version.submitted_by, version.submitted_at)}


def _actor(user, at):
    return user and {"user": user.get_username(), "at": at.isoformat()}


def damaged_file_of(version):
    """Return a sentence when a file of ``version`` is not what was received or checked."""
    if sha256_of_file(version.file.path) != version.sha256:
        return _("The received file is missing or has been changed.")
    if sha256_of_file(table_file(version)) != version.table_sha256:
        return _("The table is missing or has been changed.")
    part = version.report.get("part")
    if part and sha256_of_file(Path(settings.PORTAL_DATA_ROOT) / part["path"]) != part["sha256"]:
        return _("The rows as they were sent are missing or have been changed.")
    return ""


def first_break(dataset):
    """Return the first ``Break`` in the dataset's chain, or None when all of it holds."""
    versions = dataset.versions.published_ever().order_by("number")
    previous, expected = "", 1
    for version in versions.iterator():
        reason = _fault(version, expected, previous)
        if reason:
            return Break(dataset, version.number, reason)
        previous, expected = version.manifest_sha256, expected + 1
    return _pointer_break(dataset)


def _fault(version, expected, previous):
    manifest = version.manifest
    if version.number != expected:
        return _("version %(number)s is missing before it.") % {"number": expected}
    if not manifest or seal(manifest) != version.manifest_sha256:
        return _("the manifest has been changed.")
    if manifest["previous"] != previous:
        return _("the manifest does not follow from the version before.")
    if _columns_told(version) != _columns_stored(version):
        return _("the record differs from its manifest.")
    return damaged_file_of(version)


def _columns_told(version):
    manifest = version.manifest
    return (
        manifest["version"],
        manifest["period"],
        manifest["original"]["sha256"],
        manifest["table"]["sha256"],
        manifest["table"]["rows"],
        manifest["part"],
        manifest["schema"],
        manifest.get("fixes", []),
        manifest.get("origin", {}),
    )


def _columns_stored(version):
    return (
        version.number,
        version.period,
        version.sha256,
        version.table_sha256,
        version.row_count,
        version.report.get("part"),
        version.schema,
        fixes_told(version),
        version.origin,
    )


def _pointer_break(dataset):
    pointer = DatasetPointer.objects.filter(dataset=dataset).select_related("version").first()
    if pointer is None:
        return None
    version = pointer.version
    if version.dataset_id == dataset.pk and version.status == DatasetVersion.Status.PUBLISHED:
        return None
    return Break(dataset, version.number, _("readers are shown it though it is not published."))
