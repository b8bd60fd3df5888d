"""What is done to a regulation: pages from a parsed text, publication, editions."""

from portal.regulations.actions.applying import PagesDiffer, apply_due_editions, apply_edition
from portal.regulations.actions.corrections import record_publication
from portal.regulations.actions.drafts import create_draft_pages
from portal.regulations.actions.editions import (
    ChosenChange,
    EnactmentRefused,
    enact_changes,
    enact_edition,
    withdraw_edition,
)
from portal.regulations.actions.new_text import draft_new_text, enact_new_text
from portal.regulations.actions.publication import (
    EverPublished,
    publish_regulation,
    refuse_deleting_published_text,
)
from portal.regulations.edition_writing import Decision
from portal.regulations.provisions import rebuild_provisions

__all__ = [
    "ChosenChange",
    "Decision",
    "EnactmentRefused",
    "EverPublished",
    "PagesDiffer",
    "apply_due_editions",
    "apply_edition",
    "create_draft_pages",
    "draft_new_text",
    "enact_changes",
    "enact_edition",
    "enact_new_text",
    "publish_regulation",
    "rebuild_provisions",
    "record_publication",
    "refuse_deleting_published_text",
    "withdraw_edition",
]
