"""A published version as a Frictionless data package: what is in it, and how to read the file."""

from dataclasses import replace

from django.urls import reverse

from portal.datasets.cataloguing import vocabulary
from portal.datasets.cataloguing.csv_fields import field_name, field_of
from portal.datasets.cataloguing.measures import measured

#: How the CSV is written; a reader of the standard needs all of it.
DIALECT = {
    "delimiter": ";",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
}
LICENSE_NAMES = {"CC0": "CC0-1.0", "CC_BY_4_0": "CC-BY-4.0", "CC_BYSA_4_0": "CC-BY-SA-4.0"}


def package_of(record, sight, version_record, columns, request):
    """Return the descriptor; ``columns`` are those of the ``Sight``.

    The values that a column of units may take are left out where a unit is closed to the reader:
    ``columns`` come without them.
    """
    version, measure = sight.version, measured(sight)
    described = {
        "profile": "tabular-data-package",
        "name": record.code,
        "id": version_record.url,
        "title": record.title,
        "description": record.description,
        "version": str(version_record.number),
        "created": version_record.published_at.isoformat(),
        "homepage": record.page_url,
        "keywords": list(record.keywords),
        "licenses": _licenses(record),
        "sources": [{"title": record.publisher.name, "path": record.publisher.url}],
        "contributors": [
            {
                "title": record.publisher.name,
                "path": record.publisher.url,
                "role": "publisher",
            }
        ],
        "resources": [_resource(record, version, columns, measure, request)],
    }
    return {name: value for name, value in described.items() if value not in ("", [])}


def _resource(record, version, columns, measure, request):
    path = reverse("dataset_download", args=[record.code, version.number, "csv"])
    broken = measure.broken if measure else {}
    resource = {
        "profile": "tabular-data-resource",
        "name": record.code,
        "title": record.title,
        "path": request.build_absolute_uri(path),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": DIALECT,
        "schema": {
            "fields": [
                field_of(column, broken=broken.get(column.name, frozenset()))
                if measure
                else field_of(_without_claims(column))
                for column in columns
            ],
            "missingValues": [""],
            **_key_of(version, columns),
        },
    }
    if measure:
        resource |= {"bytes": measure.size, "hash": f"sha256:{measure.sha256}"}
    return resource


def _without_claims(column):
    """Return ``column`` without rules: nobody has looked whether all rows keep them."""
    return replace(
        column, required=False, is_key=False, unique=False, minimum=None, maximum=None,
        min_length=None, max_length=None, pattern="", codes=None,
    )  # fmt: skip


def _key_of(version, columns):
    """Return the primary key, where the reader sees all columns of it as they are."""
    visible = {column.name: column for column in columns if column.is_key}
    keys = version.schema.get("primaryKey") or []
    keys = [keys] if isinstance(keys, str) else keys
    if not keys or not set(keys) <= set(visible):
        return {}
    return {"primaryKey": [field_name(visible[name]) for name in keys]}


def _licenses(record):
    if record.license:
        page = vocabulary.LICENSE_PAGES[record.license]
        return [{"name": LICENSE_NAMES[record.license], "path": page}]
    return [{"path": record.terms_url}] if record.terms_url else []
