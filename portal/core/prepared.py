"""Queries of which the SQL is made once, for what is asked many times a second.

Django writes the SQL of a query anew each time, which for a page of sixty columns takes longer
than asking it. What is asked stays a queryset, defined where all others are.
"""

from django.db import connection

#: Samples for keys and numbers: no query has them as a value of its own.
NUMBERS = (1_987_654_321, 1_987_654_322)


class PreparedQuery:
    """A query of ``make(*samples)``, a queryset of whole objects, asked with other values.

    Nothing of the query but the values compared with may depend on them. Each sample has to be a
    value that stands nowhere else in it; that every one stands in it is checked.
    """

    def __init__(self, make, *samples):
        self._make, self._samples = make, samples
        self._written = {}

    def all(self, *values):
        """Return the objects for ``values``."""
        model, sql, places = self._written_for(connection.vendor)
        bound = [kept if place is None else values[place] for place, kept in places]
        return list(model._base_manager.raw(sql, bound))

    def first(self, *values):
        """Return the first object for ``values``, or None."""
        return next(iter(self.all(*values)), None)

    def _written_for(self, vendor):
        if vendor not in self._written:
            queryset = self._make(*self._samples)
            sql, parameters = queryset.query.sql_with_params()
            places = [(self._place_of(each), each) for each in parameters]
            if {place for place, _kept in places} - {None} != set(range(len(self._samples))):
                raise ValueError("A sample does not stand in the query as a value of its own.")
            self._written[vendor] = (queryset.model, sql, places)
        return self._written[vendor]

    def _place_of(self, parameter):
        for place, sample in enumerate(self._samples):
            if isinstance(parameter, type(sample)) and parameter == sample:
                return place
        return None
