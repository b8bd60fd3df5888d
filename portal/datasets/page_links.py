"""Links on the page of a dataset: each keeps the version and what was asked so far."""

#: What chooses rows, on the page, in the API and in downloads alike.
CHOOSING = ("loc", "tim", "sap_xep", "quyen")


class PageLinks:
    """Makes addresses of the same page; the version is always named, so that it stays the same."""

    def __init__(self, request, version):
        self._query = request.GET.copy()
        for key in [key for key in self._query if key.startswith("them_")]:
            del self._query[key]
        self._query["phien-ban"] = version.number

    def to(self, **changes):
        """Return the query string with ``changes``; None takes a parameter out."""
        query = self._query.copy()
        for key, value in changes.items():
            if value is None:
                query.pop(key, None)
            else:
                query[key] = value
        return f"?{query.urlencode()}"

    def with_filter(self, column, value):
        """Return the query string that also keeps only rows with ``value``."""
        wanted = f"{column}__isnull:1" if value is None else f"{column}:{_written(value)}"
        filters = self._query.getlist("loc")
        return self._with_filters(filters if wanted in filters else [*filters, wanted])

    def without_filter(self, place):
        """Return the query string without the filter at ``place``."""
        filters = self._query.getlist("loc")
        return self._with_filters(filters[:place] + filters[place + 1 :])

    def _with_filters(self, filters):
        query = self._query.copy()
        query.pop("trang", None)
        query.setlist("loc", filters)
        return f"?{query.urlencode()}"

    @property
    def choice(self):
        """Return the query string of what chooses rows alone; empty when nothing does."""
        query = self._query.copy()
        for key in [key for key in query if key not in CHOOSING]:
            del query[key]
        return f"?{query.urlencode()}" if query else ""


def _written(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def page_address(reading, request):
    """Return the address of the dataset's page with the same choice of rows."""
    query = request.GET.copy()
    query["phien-ban"] = reading.version.number
    return f"{reading.dataset.get_url(request)}?{query.urlencode()}"
