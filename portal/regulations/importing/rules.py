"""What holds for every correction."""

from copy import deepcopy

from django.utils.translation import gettext as _

from portal.regulations.importing.blocks import (
    DIVISIONS,
    LONGEST_LABELS,
    name_of,
    position_of,
)

#: What the number of an article or a heading, and the symbol of a document, may have on its page.
LONGEST_NUMBER, LONGEST_SYMBOL = 16, 64


class CorrectionRefused(Exception):
    """A correction that cannot be made; ``str()`` is a sentence for the editor."""


class BlockGone(CorrectionRefused):
    """The block that a correction is about is no longer there."""


def copy_at(working, block_id):
    """Return a copy of a working copy to change, and where the block stands in it."""
    working = deepcopy(working)
    position = position_of(working["blocks"], block_id)
    if position is None:
        raise BlockGone(_("This part is no longer in the structure."))
    return working, position


def new_id(working):
    """Return an id that no block of the working copy ever had."""
    number = working["next_id"]
    working["next_id"] = number + 1
    return f"m{number}"


def require_label(kind, label):
    """Refuse a number that a kind of part cannot have."""
    longest = LONGEST_LABELS.get(kind, LONGEST_NUMBER)
    if kind == "article" and not label:
        raise CorrectionRefused(_("An article needs a number."))
    if len(label) > longest:
        raise CorrectionRefused(
            _("The number is longer than %(longest)s characters.") % {"longest": longest}
        )


def refuse_what_pages_cannot_hold(working):
    """Refuse numbers that are longer than the fields of pages, naming the first."""
    for block in working["blocks"]:
        if len(block["label"]) > LONGEST_NUMBER:
            raise CorrectionRefused(
                _("The number of “%(name)s” is longer than %(longest)s characters.")
                % {"name": name_of(block), "longest": LONGEST_NUMBER}
            )
    if len(working["head"]["number"]) > LONGEST_SYMBOL:
        raise CorrectionRefused(
            _("The number and symbol of the decision is longer than %(longest)s characters.")
            % {"longest": LONGEST_SYMBOL}
        )


def refuse_division_of_decision(kind, component):
    """Refuse chapters and their like in a decision, which has none."""
    if kind in DIVISIONS and component == "qd":
        raise CorrectionRefused(
            _("The decision consists of articles only; chapters belong to the regulation.")
        )


def settle_components(blocks):
    """Give every block the component of its place: an annex reaches to the next one.

    What no longer belongs to an annex is the regulation's; a decision never grows by itself.
    """
    before = ""
    for block in blocks:
        if block["kind"] == "annex" or before == "annex":
            block["component"] = "annex"
        elif block["component"] == "annex":
            block["component"] = "qc"
        before = block["component"]


def described(working, block_id):
    """Return how a block is called, "" when there is none."""
    position = position_of(working["blocks"], block_id)
    return name_of(working["blocks"][position]) if position is not None else ""
