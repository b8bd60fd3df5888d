"""Definitions from elsewhere: a Table Schema, a CKAN data dictionary, a ready-made one."""

import json
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from portal.core.text import fold
from portal.datasets.definitions.example import identifier_of
from portal.datasets.imports.columns import TableSchema
from portal.datasets.imports.descriptors import mapping
from portal.datasets.imports.schema_error import SchemaError

READY = Path(__file__).resolve().parent / "ready"
#: CKAN names the types of PostgreSQL.
_CKAN_TYPES = {
    "int": "integer", "int2": "integer", "int4": "integer", "int8": "integer",
    "bigint": "integer", "smallint": "integer", "integer": "integer", "numeric": "decimal",
    "float": "decimal", "float4": "decimal", "float8": "decimal", "money": "decimal",
    "bool": "boolean", "boolean": "boolean", "date": "date", "timestamp": "datetime",
    "timestamptz": "datetime", "text": "text", "varchar": "text",
}  # fmt: skip


def schema_from_text(text):
    """Return the ``TableSchema`` that a JSON text describes; raise ``SchemaError`` otherwise."""
    try:
        described = json.loads(text)
    except ValueError as fault:
        raise SchemaError(
            _("The file is no JSON: line %(line)s.") % {"line": getattr(fault, "lineno", 1)}
        ) from fault
    except RecursionError as fault:
        raise SchemaError(_("The JSON has too many parts inside each other.")) from fault
    fields = ckan_fields(described)
    return TableSchema.from_frictionless({"fields": fields} if fields else described)


def ckan_fields(described):
    """Return the fields of a CKAN data dictionary as fields of a Table Schema; None otherwise."""
    inside = mapping(described).get("result", described)
    listed = inside.get("fields") if isinstance(inside, dict) else inside
    if not isinstance(listed, list) or not all(
        isinstance(each, dict) and isinstance(each.get("id"), str) for each in listed
    ):
        return None
    return [_ckan_field(each) for each in listed if each["id"] != "_id"]


def _ckan_field(described):
    info = mapping(described.get("info"))
    told = str(info.get("type_override") or described.get("type") or "text").lower()
    return {
        "name": identifier_of(described["id"]),
        "title": str(info.get("label") or described["id"]),
        "description": str(info.get("notes") or ""),
        "portal": {
            "type": _CKAN_TYPES.get(told, "text"),
            "aliases": [described["id"]],
        },
    }


@cache
def ready_made():
    """Return the ready-made definitions as (key, title, words, descriptor), by title."""
    found = []
    for path in READY.glob("*.json"):
        described = json.loads(path.read_text(encoding="utf-8"))
        own = described["portal"]
        found.append((path.stem, described["title"], tuple(own["duty_words"]), described))
    return sorted(found, key=lambda each: fold(each[1]))


def ready_schema(key):
    """Return the ``TableSchema`` of a ready-made definition; raise KeyError for an unknown one."""
    described = {each[0]: each[3] for each in ready_made()}[key]
    return TableSchema.from_frictionless(described)


def ready_for(text):
    """Return the key of the ready-made definition that the words of a duty name, or empty."""
    said = fold(text)
    counts = {
        key: sum(word in said for word in words) for key, _title, words, _rest in ready_made()
    }
    best = max(counts, key=counts.get, default="")
    return best if counts.get(best) else ""
