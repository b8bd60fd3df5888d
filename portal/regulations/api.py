"""The text as JSON: regulations, articles, provisions."""

from ninja import Router

router = Router(tags=["regulations"])
