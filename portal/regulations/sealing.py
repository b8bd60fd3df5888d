"""The hashes of editions: of a text, of a part of it, and the seal that chains the editions.

A seal covers everything an edition says and the seal of the edition before it, so that nothing
enacted can be changed without a trace.
"""

import hashlib
import json
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.regulations.outline import text_of
from portal.regulations.redline import compare_texts

SEALED = ("number", "kind", "decision_number", "decision_title", "note", "sha256")
SEALED_DATES = ("effective_on", "decision_date", "created_at")
SEALED_CHANGES = ("position", "page_id", "revision_id", "eid", "label", "title", "kinds", "reason")


@dataclass(frozen=True)
class Break:
    """The first place where what is stored is not what was enacted."""

    regulation: object
    number: int
    reason: str

    def __str__(self):
        return _("%(regulation)s, edition %(number)s: %(reason)s") % {
            "regulation": self.regulation,
            "number": self.number,
            "reason": self.reason,
        }


def sha256_of(data):
    """Return the SHA-256 of JSON data in its one canonical form."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def seal_of(edition, changes, previous_seal):
    """Return the seal of an edition with its changes, after the edition sealed before it."""
    said = {name: getattr(edition, name) for name in SEALED}
    for name in SEALED_DATES:
        value = getattr(edition, name)
        said[name] = value.isoformat() if value else ""
    said["changes"] = [
        {name: getattr(change, name) for name in SEALED_CHANGES} for change in changes
    ]
    return sha256_of([previous_seal, said])


def first_break(regulation):
    """Return the first ``Break`` of a regulation's editions, None when all is as enacted."""
    previous_seal = ""
    for edition in regulation.editions.order_by("number").prefetch_related("changes"):
        reason = _fault_of(edition, previous_seal)
        if reason:
            return Break(regulation, edition.number, reason)
        previous_seal = edition.seal
    applied = regulation.editions.filter(status="applied").in_order().last()
    if applied and regulation.live and compare_texts(applied.text, text_of(regulation)).changed:
        reason = _("The pages say something else than this edition.")
        return Break(regulation, applied.number, reason)
    return None


def _fault_of(edition, previous_seal):
    if sha256_of(edition.snapshot) != edition.sha256:
        return _("The text is not the one that was enacted.")
    if seal_of(edition, edition.changes.all(), previous_seal) != edition.seal:
        return _("The seal does not fit what the edition says and the edition before it.")
    if edition.paper and _paper_hash(edition) != edition.paper_sha256:
        return _("The PDF is not the one that was kept.")
    return ""


def _paper_hash(edition):
    try:
        with edition.paper.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""
