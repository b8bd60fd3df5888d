"""Meetings and assessments as JSON."""

from ninja import Router

router = Router(tags=["meetings"])
