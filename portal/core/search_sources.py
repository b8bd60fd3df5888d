"""What a reader may find: each app says it for its own nouns; the search app only asks.

A source answers two questions: which objects may this visitor find, and how does one of
them look in a list of hits.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class SearchHit:
    """One line of results; ``text`` is what the snippet is cut from."""

    title: str
    url: str
    context: str = ""
    text: str = ""
    badge: str = ""


@dataclass(frozen=True)
class SearchSource:
    """A kind of thing to find.

    ``queryset_for(request)`` returns what the visitor may find, of a model in the search
    index; ``hits_for(objects, request)`` returns their ``SearchHit`` in the same order, with
    a bounded number of queries for the whole list.
    """

    key: str
    label: str
    queryset_for: Callable
    hits_for: Callable
    order: int = 100


_sources: dict[str, SearchSource] = {}


def register_source(source):
    """Add a source, or replace the one of the same key."""
    _sources[source.key] = source


def sources():
    """Return the sources in the order in which results show them."""
    return sorted(_sources.values(), key=lambda source: source.order)
