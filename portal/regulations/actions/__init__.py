"""What is done to a regulation: pages from a parsed text, publication, editions."""

from portal.regulations.actions.drafts import create_draft_pages
from portal.regulations.actions.editions import enact_edition
from portal.regulations.actions.publication import (
    EverPublished,
    publish_regulation,
    refuse_deleting_published_text,
)
from portal.regulations.provisions import rebuild_provisions

__all__ = [
    "EverPublished",
    "create_draft_pages",
    "enact_edition",
    "publish_regulation",
    "rebuild_provisions",
    "refuse_deleting_published_text",
]
