"""What an editor should look at in a working copy, and what it holds in numbers."""

import hashlib
import json
from collections import Counter

from django.utils.translation import gettext

from portal.regulations.importing.blocks import (
    DIVISIONS,
    is_edited,
    source_body,
    with_mark,
    words_in,
)
from portal.regulations.importing.building import structure_as_read, structure_from_blocks
from portal.regulations.parsing import Lint, words_unplaced
from portal.regulations.parsing.lints import collect_lints
from portal.regulations.parsing.pipeline import Draft

SEVERITIES = ("bad", "warn", "info")
BAD = {"words_unplaced", "duplicate_number", "empty_article", "attachment_absent"}
FOR_INFORMATION = {"heading_depth_jump", "superseded_legal_basis", "untitled_article"}


def look_through(working, source_text, before=None):
    """Return what follows from a working copy: identifiers, lints, counts.

    ``before`` is what was found in the working copy that this one was made of. As long as the
    words of the source stand in the same order, their proof need not be made again: where one is
    missing in a long law, that takes many seconds.
    """
    structure = structure_from_blocks(working)
    eids = structure.eids()
    words = _words(working, source_text, (before or {}).get("words"))
    found = [*_structure_lints(structure), *_word_lints(words["missing"])]
    places = _Places(working, eids)
    lints = [_as_data(lint, places) for lint in found] + _kept_lints(working)
    lints.sort(key=lambda lint: (lint["line"] is None, lint["line"] or 0))
    return {"eids": eids, "lints": lints, "counts": _counts(working), "words": words}


def lints_of_the_page(parsed, working, source_text):
    """Return the lints of reading that only the layout of the source tells.

    No correction changes them; they are kept beside what is looked up again each time.
    """
    places = _Places(working, {})
    known = {
        (lint["code"], lint["line"], lint["message"])
        for lint in look_through(working, source_text)["lints"]
    }
    read = [_as_data(lint, places) for lint in parsed.lints]
    return [lint for lint in read if (lint["code"], lint["line"], lint["message"]) not in known]


def _kept_lints(working):
    """Return the lints of the page, without the place of those whose block is gone."""
    ids = {block["id"] for block in working["blocks"]}
    return [
        {**lint, "block": lint["block"] if lint["block"] in ids else ""}
        for lint in working.get("kept_lints", ())
    ]


def severity_of(code):
    """Return ``bad`` for what must be corrected, ``warn`` for doubts, ``info`` for the rest."""
    if code in BAD:
        return "bad"
    return "info" if code in FOR_INFORMATION else "warn"


def _structure_lints(structure):
    draft = Draft("", parsed=structure.parsed)
    collect_lints(draft)
    return [lint for lint in structure.parsed.lints if lint.code != "words_unplaced"]


def _words(working, source_text, before):
    """Return the words of the source that are nowhere, by line, or not where they stood."""
    signature = _signature(working, source_text)
    if before and before["signature"] == signature:
        return before
    by_line = {}
    for item in words_unplaced(source_text, structure_as_read(working).parsed):
        by_line.setdefault(item.line, []).append(item.word)
    missing = [[line, " ".join(words)] for line, words in by_line.items()]
    return {"signature": signature, "missing": missing}


def _signature(working, source_text):
    """Return a hash of all that the proof of words looks at."""
    digest = hashlib.sha256(source_text.encode())
    for block in working["blocks"]:
        for word in words_in(with_mark(block["mark"], source_body(block))):
            digest.update(f"{word} ".encode())
        digest.update(json.dumps(block.get("footnotes", "")).encode())
    left_out = [[item["line"], item["end"], item["text"]] for item in working["left_out"]]
    digest.update(json.dumps([left_out, working["read"]]).encode())
    return digest.hexdigest()


def _word_lints(missing):
    for line, words in missing:
        message = gettext("These words of the source have no place: %(words)s") % {"words": words}
        yield Lint("words_unplaced", None, line, message)


class _Places:
    """Finds the block that a lint is about: by identifier, else by the line."""

    def __init__(self, working, eids):
        self.by_eid = {eid: block_id for block_id, eid in eids.items() if eid}
        self.blocks = working["blocks"]

    def block_of(self, lint):
        if lint.eid in self.by_eid:
            return self.by_eid[lint.eid]
        if lint.line is None:
            return ""
        before = ""
        for block in self.blocks:
            first, last = block["lines"]
            if first <= lint.line <= last:
                return block["id"]
            if first < lint.line:
                before = block["id"]
        return before if lint.eid else ""


def _as_data(lint, places):
    block_id = places.block_of(lint)
    spelled = f"{lint.code}|{block_id}|{lint.line}|{lint.message}"
    return {
        "key": hashlib.sha256(spelled.encode()).hexdigest()[:12],
        "code": lint.code,
        "severity": severity_of(lint.code),
        "block": block_id,
        "line": lint.line,
        "message": str(lint.message),
    }


def _counts(working):
    kinds = Counter(
        "division" if block["kind"] in DIVISIONS else block["kind"] for block in working["blocks"]
    )
    edited = sum(is_edited(block) for block in working["blocks"])
    return {**kinds, "left_out": len(working["left_out"]), "edited": edited}
