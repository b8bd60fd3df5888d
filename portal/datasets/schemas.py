"""From the definition that people edit to the schema by which files are checked and kept."""

import json
from dataclasses import replace
from functools import lru_cache

from portal.datasets.drafted_details import details_of
from portal.datasets.imports import descriptors
from portal.datasets.imports.between import rule_of
from portal.datasets.imports.column import Column
from portal.datasets.imports.columns import TableSchema
from portal.units.models import UnitPage

#: Fields that a column of the definition and a column of the schema have in common.
SHARED = (
    "name", "title", "type", "required", "is_key", "unique", "scale", "min_length", "max_length",
    "pattern", "severity", "is_public", "personal", "unit_of_measure", "description",
)  # fmt: skip

#: Fields of a column of the schema that the editor does not show.
DETAILS = ("point_is", "true_values", "false_values", "period_kind", "is_bare")


def schema_of(dataset):
    """Return the schema of today's definition, its code lists included."""
    defined = dataset.columns.select_related("code_list").prefetch_related("code_list__items")
    defined = list(defined.order_by("sort_order"))
    details = details_of(dataset, defined)
    columns = [column_of(each) for each in defined]
    further = {}
    if details is not None:
        columns = [with_details(each, details["columns"].get(each.id)) for each in columns]
        further = {name: details[name] for name in ("missing_values", "unchecked")}
    return TableSchema(
        columns=columns,
        mode=dataset.mode,
        ignore_unknown=dataset.ignore_unknown,
        rules=[described_rule(each, columns) for each in dataset.rules.order_by("sort_order")],
        **further,
    )


def described_rule(rule, columns):
    """Return a rule of the definition as the check reads it; raise ``SchemaError`` otherwise."""
    described = {name: getattr(rule, name) for name in ("expression", "title", "severity")}
    return rule_of(described, columns)


def with_details(column, field):
    """Return ``column`` with what ``field`` of a table schema says beyond the editor's words."""
    told = descriptors.column_of(field) if field else None
    if told is None or stored_type(told) != column.type:
        return column
    is_shown = column.is_number or column.type == "date"
    limits = {} if is_shown else {"minimum": told.minimum, "maximum": told.maximum}
    return replace(
        column, type=told.type, **{name: getattr(told, name) for name in DETAILS}, **limits
    )


def stored_type(column):
    """Return the type under which the editor keeps a column; instants are texts there."""
    return "text" if column.type == "datetime" else column.type


def column_of(defined):
    """Return one column of the definition as the check reads it."""
    values = {name: getattr(defined, name) for name in SHARED}
    values |= {"id": defined.column_id, "aliases": _lines(defined.aliases)}
    if defined.type == defined.Type.DATE:
        values |= {"minimum": defined.earliest, "maximum": defined.latest}
    column = Column(**values, codes=_codes(defined))
    if not column.is_number:
        return column
    return Column(
        **{**vars(column), "minimum": _plain(defined.minimum), "maximum": _plain(defined.maximum)}
    )


def schema_of_version(version):
    """Return the schema as it stood when the version's file was received."""
    return TableSchema.from_frictionless(version.schema)


def columns_of_version(version):
    """Return the columns of the version's table, in order; none without a definition."""
    return list(_columns_in(json.dumps(version.schema))) if version.schema else []


@lru_cache(maxsize=256)
def _columns_in(schema):
    """Read the columns of a schema; every question about a version's rows begins with this."""
    return TableSchema.from_frictionless(json.loads(schema)).columns


def _lines(text):
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _plain(limit):
    """Drop the zeros that the database adds, so that sentences quote what people wrote."""
    if limit is None:
        return None
    return limit.to_integral_value() if limit == limit.to_integral_value() else limit.normalize()


def _codes(defined):
    """Return the codes of the column's list; a unit column without one takes the directory."""
    if defined.code_list_id:
        return {item.code: item.label for item in defined.code_list.items.all()}
    if defined.type == defined.Type.UNIT:
        return dict(UnitPage.objects.live().order_by("code").values_list("code", "title"))
    return None
