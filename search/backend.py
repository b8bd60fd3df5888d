"""Wagtail's search on the project's own database, blind to accents on both sides.

Every indexed value and every query is folded by the same function, so that “điều hành”,
“dieu hanh”, composed or decomposed, give the same hits on SQLite and PostgreSQL. Marks such as
``"`` or ``/`` never reach the engine's query language. It replaces one class inside
``modelsearch``, and what is slow in each engine; ``tests/search`` holds the contract.
"""

from django.db import connection
from modelsearch.backends.base import EmptySearchResults
from modelsearch.query import And, Boost, Fuzzy, Not, Or, Phrase, PlainText

from portal.core.text import fold_words

if connection.vendor == "postgresql":
    from modelsearch.backends.database.postgres import postgres as engine

    from search.postgres import WordsFirst as Faster

    EngineBackend = engine.PostgresSearchBackend
else:
    from modelsearch.backends.database.sqlite import sqlite as engine

    from search.sqlite import RankingOnce as Faster

    EngineBackend = engine.SQLiteSearchBackend


class FoldingObjectIndexer(engine.ObjectIndexer):
    """Folds every text on its way into the index."""

    def prepare_value(self, value):
        return fold_words(super().prepare_value(value))


engine.ObjectIndexer = FoldingObjectIndexer


def fold_query(query):
    """Return ``query`` with every text in it folded; None when nothing is left to look for."""
    if isinstance(query, str):
        return fold_words(query) or None
    if isinstance(query, PlainText):
        text = fold_words(query.query_string)
        return PlainText(text, operator=query.operator, boost=query.boost) if text else None
    if isinstance(query, Phrase):
        text = fold_words(query.query_string)
        return Phrase(text) if text else None
    if isinstance(query, Fuzzy):
        return _fold_fuzzy(query)
    if isinstance(query, Boost):
        inner = fold_query(query.subquery)
        return Boost(inner, query.boost) if inner else None
    return _fold_combined(query)


def _fold_fuzzy(query):
    """Keep Fuzzy on PostgreSQL; SQLite has none, and whole words are the honest answer."""
    text = fold_words(query.query_string)
    if not text:
        return None
    if connection.vendor == "postgresql":
        return Fuzzy(text, operator=query.operator)
    return PlainText(text, operator=query.operator)


def _fold_combined(query):
    if isinstance(query, Not):
        inner = fold_query(query.subquery)
        return Not(inner) if inner else None
    if isinstance(query, (And, Or)):
        parts = [part for part in map(fold_query, query.subqueries) if part]
        return (type(query)(parts) if len(parts) > 1 else parts[0]) if parts else None
    return query


class AnalysingRebuilder:
    """Lets the database count its tables after a rebuild: without, a search takes seconds."""

    def finish(self):
        super().finish()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


class FilteringBySQL:
    """Lets a queryset carry any filter: both engines search within its own SQL.

    The check that it leaves out holds querysets to the fields that an engine elsewhere would
    know, and so forbids the joins by which a reader's rights are decided.
    """

    def _get_filters_from_queryset(self, check_only=False):
        return None


class QueryCompiler(FilteringBySQL, Faster, EngineBackend.query_compiler_class):
    """Compiles searches."""


class AutocompleteQueryCompiler(
    FilteringBySQL, Faster, EngineBackend.autocomplete_query_compiler_class
):
    """Compiles searches for the beginnings of words."""


class SearchBackend(EngineBackend):
    """The engine's backend with folded queries."""

    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler

    def __init__(self, params):
        super().__init__(params)
        self.rebuilder_class = type(
            "Rebuilder", (AnalysingRebuilder, self.rebuilder_class), {"__doc__": "Rebuilds."}
        )

    def _search(self, query_compiler_class, query, model_or_queryset, **kwargs):
        folded = fold_query(query)
        if folded is None:
            return EmptySearchResults()
        if connection.vendor == "sqlite":
            # One full-text table holds every field, so a search cannot be held to some of them.
            kwargs["fields"] = None
        return super()._search(query_compiler_class, folded, model_or_queryset, **kwargs)
