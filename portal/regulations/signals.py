"""Keeps the provision index in step with the published text."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.dispatch import Signal

#: Sent with ``regulation`` and its ``text`` when the index is in step with what is published.
provisions_rebuilt = Signal()

_paused = ContextVar("provision_index_paused", default=False)


@contextmanager
def index_paused():
    """Rebuild nothing inside: who publishes many pages rebuilds once at the end."""
    token = _paused.set(True)
    try:
        yield
    finally:
        _paused.reset(token)


def is_paused():
    """Return whether somebody rebuilds the index himself."""
    return _paused.get()
