"""Whether the record of a published version says what its manifest says."""

import json

from django.utils.translation import gettext as _

from portal.core.canonical import canonical
from portal.datasets.sealing.documents import (
    PRIVATE,
    events_told,
    fixes_told,
    head_told,
    private_told,
)


def difference_from_manifest(version):
    """Return a sentence about the first thing that the record says otherwise; empty for none."""
    if version.manifest["format"] == 1:
        return _difference_from_old(version)
    head = json.loads(canonical(head_told(version, version.number, version.published_at)))
    if any(version.manifest.get(name) != value for name, value in head.items()):
        return _("the record differs from its manifest.")
    sealed = _unnamed(version.manifest_parts[PRIVATE]["value"])
    stored = _unnamed(json.loads(canonical(private_told(version))))
    for name, value in stored.items():
        if sealed.get(name) != value:
            return _("the record differs from its manifest in “%(what)s”.") % {
                "what": words_of(name)
            }
    events = _unnamed(events_told(version))[: len(sealed["events"])]
    if events != sealed["events"]:
        return _("a step in its history is not the one that was sealed.")
    return ""


def words_of(name):
    """Return what a key of the private part means."""
    return {
        "original": _("received file"),
        "table": _("table"),
        "part": _("rows as they were sent"),
        "schema": _("definition at the time"),
        "definition": _("version of the definition"),
        "reading": _("how it was read"),
        "origin": _("Fetched from"),
        "report": _("result of the check"),
        "difference": _("difference"),
        "fixes": _("corrected cells"),
        "based_on": _("compared with"),
        "actors": _("who did it, and when"),
    }.get(name, name)


def _unnamed(data):
    """Leave out the names of people: an account may be renamed, its number stays."""
    if isinstance(data, list):
        return [_unnamed(each) for each in data]
    if not isinstance(data, dict):
        return data
    is_person = "user" in data and "id" in data
    return {
        key: _unnamed(value) for key, value in data.items() if not (is_person and key == "user")
    }


def _difference_from_old(version):
    manifest = version.manifest
    fixes = [
        {key: value for key, value in fix.items() if key != "id"} for fix in fixes_told(version)
    ]
    told = (
        manifest["version"],
        manifest["period"],
        manifest["original"]["sha256"],
        manifest["table"]["sha256"],
        manifest["table"]["rows"],
        manifest["part"],
        manifest["schema"],
        manifest.get("fixes", []),
    )
    stored = (
        version.number,
        version.period,
        version.sha256,
        version.table_sha256,
        version.row_count,
        version.report.get("part"),
        version.schema,
        fixes,
    )
    return "" if told == stored else _("the record differs from its manifest.")
