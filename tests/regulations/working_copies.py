"""What tests of working copies ask of them."""

from portal.regulations.importing.blocks import body_of
from portal.regulations.importing.building import structure_as_read
from portal.regulations.parsing import words_unplaced


def without_lints(read):
    return {key: value for key, value in read.items() if key != "lints"}


def missing(text, working):
    """Return the words of ``text`` that the working copy has nowhere."""
    return words_unplaced(text, structure_as_read(working).parsed)


def block_with(working, text):
    """Return the first block whose words contain ``text``."""
    return next(block for block in working["blocks"] if text in body_of(block))
