"""Units and what they owe, as JSON."""

from ninja import Router

router = Router(tags=["units"])
