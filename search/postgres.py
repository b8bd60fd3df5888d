"""What makes PostgreSQL's search fast enough."""

from django.contrib.postgres.search import SearchVectorField
from django.db.models import CharField, F, OuterRef, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from modelsearch.backends.database.postgres import postgres as engine
from modelsearch.index import SearchField
from modelsearch.query import Fuzzy, MatchAll, Not


class WordsFirst:
    """Lets PostgreSQL go from the words to the things; the engine's join reads all things.

    The index on title and body together is made by this app's migration.
    """

    def search(self, config, start, stop, score_field=None, backend=None):
        if self.fields is not None or isinstance(self.query, (Fuzzy, MatchAll, Not)):
            return super().search(config, start, stop, score_field, backend)
        hits = self.queryset.filter(pk__in=self._keys(config))
        return self._apply_ordering_and_scoring(hits, self._score(config), start, stop, score_field)

    def _entries(self):
        return engine.IndexEntry.objects.filter(
            content_type__in=engine.get_descendants_content_types_pks(self.queryset.model)
        )

    def _keys(self, config):
        """Return a query for the keys of what holds the words, whoever may see it."""
        vector = "title || body" if self.TARGET_SEARCH_FIELD_TYPE is SearchField else "autocomplete"
        return (
            self._entries()
            .annotate(
                _words=RawSQL(vector, [], output_field=SearchVectorField()),  # noqa: S611 - constant
                _key=Cast("object_id", self.queryset.model._meta.pk),
            )
            .filter(_words=self.build_tsquery(self.query, config=config))
            .values("_key")
        )

    def _score(self, config):
        """Return the score of one hit, by the engine's own formula."""
        vectors = [
            (_of_entry(vector), _of_entry(weight))
            for vector, weight in self.get_index_vectors(self.build_tsquery(self.query, config))
        ]
        score = self._build_rank_expression(vectors, config)
        mine = self._entries().filter(object_id=Cast(OuterRef("pk"), CharField(max_length=50)))
        return Subquery(mine.annotate(_score=score).values("_score")[:1])


def _of_entry(part):
    """Return a column of the index as the index itself names it; a mere number as it is."""
    return F(part.name.removeprefix("index_entries__")) if isinstance(part, F) else part
