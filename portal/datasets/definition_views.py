"""Staff screens of a definition: starting from something, and trying it with a sample."""

import json
import tempfile
from pathlib import Path

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.table_files.reading import NeedsConfirmation, UnreadableFile
from portal.core.table_files.sentences import FILE_MESSAGES
from portal.datasets.actions.drafted_columns import draft_columns
from portal.datasets.definition_forms import (
    ColumnFormSet,
    SampleForm,
    SourceForm,
    corrected,
    initial_of,
)
from portal.datasets.definitions.example import suggest_from
from portal.datasets.definitions.sources import ready_schema, schema_from_text
from portal.datasets.definitions.words import rules_in_words
from portal.datasets.imports.check import check_table
from portal.datasets.imports.columns import TableSchema
from portal.datasets.imports.schema_error import SchemaError
from portal.datasets.models import DatasetPage
from portal.datasets.schemas import schema_of

SHOWN_ISSUES = 50
SHOWN_ROWS = 10


def page_or_404(user, pk):
    """Return a dataset's page that ``user`` may edit, draft or not; else there is none."""
    page = DatasetPage.objects.filter(pk=pk).first()
    if page is None or not page.permissions_for_user(user).can_edit():
        raise Http404
    return page


def start_definition(request, pk):
    """Ask for an example, a schema or a ready-made definition; show what becomes of it."""
    page = page_or_404(request.user, pk)
    if request.method == "POST" and "schema" in request.POST:
        return _take(request, page)
    form = SourceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            schema, suggestions = _read(form.cleaned_data)
        except SchemaError as fault:
            form.add_error("file", str(fault))
        except UnreadableFile as fault:
            words = {"value": fault.value, "expected": fault.expected}
            form.add_error("file", str(FILE_MESSAGES[fault.code]) % words)
        except NeedsConfirmation as doubt:
            words = {"value": doubt.value, "expected": None}
            form.add_error("file", str(FILE_MESSAGES[doubt.code]) % words)
        else:
            formset = ColumnFormSet(initial=initial_of(schema.columns))
            return _suggested(request, page, schema, formset, suggestions)
    return render(request, "datasets/admin/definition_start.html", {"page": page, "form": form})


def _read(data):
    """Return the schema, and the suggestions for it when it comes from an example."""
    file = data.get("file")
    if not file:
        return ready_schema(data["ready"]), []
    if file.name.lower().endswith(".json"):
        try:
            return schema_from_text(file.read().decode("utf-8-sig")), []
        except UnicodeDecodeError as fault:
            raise SchemaError(_("The JSON is not written in UTF-8.")) from fault
    with tempfile.TemporaryDirectory(prefix="table-") as folder:
        suggestions = suggest_from(_kept(file, folder))
    return TableSchema([each.column for each in suggestions]), suggestions


def _kept(file, folder):
    """Write an upload into ``folder`` under a name of our own."""
    path = Path(folder) / "sample"
    with path.open("wb") as out:
        for chunk in file.chunks():
            out.write(chunk)
    return path


def _suggested(request, page, schema, formset, suggestions=(), status=200):
    told = list(suggestions) or [None] * len(schema.columns)
    rows = [
        {"form": form, "suggestion": suggestion, "rules": rules_in_words(column)}
        for form, suggestion, column in zip(formset.forms, told, schema.columns, strict=True)
    ]
    context = {
        "page": page,
        "formset": formset,
        "rows": rows,
        "rules": schema.rules,
        "schema": json.dumps(schema.to_frictionless(), ensure_ascii=False),
        "replaces": page.get_latest_revision_as_object().columns.all(),
    }
    return render(request, "datasets/admin/definition_columns.html", context, status=status)


def _take(request, page):
    """Put the corrected columns into the draft of the page."""
    try:
        schema = schema_from_text(request.POST["schema"])
    except SchemaError as fault:
        messages.error(request, str(fault))
        return redirect("datasets:start_definition", page.pk)
    formset = ColumnFormSet(request.POST)
    if len(formset.forms) != len(schema.columns) or not formset.is_valid():
        if len(formset.forms) != len(schema.columns):
            formset = ColumnFormSet(initial=initial_of(schema.columns))
        return _suggested(request, page, schema, formset)
    try:
        draft = draft_columns(page, corrected(schema, formset), user=request.user)
    except (ValidationError, SchemaError) as fault:
        messages.error(request, " ".join(getattr(fault, "messages", [str(fault)])))
        return _suggested(request, page, schema, formset)
    count = len(draft.columns.all())
    messages.success(
        request,
        ngettext(
            "%(count)d column stands in the draft. Look through it, then publish.",
            "%(count)d columns stand in the draft. Look through them, then publish.",
            count,
        )
        % {"count": count},
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


def try_definition(request, pk):
    """Check a sample against the draft of the definition; nothing of it is kept."""
    page = page_or_404(request.user, pk)
    form = SampleForm(request.POST or None, request.FILES or None)
    context = {"page": page, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            context |= _tried(page, form.cleaned_data["file"])
        except SchemaError as fault:
            form.add_error("file", str(fault))
    return render(request, "datasets/admin/definition_try.html", context)


def _tried(page, file):
    schema = schema_of(page.get_latest_revision_as_object())
    with (
        tempfile.TemporaryDirectory(prefix="table-") as folder,
        check_table(_kept(file, folder), schema, filename=file.name) as check,
    ):
        report = check.report(rows=SHOWN_ROWS)
    titles = {column.name: column.title or column.name for column in schema.columns}
    return {
        "report": report,
        "heads": list(titles.values()),
        "shown_rows": [[row.get(name) for name in titles] for row in report["rows"]],
        "issues": [
            {**each, "title": titles.get(each["column"], "")}
            for each in report["issues"][:SHOWN_ISSUES]
        ],
    }
