"""The manifest of a published version, format 2: a public head and salted parts.

The head may be read by everybody who may know of the dataset. It holds the SHA-256 of each part
with its salt, and of the manifest before. A part is shown, with its salt, only to those who may
see all of it; for others the seal holds all the same. Format 1 was one document with all in it.
"""

from portal.core.statuses import history_of
from portal.datasets.manifests import commitment, committed, seal

FORMAT = 2
SOURCE, TABLE, PRIVATE = "source", "table", "private"
PARTS = (SOURCE, TABLE, PRIVATE)
#: What a manifest of each format has at least.
NEEDED = {
    1: {"version", "period", "original", "table", "part", "schema", "previous"},
    FORMAT: {"dataset", "version", "period", "previous", "registers", "parts"},
}


def build_manifest(version, number, previous_seal, *, at, open_table, figures, anchor):
    """Return the manifest of ``version`` as it is published under ``number``, and its parts.

    ``figures`` are the values that it gives to indicators, ``anchor`` the seal of the registers.
    """
    values = {
        SOURCE: source_told(version),
        TABLE: open_table.as_dict(),
        PRIVATE: {**private_told(version), "events": events_told(version), "figures": figures},
    }
    parts = {name: committed(values[name]) for name in PARTS}
    head = {
        "format": FORMAT,
        "dataset": version.dataset.code,
        **head_told(version, number, at),
        "previous": previous_seal,
        "registers": anchor,
        "parts": {name: commitment(part) for name, part in parts.items()},
    }
    return head, parts


def head_told(version, number, at):
    """Return what of the head follows from the record of a version."""
    told = {
        "version": number,
        "period": version.period,
        "receipt_number": version.receipt_number,
        "published_at": at.isoformat(),
    }
    if version.restores:
        told["restores"] = version.restores.number
    if version.corrects:
        told["corrects"] = {"version": version.corrects.number, "reason": version.correction_reason}
    return told


def source_told(version):
    """Return whose data it is and what obliges, in the words of the day."""
    provision = version.dataset.provision
    return {
        "title": version.dataset.title,
        "owner_unit": version.unit.code,
        "provision": provision.citation if provision else "",
    }


def private_told(version):
    """Return what only those see who look after the dataset, as the record has it."""
    definition = version.definition
    return {
        "original": {
            "filename": version.filename,
            "size": version.size,
            "sha256": version.sha256,
        },
        "table": {"sha256": version.table_sha256, "rows": version.row_count},
        "part": version.report.get("part"),
        "schema": version.schema,
        "definition": definition
        and {"number": definition.number, "sha256": seal(definition.definition)},
        "reading": version.reading,
        "origin": version.origin,
        "report": seal(version.told_report),
        "difference": seal(version.difference),
        "fixes": fixes_told(version),
        "based_on": version.based_on.number if version.based_on else None,
        "actors": {
            "uploaded": actor_told(version.uploaded_by, version.uploaded_at),
            "submitted": actor_told(version.submitted_by, version.submitted_at),
            "verified": actor_told(version.verified_by, version.verified_at),
            **_order(version),
        },
    }


def fixes_told(version):
    """Return the cells that people corrected on the screen, in the order in which they did."""
    return [
        {
            "row": fix.row,
            "column": fix.column,
            "old": fix.old_value,
            "new": fix.new_value,
            **actor_told(fix.fixed_by, fix.fixed_at),
        }
        for fix in version.fixes.select_related("fixed_by")
    ]


def events_told(version):
    """Return the steps of a version, the oldest first."""
    return [
        {
            "from": event.from_status,
            "to": event.to_status,
            "acting_unit": event.acting_unit,
            "note": event.note,
            **(actor_told(event.actor, event.at) or {"at": event.at.isoformat()}),
        }
        for event in history_of(version).order_by("pk")
    ]


def actor_told(user, at):
    """Return who did it when; None for nobody."""
    return user and {"user": user.get_username(), "id": user.pk, "at": at.isoformat()}


def cited_in(version):
    """Return the provision that the version's manifest cites; empty without one."""
    if version.manifest.get("format", 1) == 1:
        return version.manifest["dataset"]["provision"]
    return version.manifest_parts[SOURCE]["value"]["provision"]


def is_as_sealed(version):
    """Tell whether seal and parts of the manifest fit together."""
    manifest, parts = version.manifest, version.manifest_parts
    if not isinstance(manifest, dict) or seal(manifest) != version.manifest_sha256:
        return False
    if manifest.get("format") not in (1, FORMAT) or not NEEDED[manifest["format"]] <= set(manifest):
        return False
    commitments = manifest["parts"] if manifest["format"] == FORMAT else {}
    return commitments == {name: commitment(part) for name, part in parts.items()}


def _order(version):
    """Return who had the version published by order, where nobody verified it."""
    if version.verified_by is not None:
        return {}
    return {"ordered": actor_told(version.submitted_by, version.submitted_at)}
