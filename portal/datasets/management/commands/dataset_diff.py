"""What changed between two published versions, as JSON."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.datasets.comparisons import counts_between, rows_between
from portal.datasets.differences import KINDS
from portal.datasets.management.published_command import PublishedCommand
from portal.datasets.schemas import schema_of_version

MOST_ROWS = 100_000


class Command(PublishedCommand):
    help = _(
        "Compare two published versions of the dataset SLUG: how many rows came, went, changed "
        "and stayed, then a page of each, cell by cell. Ends with 0, or with 3 and one sentence "
        "when it cannot be done."
    )

    def add_arguments(self, parser):
        parser.add_argument("slug", help=_("the code of the dataset"))
        parser.add_argument("old", type=int, help=_("the older version"))
        parser.add_argument("new", type=int, help=_("the newer version"))
        parser.add_argument("--page", type=int, default=1, help=_("which page, from 1"))
        parser.add_argument(
            "--page-size", type=int, default=100, help=_("rows of each kind on a page")
        )

    def handle(self, slug, old, new, *, page, page_size, **options):
        if page < 1 or not 1 <= page_size <= MOST_ROWS:
            self.give_up(
                gettext("A page is a whole number from 1, and has from 1 to %(most)s rows.")
                % {"most": MOST_ROWS}
            )
        dataset = self.dataset_of(slug)
        older, newer = (self.whole_version_of(dataset, number) for number in (old, new))
        told = self.told(older, newer, page, page_size)
        with self.giving_out():
            self.print_json(told)

    def told(self, older, newer, page, size):
        """Return the difference as the command prints it."""
        schema = schema_of_version(newer)
        counts = counts_between(older, newer, schema)
        return {
            "dataset": newer.dataset.code,
            "from": older.number,
            "to": newer.number,
            "key": [column.name for column in schema.keys],
            "counts": {kind: counts[kind] for kind in (*KINDS, "unchanged")},
            "columns": counts["columns"],
            "page": page,
            "page_size": size,
            "pages": max(1, -(-max(counts[kind] for kind in KINDS) // size)),
            **{
                kind: self.rows(older, newer, schema, kind, counts[kind], page, size)
                for kind in KINDS
            },
        }

    def rows(self, older, newer, schema, kind, count, page, size):
        """Return a page of one kind: the key and the cells, each with ``old`` and ``new``."""
        offset = (page - 1) * size
        if offset >= count:
            return []
        found = rows_between(older, newer, schema, kind, offset=offset, limit=size)
        return [{"key": row["key"], "cells": row["cells"]} for row in found]
