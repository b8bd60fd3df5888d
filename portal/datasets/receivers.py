"""Reads an indicator anew when its page is published: its binding may have changed."""

from wagtail.signals import page_published

from portal.datasets.bindings import derive_indicator
from portal.datasets.models import IndicatorPage


def _derive(sender, instance, **kwargs):
    derive_indicator(instance)


def connect():
    """Listen to the pages of indicators."""
    page_published.connect(_derive, sender=IndicatorPage, dispatch_uid="derive-indicator")
