"""The form of who takes what: one choice and one reason for each thing, and buttons for many."""

from portal.core.text import nfc

LONGEST_REASON = 300


def decisions_from(posted, plan):
    """Return the decisions that a form sends for the lines of ``plan``.

    What is not offered for a line counts as undecided. A line without a reason of its own takes
    the common one.
    """
    common = _reason(posted, "reason_all")
    found = {}
    for line in plan.lines:
        if f"to-{line.key}" not in posted:
            continue
        choice = posted[f"to-{line.key}"]
        if choice not in dict(line.options):
            choice = ""
        found[line.key] = {"to": choice, "reason": _reason(posted, f"why-{line.key}")}
    return _with_common_reason(found, common)


def bulk_decisions(order, plan, decided):
    """Return the decisions of one of the buttons “all to …”: ``unit|kind|choice``.

    Without a kind it is meant for everything of the unit.
    """
    unit, kind, choice = [*order.split("|"), "", "", ""][:3]
    return {
        line.key: {**decided.get(line.key, {"reason": line.reason}), "to": choice}
        for line in plan.lines
        if str(line.unit.pk) == unit and kind in ("", line.kind.key)
        if choice in dict(line.options)
    }


def _reason(posted, name):
    return nfc(posted.get(name, "")).strip()[:LONGEST_REASON]


def _with_common_reason(decisions, common):
    if common:
        for decision in decisions.values():
            decision["reason"] = decision["reason"] or common
    return decisions
