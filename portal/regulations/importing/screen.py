"""What the import screen shows of a working copy, ready for its templates."""

from datetime import date

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.regulations.importing.actions import FOUND, last_correction
from portal.regulations.importing.blocks import WORDS, body_of, is_edited, name_of, source_body
from portal.regulations.importing.findings import SEVERITIES
from portal.regulations.importing.forms import REASONS

VERB_LABELS = {
    "edit": gettext_lazy("Edited"),
    "kind": gettext_lazy("Changed the level"),
    "merge": gettext_lazy("Merged with the part before"),
    "split": gettext_lazy("Split"),
    "leave_out": gettext_lazy("Left out"),
    "take_back": gettext_lazy("Taken back into the text"),
    "begin": gettext_lazy("Moved the beginning of the regulation"),
    "head": gettext_lazy("Edited the head"),
    "start_again": gettext_lazy("Started again from the reading"),
}
SEVERITY_LABELS = {
    "bad": gettext_lazy("To be corrected"),
    "warn": gettext_lazy("To be checked"),
    "info": gettext_lazy("For information"),
}
COMPONENT_LABELS = {
    "qd": gettext_lazy("Decision"),
    "qc": gettext_lazy("Regulation"),
    "annex": gettext_lazy("Annexes"),
}
#: Why the reading left something out, beside the reasons that editors give.
READING_REASONS = {
    "image": gettext_lazy("picture"),
    "number_and_date_line": gettext_lazy("number and date, kept in the head"),
    "attachment_line": gettext_lazy("line that names the decision"),
    "document_kind": gettext_lazy("kind of the document"),
    "enacting_word": gettext_lazy("enacting word"),
    "enacting_formula": gettext_lazy("enacting formula"),
    "recipients_label": gettext_lazy("heading of the recipients"),
    "after_signature": gettext_lazy("after the signature"),
    "footnote_without_article": gettext_lazy("footnote that no article marks"),
}
HEAD_LINTS = {"blank_number", "blank_date", "superseded_legal_basis", "attachment_absent"}
#: Above this each block shows only the link to its tools: a law of 300 articles stays light.
MANY_BLOCKS = 800
SHOWN_CORRECTIONS = 40
SHOWN_WORDS = 160


def reason_label(code):
    """Return why something was left out, in words."""
    known = {**dict(REASONS), **READING_REASONS}
    return known.get(code) or _("not part of the structure")


def head_of(working):
    """Return the head with its day as a date."""
    head = working["head"]
    day = date.fromisoformat(head["issued_on"]) if head["issued_on"] else None
    return {**head, "issued_on_day": day}


def rows_of(working, open_lints):
    """Return one row of the outline for each block."""
    found = working[FOUND]
    worst, rows, component = _worst_lints(open_lints), [], ""
    for position, block in enumerate(working["blocks"]):
        row = row_of(block)
        row["heading"] = (
            COMPONENT_LABELS[block["component"]] if block["component"] != component else ""
        )
        row["can_merge"] = position > 0 and (not row["heading"] or block["kind"] == "annex")
        row["eid"] = found["eids"].get(block["id"]) or ""
        row["severity"] = worst.get(block["id"], "")
        component = block["component"]
        rows.append(row)
    return rows


def row_of(block):
    """Return what the outline shows of one block."""
    first, last = map(str, block["lines"])  # as text: they are parts of addresses
    return {
        "id": block["id"],
        "kind": block["kind"],
        "mark": _mark(block),
        "name": name_of(block),
        "title": block["title"],
        "text": block["text"],
        "first": first,
        "last": last,
        "is_edited": is_edited(block),
        "was": source_body(block) if "origin" in block else "",
        "label_read": block.get("label_read"),
        "footnotes": block.get("footnotes", ()),
    }


def _mark(block):
    kind, label = block["kind"], block["label"]
    if kind in WORDS:
        return f"{WORDS[kind]} {label}".strip() + "."
    if kind == "clause":
        return f"{label}." if label else ""
    if kind == "point":
        return f"{label})" if label else "–"
    return ""


def _worst_lints(lints):
    worst = {}
    for lint in sorted(lints, key=lambda lint: SEVERITIES.index(lint["severity"]), reverse=True):
        worst[lint["block"]] = lint["severity"]
    return worst


