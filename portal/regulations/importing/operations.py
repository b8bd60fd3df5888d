"""Corrections of blocks: each takes a working copy and returns another, or says why it cannot.

None of them loses a word of the source: what a block was read from stays with it as ``mark`` and
``origin``, whatever becomes of its own words.
"""

from copy import deepcopy

from django.utils.translation import gettext as _

from portal.regulations.importing.blocks import (
    DIVISIONS,
    KINDS,
    TITLED,
    WORDED,
    body_of,
    join_lines,
    make_block,
    remember_label,
    remember_origin,
    source_body,
    with_mark,
    words_in,
)
from portal.regulations.importing.cutting import cut_origin, line_of_cut, mark_of, start_of_word
from portal.regulations.importing.rules import (
    CorrectionRefused,
    copy_at,
    new_id,
    refuse_division_of_decision,
    require_label,
    settle_components,
)
from portal.regulations.parsing.grammar import is_finished, starts_lower


def edit(working, block_id, *, label, title, text):
    """Change number, title and words of a block; the words of the source stay known."""
    working, position = copy_at(working, block_id)
    block = working["blocks"][position]
    origin, label_read = source_body(block), block.get("label_read", block["label"])
    require_label(block["kind"], label)
    if words_in(origin) and not words_in(join_lines(title, text)):
        raise CorrectionRefused(
            _("No word would be left here. Put the part among what is left out, with a reason.")
        )
    block["label"] = label
    block["title"] = title if block["kind"] in TITLED else ""
    block["text"] = text if block["kind"] in WORDED else ""
    remember_origin(block, origin)
    remember_label(block, label_read)
    return working


def change_kind(working, block_id, *, kind, label):
    """Make another kind of part of a block; the parts below it stay where they are."""
    working, position = copy_at(working, block_id)
    block = working["blocks"][position]
    if kind not in KINDS:
        raise CorrectionRefused(_("There is no such level."))
    require_label(kind, label)
    refuse_division_of_decision(kind, block["component"])
    label = "" if kind == "text" else label
    label_read = block.get("label_read", block["label"])
    if not label and words_in(block["mark"]):
        label_read = _keep_mark_as_words(block)
    origin = source_body(block)
    rest = _recast(block, kind)
    block["kind"], block["label"] = kind, label
    if rest:
        _insert_rest(working, position, origin, rest)
    else:
        remember_origin(block, origin)
    remember_label(block, label_read)
    settle_components(working["blocks"])
    return working


def _keep_mark_as_words(block):
    """Make the printed mark the first words of a block that loses its number."""
    origin = with_mark(block["mark"], source_body(block))
    name = "title" if block["title"] else "text"
    block[name] = with_mark(block["mark"], block[name])
    block["mark"] = ""
    remember_origin(block, origin)
    return ""


def _recast(block, kind):
    """Move the words of a block to where ``kind`` has them; return those it has no place for."""
    title, _newline, rest = body_of(block).partition("\n")
    if kind in DIVISIONS:
        block["title"], block["text"] = title, ""
        return rest
    if kind in TITLED:
        if block["kind"] not in TITLED:
            is_title = bool(rest) or not is_finished(title)
            block["title"], block["text"] = (title, rest) if is_title else ("", title)
    else:
        block["title"], block["text"] = "", body_of(block)
    return ""


def _insert_rest(working, position, origin, rest):
    """Put what a heading has no place for below it, as a paragraph."""
    block = working["blocks"][position]
    whole = {**block, "title": block["title"], "text": rest, "origin": origin}
    before, after = cut_origin(whole, len(block["title"]) + 1)
    paragraph = make_block("clause", block["component"], block["lines"], text=rest)
    paragraph["id"] = new_id(working)
    remember_origin(block, before)
    remember_origin(paragraph, after)
    working["blocks"].insert(position + 1, paragraph)


def merge_with_previous(working, block_id):
    """Add the words of a block, its mark included, to the block before it."""
    working, position = copy_at(working, block_id)
    blocks = working["blocks"]
    block = blocks[position]
    if position == 0 or (
        blocks[position - 1]["component"] != block["component"] and block["kind"] != "annex"
    ):
        raise CorrectionRefused(_("There is nothing before this part to merge it with."))
    previous = blocks[position - 1]
    origin = join_lines(source_body(previous), with_mark(block["mark"], source_body(block)))
    _take_words(previous, with_mark(block["mark"], body_of(block)))
    previous["lines"] = [
        min(previous["lines"][0], block["lines"][0]),
        max(previous["lines"][1], block["lines"][1]),
    ]
    if block.get("footnotes"):
        previous["footnotes"] = [*previous.get("footnotes", ()), *block["footnotes"]]
    remember_origin(previous, origin)
    del blocks[position]
    settle_components(blocks)
    return working


def _take_words(block, words):
    """Add words at the end of a block: to an unfinished title, or to its text."""
    in_title = block["kind"] in DIVISIONS or (
        block["kind"] in TITLED
        and not block["text"]
        and block["title"]
        and not is_finished(block["title"])
        and starts_lower(words)
    )
    name = "title" if in_title else "text"
    before = block[name]
    joint = "\n" if before and is_finished(before) and not in_title else " "
    block[name] = f"{before}{joint}{' '.join(words.split(chr(10))) if in_title else words}".strip()


def split(working, block_id, *, position, kind="", label="", source_lines):
    """Cut a block in two at a position of its words; the second half becomes ``kind``.

    Without ``kind`` the mark at the start of the second half says what it is.
    """
    working, place = copy_at(working, block_id)
    block = working["blocks"][place]
    body = body_of(block)
    position = start_of_word(body, position)
    if not body[:position].strip() or not body[position:].strip():
        raise CorrectionRefused(_("Choose a place between two words of this part."))
    before, after = cut_origin(block, position)
    second = _second_half(block, body[position:].lstrip(), kind, label)
    refuse_division_of_decision(second["kind"], block["component"])
    require_label(second["kind"], second["label"])
    cut = line_of_cut(block, before, source_lines)
    second["lines"], block["lines"] = [cut, block["lines"][1]], [block["lines"][0], cut]
    second["id"] = new_id(working)
    _keep_first_half(block, body[:position].rstrip())
    remember_origin(block, before)
    if not after.startswith(second["mark"]):
        second["mark"] = ""  # typed by an editor: the source does not print it
    remember_origin(second, after.removeprefix(second["mark"]).lstrip())
    working["blocks"].insert(place + 1, second)
    settle_components(working["blocks"])
    return working


def _keep_first_half(block, kept):
    """Leave only the first words to a block: of its title, or of its text."""
    if len(kept) <= len(block["title"]):
        block["title"], block["text"] = kept, ""
    else:
        block["text"] = kept[len(block["title"]) :].lstrip()


def _second_half(block, words, kind, label):
    found = mark_of(words)
    if found and kind in ("", found[0]):
        kind, own_label, mark, words = found
        label = label or own_label
    else:
        kind, mark = kind or _like(block["kind"]), ""
    if kind not in KINDS:
        raise CorrectionRefused(_("There is no such level."))
    half = make_block("clause", block["component"], block["lines"], label=label, mark=mark)
    half["text"] = words
    rest = _recast(half, kind)
    if rest:
        half["title"] = half["title"] + " " + " ".join(rest.split("\n"))
    half["kind"] = kind
    return half


def _like(kind):
    """Return what the second half of a part is when nothing says so: a paragraph, or a dash."""
    return "point" if kind == "point" else "clause"


def edit_head(working, **fields):
    """Change what is known of the issuing decision and the title of the regulation."""
    working = deepcopy(working)
    working["head"].update(fields)
    return working
