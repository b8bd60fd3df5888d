"""The definition of a table: its columns, and what a file of it means. No database."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.datasets.imports import descriptors
from portal.datasets.imports.between import rule_of
from portal.datasets.imports.column import Column
from portal.datasets.imports.rule_parts import Rule
from portal.datasets.imports.schema_error import SchemaError
from portal.datasets.imports.unchecked import unchecked_in

MODES = ("replace", "upsert", "append")


@dataclass(frozen=True)
class TableSchema:
    """The columns of a table, and what a file means: replace, upsert or append.

    ``rules`` hold between the columns of a row. ``unchecked`` names what a stranger's schema
    asks for and nobody checks; reports say so.
    """

    columns: tuple[Column, ...]
    mode: str = "replace"
    ignore_unknown: bool = False
    missing_values: tuple[str, ...] = ("",)
    rules: tuple[Rule, ...] = ()
    unchecked: tuple[str, ...] = ()

    def __post_init__(self):
        for listed in ("columns", "missing_values", "rules", "unchecked"):
            object.__setattr__(self, listed, tuple(getattr(self, listed)))
        if not self.columns:
            raise SchemaError(_("The definition has no columns."))
        if self.mode not in MODES:
            raise SchemaError(_("The definition has no valid mode."))
        seen = set()
        for column in self.columns:
            if column.name.casefold() in seen:
                raise SchemaError(_("Two columns are named “%(name)s”.") % {"name": column.name})
            seen.add(column.name.casefold())

    @property
    def keys(self):
        """Return the columns that together name a row."""
        return tuple(column for column in self.columns if column.is_key)

    def column(self, name):
        """Return the column called ``name``; raise KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def to_frictionless(self):
        """Return the definition as a Frictionless Table Schema; own things below “portal”."""
        return {
            "fields": [descriptors.field_of(column) for column in self.columns],
            "primaryKey": [column.name for column in self.keys],
            "missingValues": list(self.missing_values),
            "portal": {
                "mode": self.mode,
                "ignore_unknown": self.ignore_unknown,
                "rules": [rule.as_dict() for rule in self.rules],
                "unchecked": list(self.unchecked),
            },
        }

    @classmethod
    def from_frictionless(cls, descriptor):
        """Return the definition that a Table Schema describes, ours or a stranger's."""
        descriptor = descriptors.schema_in(descriptor)
        keys = descriptors.names(descriptor.get("primaryKey"))
        columns = tuple(descriptors.column_of(each, keys) for each in descriptor["fields"])
        for name in keys - {column.name for column in columns}:
            raise SchemaError(_("The key names “%(name)s”, which is no column.") % {"name": name})
        own = descriptors.mapping(descriptor.get("portal"))
        loose = descriptor.get("fieldsMatch") in ("superset", "partial")
        return cls(
            columns,
            mode=own.get("mode", "replace"),
            ignore_unknown=bool(own.get("ignore_unknown", loose)),
            missing_values=descriptors.missing_values(descriptor.get("missingValues")),
            rules=tuple(rule_of(each, columns) for each in descriptors.listed(own.get("rules"))),
            unchecked=tuple(unchecked_in(descriptor)),
        )
