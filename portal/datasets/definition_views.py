"""Staff screens of a definition: starting from something, and trying it with a sample."""

import json

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.fetching.refusals import FetchRefused
from portal.core.table_files.reading import NeedsConfirmation, UnreadableFile
from portal.datasets.actions.drafted_columns import draft_columns
from portal.datasets.definition_forms import (
    ColumnFormSet,
    SampleForm,
    SourceForm,
    corrected,
    initial_of,
    lists_are_given,
)
from portal.datasets.definition_samples import answer_about_sample, read_sample, sentence_about
from portal.datasets.definitions.example import suggest_from
from portal.datasets.definitions.sources import ready_schema, schema_from_text
from portal.datasets.definitions.words import rules_in_words
from portal.datasets.imports.check import NEEDS_CONFIRMATION, check_table
from portal.datasets.imports.columns import TableSchema
from portal.datasets.imports.schema_error import SchemaError
from portal.datasets.models import DatasetPage
from portal.datasets.schemas import schema_of
from portal.datasets.sources.addresses import dataset_at
from portal.datasets.sources.remote import RemoteDataset

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
    if request.method == "POST" and "sample" in request.POST:
        return answer_about_sample(request, page, _from_example, "start_definition")
    form = SourceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _source(request, page, form.cleaned_data)
        except SchemaError as fault:
            form.add_error("file", str(fault))
        except UnreadableFile as fault:
            form.add_error("file", sentence_about(fault))
        except FetchRefused as refusal:
            form.add_error("address", str(refusal))
    return render(request, "datasets/admin/definition_start.html", {"page": page, "form": form})


def _source(request, page, data):
    """Show the columns of what was chosen, or ask how the example is to be read."""
    file = data.get("file")
    if not file and data.get("address"):
        return _suggested(request, page, _schema_there(data["address"]))
    if not file:
        return _suggested(request, page, ready_schema(data["ready"]))
    if file.name.lower().endswith(".json"):
        try:
            return _suggested(request, page, schema_from_text(file.read().decode("utf-8-sig")))
        except UnicodeDecodeError as fault:
            raise SchemaError(_("The JSON is not written in UTF-8.")) from fault
    return read_sample(request, page, file, _from_example, "start_definition")


def _schema_there(address):
    """Return the columns of a dataset of another portal; raise ``FetchRefused``."""
    told = RemoteDataset(*dataset_at(address)).schema_text()
    try:
        return schema_from_text(told)
    except SchemaError as fault:
        raise FetchRefused(
            "schema",
            _("What answers there does not describe a dataset: %(fault)s") % {"fault": fault},
        ) from fault


def _from_example(request, page, path, reading, _schema):
    """Show the columns that the example at ``path`` suggests."""
    suggestions = suggest_from(path, reading)
    schema = TableSchema([each.column for each in suggestions])
    return _suggested(request, page, schema, suggestions=suggestions)


def _suggested(request, page, schema, formset=None, suggestions=()):
    formset = formset or ColumnFormSet(initial=initial_of(schema.columns, suggestions))
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
    return render(request, "datasets/admin/definition_columns.html", context)


def _take(request, page):
    """Put the corrected columns into the draft of the page."""
    try:
        schema = schema_from_text(request.POST["schema"])
    except SchemaError as fault:
        messages.error(request, str(fault))
        return redirect("datasets:start_definition", page.pk)
    formset = ColumnFormSet(request.POST)
    if len(formset.forms) != len(schema.columns):
        return _suggested(request, page, schema)
    if not formset.is_valid() or not lists_are_given(schema, formset):
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
    if request.method == "POST" and "sample" in request.POST:
        return answer_about_sample(request, page, _tried, "try_definition")
    form = SampleForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            schema = schema_of(page.get_latest_revision_as_object()).to_frictionless()
            file = form.cleaned_data["file"]
            return read_sample(request, page, file, _tried, "try_definition", schema)
        except SchemaError as fault:
            form.add_error("file", str(fault))
    return render(request, "datasets/admin/definition_try.html", {"page": page, "form": form})


def _tried(request, page, path, reading, described):
    """Show what a check of the sample at ``path`` finds; ask when it cannot be decided."""
    schema = TableSchema.from_frictionless(described)
    with check_table(path, schema, reading=reading) as check:
        if check.outcome == NEEDS_CONFIRMATION:
            raise NeedsConfirmation("", check.reading.candidates)
        report = check.report(rows=SHOWN_ROWS)
    titles = {column.name: column.title or column.name for column in schema.columns}
    context = {
        "page": page,
        "form": SampleForm(),
        "report": report,
        "heads": list(titles.values()),
        "shown_rows": [[row.get(name) for name in titles] for row in report["rows"]],
        "issues": [
            {**each, "title": titles.get(each["column"], "")}
            for each in report["issues"][:SHOWN_ISSUES]
        ],
    }
    return render(request, "datasets/admin/definition_try.html", context)
