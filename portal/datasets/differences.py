"""What changes between two versions, as screens show it."""

from django.utils.translation import gettext_lazy as _

from portal.datasets.published import shown
from portal.datasets.schemas import columns_of_version

KINDS = {"added": _("added"), "removed": _("removed"), "changed": _("changed")}


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
