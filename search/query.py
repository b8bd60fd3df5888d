"""From what somebody typed to groups of hits."""

from dataclasses import dataclass, field

from modelsearch.backends import get_search_backend

from portal.core.search_sources import sources
from portal.core.text import fold_words, highlight_spans, nfc

LONGEST_QUERY = 200
SNIPPET = 220


@dataclass(frozen=True)
class Piece:
    """A run of a text, marked when it matches."""

    text: str
    marked: bool = False


@dataclass
class Found:
    """One hit with its title and snippet cut into marked pieces."""

    hit: object
    title: list
    snippet: list


@dataclass
class Group:
    """The hits of one source: how many there are, and those of this page."""

    source: object
    count: int
    found: list = field(default_factory=list)
    page: object = None


def marked_pieces(text, query):
    """Cut ``text`` into pieces, marked where a word of ``query`` matches without accents."""
    pieces, end = [], 0
    for start, stop in highlight_spans(text, query):
        if start > end:
            pieces.append(Piece(text[end:start]))
        pieces.append(Piece(text[start:stop], marked=True))
        end = stop
    return [*pieces, Piece(text[end:])] if end < len(text) else pieces


def snippet_of(text, query):
    """Return the part of ``text`` around its first match, on one line."""
    text = " ".join(nfc(text).split())
    spans = highlight_spans(text, query)
    start = max(spans[0][0] - 60, 0) if spans else 0
    cut = text[start : start + SNIPPET]
    if start:
        cut = f"… {cut.partition(' ')[2]}"
    if start + SNIPPET < len(text):
        cut = f"{cut.rpartition(' ')[0]} …"
    return cut


def search(query, request, *, only=None, page_size=5, page_number=1):
    """Return a ``Group`` for each source that has hits for the visitor of ``request``.

    With ``only`` (a source's key) just that group, and the page of it asked for.
    """
    query = nfc(query)[:LONGEST_QUERY]
    if not fold_words(query):
        return []
    groups = []
    for source in sources():
        if only in (None, "", source.key):
            group = _search_source(source, query, request, page_size, page_number)
            if group.count:
                groups.append(group)
    return groups


def _search_source(source, query, request, page_size, page_number):
    readable = source.queryset_for(request)
    # Keys first: with the joins of what a hit shows, PostgreSQL no longer finds the best order.
    keys = readable.select_related(None).prefetch_related(None).only("pk")
    results = get_search_backend().search(query, keys)
    count = results.count()
    start = (page_number - 1) * page_size
    order = [thing.pk for thing in results[start : start + page_size]] if start < count else []
    things = readable.in_bulk(order)
    objects = [things[pk] for pk in order if pk in things]
    hits = source.hits_for(objects, request) if objects else []
    hits = sorted(hits, key=lambda hit: not _is_exact(hit, query))
    return Group(source, count, [_found(hit, query) for hit in hits])


def _is_exact(hit, query):
    """Return whether the hit holds the query with its very accents."""
    return query.casefold() in nfc(f"{hit.title} {hit.text}").casefold()


def _found(hit, query):
    return Found(
        hit=hit,
        title=marked_pieces(nfc(hit.title), query),
        snippet=marked_pieces(snippet_of(hit.text, query), query),
    )
