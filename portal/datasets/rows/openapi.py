"""The OpenAPI description of one dataset's rows: its columns, their operators, the limits."""

from django.utils.translation import gettext as _

from portal.datasets.rows.limits import LARGEST_PAGE, USUAL_PAGE, published_limits
from portal.datasets.rows.operators import (
    DAY,
    MOMENT,
    NUMBER,
    OPERATORS_OF,
    TEXT,
    TRUTH,
    kind_of,
)

_SCHEMAS = {
    TEXT: {"type": ["string", "null"]},
    DAY: {"type": ["string", "null"], "format": "date"},
    MOMENT: {"type": ["string", "null"]},  # as a rule without the zone that “date-time” asks for
    TRUTH: {"type": ["boolean", "null"]},
}


def described(reading):
    """Return the description as a dictionary, for what the reader may see."""
    types = reading.asker.types
    base = f"/api/v1/du-lieu/{reading.dataset.code}"
    row = {
        column.name: _column(column, types[column.name], reading.asker.kind(column.name))
        for column in reading.columns
    }
    for name in reading.sight.masked:
        row[name] |= {"type": ["string", "null"], "x-operators": []}
    limits = published_limits()
    version = {
        "name": "version",
        "in": "path",
        "required": True,
        "schema": {"type": "string"},
        "description": _("“moi-nhat”, the number of a version, or a day (2026-03-31)."),
    }
    parameters = _parameters(types, reading.sight.clear)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": reading.dataset.title,
            "version": str(reading.version.number),
            "description": _("Rows of the dataset “%(title)s”. Numbers with decimals are texts.")
            % {"title": reading.dataset.title},
        },
        "servers": [{"url": reading.request.build_absolute_uri("/")}],
        "paths": {
            f"{base}/dong/": {"get": _operation("rowsOfLatest", parameters)},
            f"{base}/phien-ban/{{version}}/dong/": {
                "get": _operation("rowsOfVersion", [version, *parameters])
            },
        },
        "components": {
            "schemas": {
                "Row": {"type": "object", "properties": row},
                "Rows": _rows_schema(),
                "Refusal": {
                    "type": "object",
                    "properties": {"detail": {"type": "string"}},
                    "required": ["detail"],
                },
            }
        },
        "x-limits": limits,
    }


def _column(column, sql_type, kind):
    whole = kind == NUMBER and sql_type in ("BIGINT", "INTEGER")
    number = {"type": ["integer", "null"]} if whole else {"type": ["string", "null"]}
    described = {**(number if kind == NUMBER else _SCHEMAS[kind]), "title": column.title}
    if column.description:
        described["description"] = column.description
    if column.unit_of_measure:
        described["x-unit-of-measure"] = column.unit_of_measure
    return {**described, "x-operators": list(OPERATORS_OF[kind])}


def _rows_schema():
    return {
        "type": "object",
        "properties": {
            "dataset": {"type": "string"},
            "version": {"type": "integer"},
            "columns": {"type": "array", "items": {"type": "string"}},
            "total": {"type": "integer"},
            "page": {"type": ["integer", "null"]},
            "page_size": {"type": "integer"},
            "rows": {"type": "array", "items": {"$ref": "#/components/schemas/Row"}},
            "next": {"type": ["string", "null"]},
            "next_url": {"type": ["string", "null"]},
            "facets": {"type": "array", "items": {"type": "object"}},
            "facets_cut_off": {"type": "array", "items": {"type": "string"}},
        },
    }


def _operation(name, parameters):
    refusal = {
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    }
    rows = {"schema": {"$ref": "#/components/schemas/Rows"}}
    text = {"schema": {"type": "string"}}
    return {
        "operationId": name,
        "parameters": parameters,
        "responses": {
            "200": {
                "description": _("A page of rows, or all of them in another format."),
                "content": {
                    "application/json": rows,
                    "text/csv": text,
                    "application/x-ndjson": text,
                    "application/vnd.apache.parquet": {},
                },
            },
            "404": {"description": _("There is no such dataset or version."), **refusal},
            "422": {"description": _("A parameter cannot be meant; “detail” says why."), **refusal},
        },
    }


def _parameters(types, clear):
    """Return the parameters, with examples of columns by which rows may be found."""
    names = list(types)
    asked = [column.name for column in clear] or names
    numbers = [name for name in asked if kind_of(types[name]) == NUMBER]
    sample = (numbers or asked)[0]
    size = {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": USUAL_PAGE}
    return [
        _parameter(
            "loc",
            _("Keeps rows: column:value or column__operator:value; repeat it to narrow further."),
            {"type": "array", "items": {"type": "string"}},
            example=[f"{sample}__notnull:1"],
            explode=True,
        ),
        _parameter("tim", _("Words that stand in any text, whatever their case and accents.")),
        _parameter(
            "sap_xep",
            _("Columns to sort by, with commas between; a minus before one turns it round."),
            example=f"-{sample}",
        ),
        _parameter("cot", _("Columns to give, with commas between."), example=",".join(names[:2])),
        _parameter("nhom", _("Columns to group by; the answer then has groups, not rows.")),
        _parameter(
            "tinh",
            _("What to add up: count, or sum, avg, min, max with a column."),
            example=f"count,sum:{sample}" if numbers else "count",
        ),
        _parameter("dem_theo", _("Columns whose values are counted beside the rows.")),
        _parameter("so_dong", _("How many rows a page has."), size),
        _parameter("trang", _("Which page, counted from 1."), {"type": "integer", "minimum": 1}),
        _parameter("tiep", _("The mark “next” of the page before; it keeps to its version.")),
        _parameter(
            "dinh_dang",
            _(
                "The format; all but json give every row that is asked for. Groups come as json, "
                "csv or ndjson."
            ),
            {"type": "string", "enum": ["json", "csv", "ndjson", "parquet"], "default": "json"},
        ),
    ]


def _parameter(name, description, schema=None, **more):
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": schema or {"type": "string"},
        **more,
    }