def lints_of(working, seen):
    """Return the remarks that are open, and those that somebody looked at."""
    lints = [
        {**lint, "is_of_head": lint["code"] in HEAD_LINTS, "seen": seen.get(lint["key"])}
        for lint in working[FOUND]["lints"]
    ]
    return [x for x in lints if not x["seen"]], [x for x in lints if x["seen"]]


def groups_of(lints):
    """Return the remarks by severity, the gravest first, as ``(severity, label, lints)``."""
    groups = (
        (name, SEVERITY_LABELS[name], [x for x in lints if x["severity"] == name])
        for name in SEVERITIES
    )
    return [group for group in groups if group[2]]


def source_rows(working, lines):
    """Return each line of the source with the block, or the reason, that holds it."""
    holders, left_out = {}, {}
    for block in working["blocks"]:
        for line in range(block["lines"][0], block["lines"][1] + 1):
            holders.setdefault(line, block["id"])
    for item in working["left_out"]:
        for line in range(item["line"], (item["end"] or item["line"]) + 1):
            left_out.setdefault(line, item)
    missing = {line for line, _words in working[FOUND]["words"]["missing"]}
    return [
        {
            "number": str(number),
            "text": text,
            "block": holders.get(number, ""),
            "reason": reason_label(left_out[number]["reason"])
            if number in left_out and number not in holders
            else "",
            "is_missing": number in missing,
        }
        for number, text in enumerate(lines, start=1)
    ]


def left_out_rows(working):
    """Return what was left out, with the reason in words."""
    return [
        {**item, "why": reason_label(item["reason"]), "note": item.get("note", "")}
        for item in working["left_out"]
    ]


def summary_of(counts, open_count):
    """Return one sentence: how many of what, and how many things to look at."""
    articles, clauses, points, annexes = (
        counts.get(kind, 0) for kind in ("article", "clause", "point", "annex")
    )
    parts = [ngettext("%(count)s article", "%(count)s articles", articles) % {"count": articles}]
    if clauses:
        parts.append(ngettext("%(count)s clause", "%(count)s clauses", clauses))
        parts[-1] %= {"count": clauses}
    if points:
        parts.append(ngettext("%(count)s point", "%(count)s points", points) % {"count": points})
    if annexes:
        parts.append(ngettext("%(count)s annex", "%(count)s annexes", annexes))
        parts[-1] %= {"count": annexes}
    looking = ngettext("%(count)s thing to look at", "%(count)s things to look at", open_count)
    return f"{', '.join(parts)}; {looking % {'count': open_count}}"


def corrections_of(brought_in):
    """Return the last corrections, newest first, each with what was and what is."""
    return [_entry(entry) for entry in brought_in.corrections[: -SHOWN_CORRECTIONS - 1 : -1]]


def undoable(brought_in):
    """Return what the next undo takes back, None when there is nothing."""
    entry = last_correction(brought_in)
    return _entry(entry) if entry else None


def _entry(entry):
    was, now = _change(entry["patch"])
    return {
        "verb": VERB_LABELS.get(entry["verb"], entry["verb"]),
        "place": entry["place"],
        "name": entry["name"],
        "at": parse_datetime(entry["at"]),
        "was": was,
        "now": now,
        "undone_by": entry.get("undone", {}).get("name", ""),
    }


def _change(patch):
    if "head" in patch:
        return _changed_fields(patch["head"])
    blocks = patch.get("blocks", {"was": [], "now": []})
    return _printed(blocks["was"]), _printed(blocks["now"])


def _changed_fields(head):
    pairs = [(head["was"][name], value) for name, value in head["now"].items()]
    changed = [(was, now) for was, now in pairs if was != now]
    return tuple(_cut(" · ".join(_flat(pair[side]) for pair in changed)) for side in (0, 1))


def _flat(value):
    return "; ".join(value) if isinstance(value, list) else str(value)


def _printed(blocks):
    words = " ¶ ".join(f"{_mark(block)} {body_of(block)}".strip() for block in blocks[:3])
    return _cut(words.replace("\n", " "))


def _cut(text):
    return text if len(text) <= SHOWN_WORDS else f"{text[:SHOWN_WORDS].rstrip()}…"
