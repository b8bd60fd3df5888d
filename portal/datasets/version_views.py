"""Staff screens of one version: what the check found, what would change, and the next step."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.core.audit import record
from portal.core.lost_files import lost_if_broken
from portal.core.models import Job
from portal.core.statuses import TransitionRefused, labelled_history
from portal.datasets.actions import review, uploads
from portal.datasets.actions.checks import STEP_LABELS
from portal.datasets.actions.fixes import FIXABLE, fixable_cells
from portal.datasets.actions.restoring import restore_version
from portal.datasets.actions.stale_forms import mark_of, refuse_outdated
from portal.datasets.actions.trials import KEPT_DAYS, send_trial
from portal.datasets.differences import difference_of, mode_meaning
from portal.datasets.findings import answers_of, fix_name, fixes_of, groups_of, reading_of
from portal.datasets.forms import NoteForm, ReadingForm
from portal.datasets.imports.issues import FIRST_OF_KIND
from portal.datasets.models import DatasetVersion
from portal.datasets.remembered import memory_of
from portal.datasets.sources.origins import origin_told
from portal.datasets.steps import STAGES, possible_steps
from portal.datasets.views import worked_on

#: A job that nobody took up after so long waits for a worker that may not run.
LONG_WAIT = timedelta(minutes=2)

#: What each step does; all take the version and ``user``, those below also a note.
ACTIONS = {
    "kiem-tra-lai": uploads.check_again,
    "dung": uploads.cancel_check,
    "doi-cach-doc": uploads.ask_reading_again,
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
            "restores",
            "corrects",
            "answers__request",
            "definition",
            "uploaded_by",
            "submitted_by",
            "verified_by",
            "source",
        ).filter(dataset__in=worked_on(user)),
        pk=pk,
    )


def version(request, pk):
    """Show one version."""
    return version_page(request, version_or_404(request.user, pk))


def version_page(request, shown, *, refusal="", step="", note="", reading_form=None, typed=None):
    """Draw the page of a version, with a refused step's reason and what was typed for it."""
    running = latest_job(shown)
    context = {
        "version": shown,
        "dataset": shown.dataset,
        "stages": _stages(shown),
        **_progress_context(running),
        "possible": possible_steps(request.user, shown, running),
        "groups": groups_of(shown, typed),
        "listed_count": len(shown.report.get("issues", [])),
        "first_of_kind": FIRST_OF_KIND,
        "fixable": shown_fixable(request.user, shown, running),
        "fixes": fixes_of(shown),
        "seen": mark_of(shown),
        "read_as": reading_of(shown),
        "answers": answers_of(shown),
        "difference": difference_of(shown),
        "mode_meaning": mode_meaning(shown),
        "history": labelled_history(shown),
        "origin": origin_told(shown, inside=True),
        "same_file": uploads.same_file_as(shown),
        "upload_address": upload_address(shown),
        "refusal": refusal,
        "refused_step": step,
        "typed_note": note,
        "reading_form": reading_form or _reading_form(request.user, shown),
        "kept_days": KEPT_DAYS,
    }
    status = 409 if refusal else 200
    return render(request, "datasets/admin/version.html", context, status=status)


def shown_fixable(user, shown, running):
    """Return the cells that ``user`` may put right on the screen now."""
    if shown.is_trial or shown.status not in FIXABLE or not uploads.may_upload(user, shown.dataset):
        return frozenset()
    if running is not None and not running.is_finished:
        return frozenset()
    return frozenset(fix_name(row, column) for row, column in fixable_cells(shown))


def latest_job(shown):
    """Return the newest job about the version, or None."""
    return Job.objects.about(shown).first()


def _stages(shown):
    """Return ``[(label, is_current)]`` for the line of stages."""
    return [(words, shown.status in statuses) for words, statuses in STAGES]


def _reading_form(user, shown):
    choosing = shown.status in {DatasetVersion.Status.NEEDS_CHOICE, DatasetVersion.Status.REFUSED}
    asked = choosing and shown.reading.get("candidates")
    if asked and uploads.may_upload(user, shown.dataset):
        return ReadingForm(version=shown, memory=memory_of(shown))
    return None


def _progress_context(running):
    """Return what the progress shows: the step in words, and whether nobody takes the job up."""
    waits = running is not None and running.status == Job.Status.QUEUED
    return {
        "running": running,
        "running_label": STEP_LABELS.get(running.step, "") if running else "",
        "waits_long": waits and timezone.now() - running.requested_at > LONG_WAIT,
    }


def progress(request, pk):
    """Answer with how far the check is; the page asks again until it is done."""
    shown = version_or_404(request.user, pk)
    running = latest_job(shown)
    return render(
        request,
        "datasets/admin/progress.html",
        {**_progress_context(running), "is_finished": running is None or running.is_finished},
    )


@require_POST
def take_step(request, pk, key):
    """Do one step; a refusal is shown on the version's page, with what was typed."""
    shown = version_or_404(request.user, pk)
    form = NoteForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else request.POST.get("note", "")[:4000]
    try:
        refuse_outdated(shown, request.POST.get("seen"))
        if key == "gui-that":
            sent = send_trial(shown, user=request.user)
            messages.success(
                request,
                _("The file is received under number %(number)s.")
                % {"number": sent.receipt_number},
            )
            return redirect("datasets:version", sent.pk)
        if key == "khoi-phuc":
            restored = restore_version(shown, user=request.user, note=note)
            messages.success(
                request,
                _("Version %(number)s is submitted anew; somebody else verifies it.")
                % {"number": shown.number},
            )
            return redirect("datasets:version", restored.pk)
        if key in ACTIONS:
            ACTIONS[key](shown, user=request.user)
        elif key in ACTIONS_WITH_NOTE:
            ACTIONS_WITH_NOTE[key](shown, user=request.user, note=note)
        else:
            raise Http404
    except (ValidationError, TransitionRefused) as refusal:
        again = version_or_404(request.user, pk)
        return version_page(request, again, refusal=sentence_of(refusal), step=key, note=note)
    return redirect("datasets:version", pk)


def sentence_of(refusal):
    """Return the words of a refusal."""
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)


@require_POST
def choose_reading(request, pk):
    """Take the answer to how a file is to be read, and check it so."""
    shown = version_or_404(request.user, pk)
    form = ReadingForm(request.POST, version=shown, memory=memory_of(shown))
    try:
        refuse_outdated(shown, request.POST.get("seen"))
    except ValidationError as refusal:
        return version_page(request, shown, refusal=sentence_of(refusal))
    if not form.is_valid():
        return version_page(request, shown, reading_form=form)
    try:
        uploads.choose_reading(shown, form.chosen(), user=request.user)
    except (ValidationError, TransitionRefused) as refusal:
        again = version_or_404(request.user, pk)
        return version_page(request, again, refusal=sentence_of(refusal))
    return redirect("datasets:version", pk)


def original(request, pk):
    """Give the file as it was received, to those who look after the dataset."""
    shown = version_or_404(request.user, pk)
    with lost_if_broken(shown.file.name, FileNotFoundError):
        received = shown.file.open("rb")
    record("datasets.download_original", shown, user=request.user)
    response = FileResponse(received, as_attachment=True, filename=shown.filename)
    response["Cache-Control"] = "private, no-store"
    return response


def upload_address(shown):
    """Return where a corrected file for the same period is sent."""
    address = reverse("datasets:upload", args=[shown.dataset_id])
    words = {"ky": shown.period, "yeu-cau": shown.answers_id}
    told = urlencode({name: value for name, value in words.items() if value})
    return f"{address}?{told}" if told else address
