"""The line of stages from a text to a ParsedRegulation; no text is ever refused."""

from dataclasses import dataclass, field

from portal.regulations.parsing import (
    components,
    eids,
    footnotes,
    glue,
    leftovers,
    lines,
    lints,
    mending,
    pages,
    runon,
)
from portal.regulations.parsing import paragraphs as paragraph_stages
from portal.regulations.parsing.result import LeftOut, ParsedRegulation


@dataclass
class Draft:
    """What the stages hand on to each other."""

    text: str
    lines: list = field(default_factory=list)
    gaps: set = field(default_factory=set)
    in_columns: bool = False
    footnotes: list = field(default_factory=list)
    paragraphs: list = field(default_factory=list)
    components: list = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    parsed: ParsedRegulation = field(default_factory=ParsedRegulation)


STAGES = (
    lines.read_lines,
    lines.strip_markup,
    leftovers.explode_blocks,
    leftovers.leave_out_letterhead,
    pages.leave_out_page_marks,
    mending.mend_split_headings,
    leftovers.leave_out_contents,
    glue.split_glued_headings,
    footnotes.take_out_footnotes,
    paragraph_stages.join_lines,
    runon.split_run_on_items,
    components.split_components,
    components.read_components,
    footnotes.place_footnotes,
    eids.assign_eids,
    lints.collect_lints,
)


def parse_text(text):
    """Return the structure of ``text``: every word placed, or left out with a reason."""
    draft = Draft(text)
    for stage in STAGES:
        stage(draft)
    return draft.parsed
