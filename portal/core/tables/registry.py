"""The catalogues that come in and go out as files; each room registers its own."""

from collections.abc import Callable
from dataclasses import dataclass

from wagtail.permissions import policy_registry

#: Rows of one file at most; a catalogue of pages takes fewer, since each is a revision.
MOST_ROWS, MOST_PAGES = 20_000, 2_000


@dataclass(frozen=True)
class Table:
    """One catalogue: ``resource`` is its ``CatalogueResource``.

    ``may_import(user)`` and ``may_export(user)`` open its screens; what of it somebody may see or
    change is asked of the resource, row by row.
    """

    key: str
    label: str
    description: str
    resource: type
    may_import: Callable
    may_export: Callable
    icon: str = "table"
    order: int = 100
    most_rows: int = MOST_ROWS


_tables: dict[str, Table] = {}


def register_table(table):
    """Let ``table`` come in and go out; the same key again replaces it."""
    _tables[table.key] = table


def table_named(key):
    """Return the catalogue with this key, or None."""
    return _tables.get(key)


def tables_for(user):
    """Return the catalogues that ``user`` may import or export, in their order."""
    tables = sorted(_tables.values(), key=lambda each: (each.order, each.key))
    return [each for each in tables if each.may_import(user) or each.may_export(user)]


def by_policy(model, *actions):
    """Return the question whether the policy of ``model`` lets somebody do one of ``actions``."""

    def ask(user):
        policy = policy_registry.get_by_type(model)
        return policy.user_has_any_permission(user, set(actions))

    return ask
