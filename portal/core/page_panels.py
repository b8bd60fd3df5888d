"""Panels by which an upper app shows its things on the page of a lower one.

A unit's page shows the unit's datasets and tasks without knowing either: the upper app
registers a panel for the page class. Switching that app off leaves the page whole.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class PagePanel:
    """A part of a page: ``context_for(page, request)`` returns the template's context or None."""

    key: str
    template: str
    context_for: Callable
    order: int = 100


_panels: dict[str, list[PagePanel]] = {}


def register_panel(page_model_label, panel):
    """Show ``panel`` on pages of the model named ``app_label.ModelName``."""
    panels = [known for known in _panels.get(page_model_label, []) if known.key != panel.key]
    _panels[page_model_label] = sorted([*panels, panel], key=lambda each: each.order)


def panels_for(page, request):
    """Return ``[(panel, context)]`` for those panels that have something to show."""
    shown = []
    for panel in _panels.get(page._meta.label, ()):
        context = panel.context_for(page, request)
        if context is not None:
            shown.append((panel, {"page": page, "request": request, **context}))
    return shown
