"""Staff screens: my datasets and what is due, one dataset, sending a file, the queue."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from portal.core.deadlines import Timeliness
from portal.core.roles import runs_centre
from portal.datasets.access import (
    current_version,
    may_extend,
    may_share,
    may_upload,
    units_sent_for,
)
from portal.datasets.actions.uploads import SUFFIXES, receive_file, same_file_as
from portal.datasets.blank_files import TEMPLATES, template_bytes
from portal.datasets.definitions.history import definitions_of
from portal.datasets.differences import MODE_MEANINGS
from portal.datasets.forms import UploadForm
from portal.datasets.models import DatasetPage, DatasetVersion, DataSource, RememberedReading
from portal.datasets.timeliness import (
    next_open,
    timeliness_of_dataset,
    timeliness_of_datasets,
)

PAGE_SIZE = 30
VERSIONS_PER_PAGE = 20
SHOWN_PERIODS = 24
SHOWN_UNFINISHED = 20
SHOWN_DEFINITIONS = 20


def worked_on(user):
    """Return the datasets that ``user`` looks after, drafts left out."""
    return DatasetPage.objects.live().worked_on_by(user).select_related("owner_unit")


def dataset_or_404(user, pk):
    """Return a dataset that ``user`` looks after, or answer as if it did not exist."""
    return get_object_or_404(worked_on(user).select_related("provision__regulation"), pk=pk)


def my_datasets(request):
    """List the datasets of the user's units: what is overdue first, then what is due next."""
    rows = _rows_by_urgency(worked_on(request.user).order_by("title"))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("trang"))
    return render(
        request,
        "datasets/admin/my_datasets.html",
        {
            "page_obj": page,
            "sends_for": units_sent_for(request.user),
            "overdue_count": sum(len(row["overdue"]) > 0 for row in rows),
            "unfinished": _unfinished(request.user),
            "may_verify": runs_centre(request.user),
            "waiting_count": _waiting(request.user).count(),
        },
    )


def _unfinished(user):
    """Return the files of the user's units that wait for somebody of the unit, newest first."""
    return list(
        DatasetVersion.objects.unfinished()
        .filter(dataset__owner_unit__in=units_sent_for(user), dataset__live=True)
        .select_related("dataset", "uploaded_by")
        .order_by("-uploaded_at", "-pk")[:SHOWN_UNFINISHED]
    )


def _rows_by_urgency(datasets):
    datasets = list(datasets.select_related("pointer__version"))
    states = timeliness_of_datasets(datasets)
    rows = [_row(dataset, states[dataset.pk]) for dataset in datasets]
    return sorted(rows, key=lambda row: row["urgency"])


def _row(dataset, states):
    overdue = [state for state in states if state.timeliness is Timeliness.MISSING]
    upcoming = next_open(states)
    due = upcoming.due.timestamp() if upcoming and upcoming.due else float("inf")
    pointer = getattr(dataset, "pointer", None)
    return {
        "dataset": dataset,
        "overdue": overdue,
        "next": upcoming,
        "current": pointer.version if pointer else None,
        "urgency": (not overdue, due, dataset.title),
    }


def _waiting(user):
    """Return the versions that wait for a verifier, of datasets that ``user`` looks after."""
    return (
        DatasetVersion.objects.waiting_for_verification()
        .filter(dataset__in=worked_on(user))
        .select_related("dataset", "unit", "submitted_by")
    )


def verification_queue(request):
    """List what waits for verification, the longest waiting first."""
    if not runs_centre(request.user):
        raise PermissionDenied
    waiting = _waiting(request.user).order_by("submitted_at")
    page = Paginator(waiting, PAGE_SIZE).get_page(request.GET.get("trang"))
    return render(request, "datasets/admin/queue.html", {"page_obj": page})


def dataset(request, pk):
    """Show one dataset: its periods, its versions, and the way to send a file."""
    found = dataset_or_404(request.user, pk)
    versions = found.versions.counting().select_related("uploaded_by", "source")
    states = timeliness_of_dataset(found)
    return render(
        request,
        "datasets/admin/dataset.html",
        {
            "dataset": found,
            "states": states[-SHOWN_PERIODS:][::-1],
            "next": next_open(states),
            "current": current_version(found),
            "page_obj": Paginator(
                versions.order_by("-uploaded_at", "-pk"), VERSIONS_PER_PAGE
            ).get_page(request.GET.get("trang")),
            "may_upload": may_upload(request.user, found),
            "may_extend": may_extend(request.user, found),
            "may_share": may_share(request.user, found),
            "asked": [each for each in states if each.request and each.is_open],
            "may_edit": found.permissions_for_user(request.user).can_edit(),
            "columns": found.columns.order_by("sort_order"),
            "definitions": definitions_of(found, SHOWN_DEFINITIONS),
            "sources": found.sources.exclude(status=DataSource.Status.ENDED),
        },
    )


def upload(request, pk):
    """Take a file for a dataset and lead to its version."""
    found = dataset_or_404(request.user, pk)
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        dataset=found,
        period=request.GET.get("ky", ""),
        asked=request.GET.get("yeu-cau", ""),
    )
    if request.method == "POST" and form.is_valid():
        version = _receive(request, found, form)
        if version:
            return redirect("datasets:version", version.pk)
    return render(
        request,
        "datasets/admin/upload.html",
        {
            "dataset": found,
            "form": form,
            "may_upload": may_upload(request.user, found),
            "columns": found.columns.order_by("sort_order"),
            "mode_meaning": MODE_MEANINGS[found.mode],
            "memory": RememberedReading.objects.filter(dataset=found, unit=found.owner_unit)
            .select_related("version")
            .first(),
            "largest": settings.PORTAL_UPLOAD_MAX_BYTES,
            "suffixes": " ".join(SUFFIXES),
        },
    )


def _receive(request, found, form):
    data = form.cleaned_data
    try:
        version = receive_file(
            found,
            data["file"],
            user=request.user,
            period=data.get("period", ""),
            note=data["note"],
            is_trial="chi-kiem-tra" in request.POST,
            **form.sent_for_words(),
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None
    earlier = same_file_as(version)
    if earlier:
        messages.warning(
            request,
            _("The same file was received before, under receipt number %(number)s.")
            % {"number": earlier.receipt_number},
        )
    if version.is_trial:
        return version
    messages.success(
        request,
        _("The file is received under number %(number)s.") % {"number": version.receipt_number},
    )
    return version


def template_file(request, pk, suffix):
    """Give an empty file with the printed column names."""
    found = dataset_or_404(request.user, pk)
    if suffix not in TEMPLATES:
        raise Http404
    response = HttpResponse(template_bytes(found, suffix), content_type=TEMPLATES[suffix])
    response["Content-Disposition"] = f'attachment; filename="{found.code}-mau.{suffix}"'
    return response
