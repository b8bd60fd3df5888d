"""The definition of a dataset for others: as Table Schema and on paper, with what they may see."""

import json
from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.core.documents import document_response
from portal.datasets.access import may_see_all
from portal.datasets.definitions.history import latest_definition
from portal.datasets.definitions.words import codes_in_words, rules_in_words, type_in_words
from portal.datasets.imports.columns import TableSchema
from portal.datasets.models import DatasetPage
from portal.datasets.published import provision_for
from portal.datasets.schemas import schema_of
from portal.datasets.sights import WITHHELD
from portal.units.models import UnitPage

MOST_CODES = 100


def visible_schema(request, dataset):
    """Return today's schema with the columns that the visitor may see, and the rules about them.

    A column of units lists those that the visitor may see; None when no column is left.
    """
    schema = schema_of(dataset)
    if may_see_all(request.user, dataset):
        return schema
    columns = tuple(
        without_closed_units(column, request)
        for column in schema.columns
        if column.is_public and column.personal != WITHHELD
    )
    if not columns:
        return None
    names = {column.name for column in columns}
    rules = tuple(rule for rule in schema.rules if set(rule.columns) <= names)
    return TableSchema(columns, schema.mode, schema.ignore_unknown, schema.missing_values, rules)


def without_closed_units(column, request):
    """Return a column of units without the codes of units that the visitor may not see."""
    if column.type != "unit" or not column.codes:
        return column
    units = UnitPage.objects.filter(code__in=column.codes)
    open_ones = units.readable_by(request).values("pk")
    closed = set(units.exclude(pk__in=open_ones).values_list("code", flat=True))
    shown = {code: label for code, label in column.codes.items() if code not in closed}
    return replace(column, codes=shown)


def table_schema(request, code):
    """Give the definition as a Frictionless Table Schema."""
    dataset, schema = _asked(request, code)
    described = schema.to_frictionless() if schema else {"fields": []}
    described = {"title": dataset.title, **described}
    response = HttpResponse(_json(described), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{dataset.code}-cau-truc.json"'
    response["Cache-Control"] = "private, no-cache"
    return response


def paper(request, code):
    """Give the definition on paper: “Cấu trúc dữ liệu trao đổi”."""
    dataset, schema = _asked(request, code)
    columns = schema.columns if schema else ()
    context = {
        "dataset": dataset,
        "provision": provision_for(dataset, request),
        "definition": latest_definition(dataset),
        "today": timezone.localdate(),
        "rules": schema.rules if schema else (),
    }
    with translation.override("vi"):
        context["rows"] = [_row(column) for column in columns]
        context["lists"] = [column for column in columns if column.codes and _is_long(column)]
        html = render_to_string("datasets/papers/definition_pdf.html", context, request=request)
    return document_response(
        request,
        html,
        title=_("Structure of the data: %(title)s") % {"title": dataset.title},
        filename=f"{dataset.code}-cau-truc.pdf",
        back_url=dataset.get_url(request),
    )


def _asked(request, code):
    dataset = get_object_or_404(DatasetPage.objects.readable_by(request), code=code)
    return dataset, visible_schema(request, dataset)


def _json(described):
    return json.dumps(described, ensure_ascii=False, indent=2)


def _is_long(column):
    return 6 < len(column.codes) <= MOST_CODES


def _row(column):
    shown = replace(column, codes=None) if column.codes and len(column.codes) > 6 else column
    rules = rules_in_words(shown)
    if shown is not column:
        rules.append(codes_in_words(column.codes))
    return {"column": column, "type": type_in_words(column), "rules": rules}
