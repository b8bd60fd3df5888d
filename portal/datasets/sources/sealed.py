"""Manifests of another portal, checked against the hashes that its list of versions tells.

A manifest of format 2 is a public head that holds the SHA-256 of salted parts; one part has the
hash of the open rows. A portal that shows none yet is followed by the links of its list alone; but
who has shown manifests once must go on.
"""

import io
import json

from django.utils.translation import gettext as _

from portal.core.fetching.client import Limits
from portal.core.fetching.refusals import FetchRefused
from portal.datasets.manifests import commitment, seal
from portal.datasets.sources.chain import ChainBroken

LONGEST_MANIFEST = 4 * 1024 * 1024
SECONDS = 60
#: How far a version was checked: its link in the list, its manifest, its rows as well.
LINK, MANIFEST, ROWS = "link", "manifest", "rows"


def proof_of(remote, entry, *, is_expected):
    """Return (how far the manifest of ``entry`` can be checked, SHA-256 of the open rows or "").

    Raise ``ChainBroken`` where the manifest is not the one that the list has the hash of, or where
    one ``is_expected`` and none is shown.
    """
    told = _shown(remote, entry.number)
    if told is None or told.get("format") == 1:
        if is_expected:
            raise ChainBroken(
                _("Version %(number)s has no manifest there that can be checked; those before had.")
                % {"number": entry.number}
            )
        return LINK, ""
    try:
        return _checked(remote, entry, told)
    except (KeyError, TypeError, AttributeError) as fault:
        raise ChainBroken(_unfitting(entry)) from fault


def _checked(remote, entry, told):
    manifest = told["manifest"]
    head = (manifest["dataset"], manifest["version"], manifest["period"], manifest["previous"])
    expected = (remote.code, entry.number, entry.period, entry.previous)
    if seal(manifest) != entry.sha256 or head != expected:
        raise ChainBroken(_unfitting(entry))
    part = told["parts"].get("table")
    if part is None:
        return MANIFEST, ""
    if commitment(part) != manifest["parts"]["table"]:
        raise ChainBroken(_unfitting(entry))
    return (ROWS, part["value"]["sha256"]) if told.get("table_url") else (MANIFEST, "")


def _shown(remote, number):
    """Return what the other portal shows of a manifest, or None where it shows nothing."""
    into = io.BytesIO()
    try:
        remote.get(f"du-lieu-tai/{remote.code}/{number}/ban-ke-khai.json", into,
                   Limits(LONGEST_MANIFEST, SECONDS))  # fmt: skip
        told = json.loads(into.getvalue())
    except FetchRefused as refusal:
        if refusal.status == 404:
            return None
        raise
    except (ValueError, RecursionError):
        told = None
    return told if isinstance(told, dict) else {}


def _unfitting(entry):
    return _("The manifest of version %(number)s is not the one whose hash is listed there.") % {
        "number": entry.number
    }
