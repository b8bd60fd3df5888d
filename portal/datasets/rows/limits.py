"""How much one question about rows may ask for. The limits are published with the API."""

LARGEST_PAGE = 1_000  #: rows of one page
USUAL_PAGE = 100
MOST_FILTERS = 20
MOST_VALUES = 200  #: values of one “in”
LONGEST_TEXT = 200  #: characters of a value or of what is searched
MOST_SORTS = 5
MOST_GROUP_COLUMNS = 4
MOST_AGGREGATES = 10
MOST_GROUPS = 1_000  #: groups of one answer; it says when there are more
MOST_FACETS = 5
FACET_VALUES = 20
QUERY_SECONDS = 5.0  #: of the engine, for a page of rows or groups
FACET_SECONDS = 0.2  #: for all facets together; what is not counted by then is left out
EXPORT_SECONDS = 600.0  #: of the engine and of whoever takes the rows
#: What Excel holds below the row of the names.
ROWS_IN_A_SHEET = 1_048_575


def published_limits():
    """Return the limits as ``{name: number}``, for the API's description."""
    return {
        "page_size": LARGEST_PAGE,
        "filters": MOST_FILTERS,
        "values": MOST_VALUES,
        "text_length": LONGEST_TEXT,
        "sort_columns": MOST_SORTS,
        "group_columns": MOST_GROUP_COLUMNS,
        "aggregates": MOST_AGGREGATES,
        "groups": MOST_GROUPS,
        "facets": MOST_FACETS,
        "facet_values": FACET_VALUES,
        "query_seconds": QUERY_SECONDS,
        "facet_seconds": FACET_SECONDS,
        "export_seconds": EXPORT_SECONDS,
        "xlsx_rows": ROWS_IN_A_SHEET,
    }
