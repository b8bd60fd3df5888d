"""Corrections of what belongs to the text at all, and to which part of it."""

from copy import deepcopy

from django.utils.translation import gettext as _

from portal.regulations.importing.blocks import (
    children_of,
    make_block,
    position_of,
    source_body,
    with_mark,
)
from portal.regulations.importing.rules import (
    BlockGone,
    CorrectionRefused,
    copy_at,
    new_id,
    refuse_division_of_decision,
    settle_components,
)


def leave_out(working, block_id, *, reason, note="", with_children=False):
    """Take a block, and the parts below it if wished, out of the text; list them with a reason."""
    working, position = copy_at(working, block_id)
    blocks = working["blocks"]
    below = children_of(blocks, position) if with_children else range(0)
    positions = [position, *below]
    following = next(iter(blocks[positions[-1] + 1 :]), {"id": ""})
    for place in positions:
        block = blocks[place]
        working["left_out"].append(
            {
                "id": new_id(working),
                "line": block["lines"][0],
                "end": block["lines"][1],
                "text": with_mark(block["mark"], source_body(block)),
                "reason": reason,
                "note": note,
                "block": block,
                "before": following["id"],
            }
        )
    working["blocks"] = [b for place, b in enumerate(blocks) if place not in set(positions)]
    working["left_out"].sort(key=lambda item: item["line"])
    settle_components(working["blocks"])
    return working


def take_back(working, item_id):
    """Bring what was left out back into the text, where its lines stand."""
    working = deepcopy(working)
    place = position_of(working["left_out"], item_id)
    if place is None:
        raise BlockGone(_("This part is no longer in the structure."))
    item = working["left_out"].pop(place)
    blocks = working["blocks"]
    position = _place_of_item(item, blocks)
    block = item.get("block") or make_block(
        "clause", "", (item["line"], item["end"] or item["line"]), text=item["text"]
    )
    block["id"] = block["id"] or item["id"]
    block["component"] = _component_at(working, position, item["line"])
    refuse_division_of_decision(block["kind"], block["component"])
    blocks.insert(position, block)
    settle_components(blocks)
    return working


def _place_of_item(item, blocks):
    """Return where what was left out stood: before the same block, else by its line."""
    before = position_of(blocks, item.get("before"))
    if before is not None:
        return before
    later = (n for n, block in enumerate(blocks) if block["lines"][0] > item["line"])
    return next(later, len(blocks))


def _component_at(working, position, line):
    """Return the component of what stands at a position, by its neighbours."""
    blocks = working["blocks"]
    before = blocks[position - 1]["component"] if position else ""
    after = blocks[position]["component"] if position < len(blocks) else ""
    if before == "annex" or after == "qd":
        return before or after
    if after == "qc" and before == "qd" and line < working["read"]["lines"][0]:
        return "qd"
    return "qc" if after in ("qc", "annex") else before or "qc"


def begin_regulation(working, block_id):
    """Let the regulation begin with a block: what stands before it belongs to the decision."""
    working, position = copy_at(working, block_id)
    blocks = working["blocks"]
    if blocks[position]["component"] == "annex":
        raise CorrectionRefused(_("An annex comes after the regulation."))
    for block in blocks[:position]:
        refuse_division_of_decision(block["kind"], "qd")
    for place, block in enumerate(blocks):
        if block["component"] != "annex":
            block["component"] = "qd" if place < position else "qc"
    return working
