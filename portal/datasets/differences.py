"""What changes between two versions, as screens show it."""

from django.utils.translation import gettext_lazy as _

from portal.datasets.definitions.lineage import table_under
from portal.datasets.diffs import changed_rows
from portal.datasets.manifests import table_file
from portal.datasets.schemas import columns_of_version, schema_of_version
from portal.datasets.shown_values import shown

KINDS = {"changed": _("changed"), "added": _("added"), "removed": _("removed")}


#: What the file of a dataset means for the rows that it does not name.
MODE_MEANINGS = {
    "replace": _(
        "The file replaces everything: rows that stand in the published table and not in the "
        "file are removed."
    ),
    "upsert": _(
        "The file adds rows and changes those with the same key; rows that it does not name stay."
    ),
    "append": _(
        "The file brings the rows of its period; rows of other periods stay. Sent again for the "
        "same period, it replaces that period's rows."
    ),
}


def mode_meaning(version):
    """Return what the version's file does to the rows that it does not name."""
    return MODE_MEANINGS[schema_of_version(version).mode]


def difference_of(version):
    """Return the stored difference with printed names and values, or an empty dictionary.

    ``samples`` hold ``kind`` in words, ``key`` as one text, and ``cells`` with ``title``, ``old``
    and ``new`` as texts; what was not there is None.
    """
    stored = version.difference
    if not stored:
        return {}
    columns = {column.name: column for column in columns_of_version(version)}
    return {**stored, "samples": [_sample(each, columns) for each in stored.get("samples", [])]}


def rows_of_difference(version, kind, *, offset, limit):
    """Return a page of the rows of one kind, as the samples of ``difference_of``."""
    before, schema = version.based_on, schema_of_version(version)
    if before is None:
        rows = changed_rows(None, table_file(version), schema, kind, offset, limit)
    else:
        then = schema_of_version(before)
        with table_under(table_file(before), then, schema, strict=False) as old:
            rows = changed_rows(old, table_file(version), schema, kind, offset, limit)
    return in_words(rows, columns_of_version(version))


def in_words(rows, columns):
    """Return rows of a difference with printed names and values, as ``difference_of`` has them."""
    named = {column.name: column for column in columns}
    return [_sample(each, named) for each in rows]


def _sample(stored, columns):
    return {
        "kind": KINDS[stored["kind"]],
        "key": " · ".join(_text(columns, *cell) for cell in stored["key"].items()),
        "cells": [
            {
                "title": _title(columns, cell["column"]),
                "old": _text(columns, cell["column"], cell["old"]),
                "new": _text(columns, cell["column"], cell["new"]),
            }
            for cell in stored["cells"]
        ],
    }


def _title(columns, name):
    column = columns.get(name)
    return column.title or name if column else name


def _text(columns, name, value):
    if value is None or name not in columns:
        return value
    column = columns[name]
    return value if column.type == "date" else shown(column, value)
