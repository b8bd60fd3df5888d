"""Datasets, rows and indicators as JSON."""

from ninja import Router

router = Router(tags=["datasets"])
