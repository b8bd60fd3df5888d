"""Staff screens of one version: what the check found, what would change, and the next step."""

import csv

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.core.audit import record
from portal.core.models import Job
from portal.core.statuses import TransitionRefused, history_of, label
from portal.datasets.actions import review, uploads
from portal.datasets.actions.checks import STEP_LABELS
from portal.datasets.differences import difference_of
from portal.datasets.findings import issues_of, reading_of, rows_of_issues
from portal.datasets.forms import NoteForm, ReadingForm
from portal.datasets.models import DatasetVersion
from portal.datasets.steps import STAGES, possible_steps
from portal.datasets.views import worked_on

SHOWN_ISSUES = 100

#: What each step does; all take the version and ``user``, those below also a note.
ACTIONS = {
    "kiem-tra-lai": uploads.check_again,
    "so-sanh-lai": review.compare_again,
    "cong-bo": review.publish_version,
}
ACTIONS_WITH_NOTE = {
    "trinh": review.submit_version,
    "tra-lai": review.return_version,
    "xac-minh": review.verify_and_publish,
    "thu-hoi": review.withdraw_version,
    "huy": review.discard_version,
}


def version_or_404(user, pk):
    """Return a version of a dataset that ``user`` looks after, or answer as if there were none."""
    return get_object_or_404(
        DatasetVersion.objects.select_related(
            "dataset__owner_unit",
            "unit",
            "dataset__provision__regulation",
            "based_on",
            "definition",
            "uploaded_by",
            "submitted_by",
            "verified_by",
        ).filter(dataset__in=worked_on(user)),
        pk=pk,
    )


def version(request, pk):
    """Show one version."""
    return _version_page(request, version_or_404(request.user, pk))


def _version_page(request, shown, *, refusal="", step="", note="", reading_form=None):
    """Draw the page of a version, with a refused step's reason and the words typed for it."""
    running, issues = latest_job(shown), issues_of(shown)
    context = {
        "version": shown,
        "dataset": shown.dataset,
        "stages": _stages(shown),
        "running": running,
        "running_label": STEP_LABELS.get(running.step, "") if running else "",
        "possible": possible_steps(request.user, shown, running),
        "issues": issues[:SHOWN_ISSUES],
        "issue_count": shown.report.get("issues_total", len(issues)),
        "read_as": reading_of(shown),
        "difference": difference_of(shown),
        "history": _history(shown),
        "same_file": uploads.same_file_as(shown),
        "upload_address": upload_address(shown),
        "refusal": refusal,
        "refused_step": step,
        "typed_note": note,
        "reading_form": reading_form or _reading_form(request.user, shown),
    }
    status = 409 if refusal else 200
    return render(request, "datasets/admin/version.html", context, status=status)


def latest_job(shown):
    """Return the newest job about the version, or None."""
    return Job.objects.about(shown).first()


def _stages(shown):
    """Return ``[(label, is_current)]`` for the line of stages."""
    return [(words, shown.status in statuses) for words, statuses in STAGES]


def _history(shown):
    events = list(history_of(shown))
    for event in events:
        event.label = label(shown, event.to_status)
    return events


def _reading_form(user, shown):
    choosing = shown.status in {DatasetVersion.Status.NEEDS_CHOICE, DatasetVersion.Status.REFUSED}
    if choosing and uploads.may_upload(user, shown.dataset):
        return ReadingForm(version=shown)
    return None


def progress(request, pk):
    """Answer with how far the check is; the page asks again until it is done."""
    shown = version_or_404(request.user, pk)
    running = latest_job(shown)
    return render(
        request,
        "datasets/admin/progress.html",
        {
            "running": running,
            "running_label": STEP_LABELS.get(running.step, "") if running else "",
            "is_finished": running is None or running.is_finished,
        },
    )


@require_POST
def take_step(request, pk, key):
    """Do one step; a refusal is shown on the version's page, with what was typed."""
    shown = version_or_404(request.user, pk)
    form = NoteForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else request.POST.get("note", "")[:4000]
    try:
        if key in ACTIONS:
            ACTIONS[key](shown, user=request.user)
        elif key in ACTIONS_WITH_NOTE:
            ACTIONS_WITH_NOTE[key](shown, user=request.user, note=note)
        else:
            raise Http404
    except (ValidationError, TransitionRefused) as refusal:
        again = version_or_404(request.user, pk)
        return _version_page(request, again, refusal=sentence_of(refusal), step=key, note=note)
    return redirect("datasets:version", pk)


def sentence_of(refusal):
    """Return the words of a refusal."""
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)


@require_POST
def choose_reading(request, pk):
    """Take the answer to how a file is to be read, and check it so."""
    shown = version_or_404(request.user, pk)
    form = ReadingForm(request.POST, version=shown)
    if not form.is_valid():
        return _version_page(request, shown, reading_form=form)
    try:
        uploads.choose_reading(shown, form.chosen(), user=request.user)
    except (ValidationError, TransitionRefused) as refusal:
        again = version_or_404(request.user, pk)
        return _version_page(request, again, refusal=sentence_of(refusal))
    return redirect("datasets:version", pk)


def issues_csv(request, pk):
    """Answer with everything that the check found, for Excel."""
    shown = version_or_404(request.user, pk)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{shown.receipt_number}-loi.csv"'
    writer = csv.writer(response)
    writer.writerow([_("Row"), _("Column"), _("Value"), _("Severity"), _("What is wrong")])
    writer.writerows(rows_of_issues(shown))
    return response


def original(request, pk):
    """Give the file as it was received, to those who look after the dataset."""
    shown = version_or_404(request.user, pk)
    record("datasets.download_original", shown, user=request.user)
    response = FileResponse(shown.file.open("rb"), as_attachment=True, filename=shown.filename)
    response["Cache-Control"] = "private, no-store"
    return response


def upload_address(shown):
    """Return where a corrected file for the same period is sent."""
    address = reverse("datasets:upload", args=[shown.dataset_id])
    return f"{address}?{urlencode({'ky': shown.period})}" if shown.period else address
