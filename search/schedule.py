"""The periodic work of search."""

from portal.core.clock import every
from search.backend import count_tables as count


@every(days=1)
def count_tables():
    """Let SQLite plan its searches by what the index holds now."""
    count()
