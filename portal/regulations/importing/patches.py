"""What a correction changed, small enough to keep: for the log, and to undo it."""

from copy import deepcopy

LISTS = ("blocks", "left_out")
VALUES = ("head", "read", "next_id", "kept_lints")


def difference(before, after):
    """Return what turns ``before`` into ``after`` and back."""
    patch = {}
    for name in LISTS:
        start, was, now = _changed_run(before[name], after[name])
        if was or now:
            patch[name] = {"at": start, "was": was, "now": now}
    for name in VALUES:
        if before.get(name) != after.get(name):
            patch[name] = {"was": before.get(name), "now": after.get(name)}
    return patch


def changes_nothing(patch):
    """Say whether a difference is none that an editor would see."""
    return not set(patch) - {"next_id"}


def take_off(working, patch):
    """Return the working copy as it was before ``patch``."""
    working = deepcopy(working)
    for name in LISTS:
        if name in patch:
            start, was, now = (patch[name][key] for key in ("at", "was", "now"))
            working[name][start : start + len(now)] = deepcopy(was)
    for name in VALUES:
        if name in patch and name != "next_id":
            working[name] = deepcopy(patch[name]["was"])
    return working


def _changed_run(before, after):
    """Return where two lists part, and what each of them has until they meet again."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return start, before[start : len(before) - end], after[start : len(after) - end]
