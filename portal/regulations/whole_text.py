"""What a whole new text would make of a regulation, before anything is written."""

from dataclasses import replace

from portal.regulations.actions.drafts import text_parts
from portal.regulations.actions.new_text import is_of_decision, known_parts, standing_pages
from portal.regulations.continuity import continued_parts, with_known_ids
from portal.regulations.enactable import base_text
from portal.regulations.outline import parts_of


def text_after(regulation, parsed):
    """Return the text as ``enact_new_text`` would leave it; its head stays.

    Parts that go on bear the identity of their page, so that the redline tells them from new ones.
    """
    known, wanted = known_parts(regulation), text_parts(parsed)
    standing = standing_pages(regulation)
    continued = continued_parts(known, wanted, standing)
    for part in wanted:
        if part in continued:
            part.page.pk = continued[part].page.pk
            if part.page.kind == "article":
                clauses = part.page.clauses.get_prep_value()
                part.page.clauses = with_known_ids(clauses, continued[part].page)
    if not parsed["decision"]:
        wanted = [
            *(part for part in known if is_of_decision(part) and part.page.pk in standing),
            *wanted,
        ]
    return replace(base_text(regulation), parts=tuple(parts_of(_as_tree(wanted))))


def _as_tree(parts):
    """Return the pages of ``parts``, in this order, with the places they would have in a tree."""
    pages = []
    for number, part in enumerate(parts, start=1):
        page, above = part.page, part.above
        page.pk = page.pk or -number
        page.path = f"{above.page.path if above else ''}{number:0{page.steplen}d}"
        page.depth = above.page.depth + 1 if above else 1
        pages.append(page)
    return pages
