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


#: An engine nests its expression once for each word, and gives up at some depth.
MOST_WORDS = 50


def fold_text(text):
    """Return the folded words of ``text`` that are looked for."""
    return " ".join(fold_words(text).split(" ", MOST_WORDS)[:MOST_WORDS])


def fold_query(query):
    """Return ``query`` with every text in it folded; None when nothing is left to look for."""
    if isinstance(query, str):
        return fold_text(query) or None
    if isinstance(query, (PlainText, Fuzzy)):
        # Fuzzy needs an extension of PostgreSQL: whole words are the answer of both engines.
        text = fold_text(query.query_string)
        return PlainText(text, operator=query.operator) if text else None
    if isinstance(query, Phrase):
        text = fold_text(query.query_string)
        return Phrase(text) if text else None
    if isinstance(query, Boost):
        return fold_query(query.subquery)  # neither engine knows it
    return _fold_combined(query)


def _fold_combined(query):
    if isinstance(query, Not):
        inner = fold_query(query.subquery)
        return Not(inner) if inner else None
    if isinstance(query, (And, Or)):
        parts = [part for part in map(fold_query, query.subqueries) if part]
        return (type(query)(parts) if len(parts) > 1 else parts[0]) if parts else None
    return query


def count_tables():
    """Let the database count its tables: without, it plans a search badly and takes seconds."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class AnalysingRebuilder:
    """Counts the tables after a rebuild."""

    def finish(self):
        super().finish()
        count_tables()


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
        # The folded text is in the index alone, and there the fields are not told apart.
        kwargs["fields"] = None
        return super()._search(query_compiler_class, folded, model_or_queryset, **kwargs)
