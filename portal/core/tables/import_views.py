"""Staff screens of one import: what the file would do, and what is done with it."""

import csv

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.core.audit import record
from portal.core.formulas import guarded
from portal.core.models import TableImport
from portal.core.statuses import TransitionRefused, labelled_history
from portal.core.tables import actions
from portal.core.tables.outcomes import CHANGED, FAULTY, NEW, UNCHANGED
from portal.core.tables.registry import table_named

PER_PAGE = 50
Status = TableImport.Status

#: The tabs of a preview: their word in the address, the kind of rows, their name.
TABS = (
    ("loi", FAULTY, gettext_lazy("Mistakes")),
    ("moi", NEW, gettext_lazy("New")),
    ("sua", CHANGED, gettext_lazy("Changed")),
    ("khong-doi", UNCHANGED, gettext_lazy("Unchanged")),
)
STEP_LABELS = {
    "read": gettext_lazy("Reading the file"),
    "check": gettext_lazy("Checking the rows"),
    "write": gettext_lazy("Writing"),
}


def import_or_404(user, pk):
    """Return an import that ``user`` may see, or answer as if there were none."""
    kept = get_object_or_404(TableImport.objects.select_related("uploaded_by", "undone_by"), pk=pk)
    if not actions.may_see(user, kept):
        raise Http404
    return kept


def preview(request, pk):
    """Show what a file would do, did, or why it cannot."""
    return _page(request, import_or_404(request.user, pk))


def _page(request, kept, *, reasons=()):
    rows = kept.report.get("rows", [])
    tabs = _tabs(kept, request.GET.get("xem", ""))
    shown = next((kind for _word, kind, _name, _count, is_here in tabs if is_here), None)
    found = [row for row in rows if row["kind"] == shown]
    last = actions.last_applied(kept.table)
    running = actions.latest_job(kept)
    return render(
        request,
        "core/tables/import.html",
        {
            "kept": kept,
            "table": table_named(kept.table),
            "tabs": tabs,
            "kind": shown,
            "page_obj": Paginator(found, PER_PAGE).get_page(request.GET.get("trang")),
            "is_working": actions.is_with_worker(kept),
            "running": running,
            "running_label": STEP_LABELS.get(running.step, "") if running else "",
            "may_undo": kept.status == Status.APPLIED and last == kept,
            "reasons": reasons,
            "history": labelled_history(kept),
        },
        status=409 if reasons else 200,
    )


def _tabs(kept, wanted):
    """Return ``[(word, kind, name, count, is_here)]`` of the kinds that occur."""
    found = [(word, kind, name, kept.counts.get(kind, 0)) for word, kind, name in TABS]
    found = [tab for tab in found if tab[3]]
    words = [tab[0] for tab in found]
    here = wanted if wanted in words else (words[0] if words else "")
    return [(*tab, tab[0] == here) for tab in found]


def progress(request, pk):
    """Answer with how far the worker is; the page asks again until it is done."""
    kept = import_or_404(request.user, pk)
    running = actions.latest_job(kept)
    return render(
        request,
        "core/tables/progress.html",
        {
            "running": running,
            "running_label": STEP_LABELS.get(running.step, "") if running else "",
            "is_finished": running is None or running.is_finished,
        },
    )


def _leave_out(kept, *, user):
    return actions.check_again(
        kept, user=user, ignored={*kept.ignored_columns, *kept.report.get("unknown", [])}
    )


#: What each step does; all take the import and ``user``.
STEPS = {
    "ghi": actions.confirm,
    "kiem-tra-lai": actions.check_again,
    "bo-cot": _leave_out,
    "bo": actions.drop,
    "hoan-tac": actions.undo,
}


@require_POST
def take_step(request, pk, key):
    """Do one step; what stands in its way is said on the page of the import."""
    kept = import_or_404(request.user, pk)
    if key not in STEPS:
        raise Http404
    try:
        STEPS[key](kept, user=request.user)
    except TransitionRefused:
        # Sent twice, or somebody was faster: the page shows how it stands.
        return redirect("tables:import", pk)
    except actions.UndoRefused as refusal:
        return _page(request, import_or_404(request.user, pk), reasons=refusal.reasons)
    except actions.WriteFailed as failure:
        return _page(request, import_or_404(request.user, pk), reasons=[str(failure)])
    except PermissionDenied:
        return _page(
            request,
            import_or_404(request.user, pk),
            reasons=[_("You no longer hold the rights for this.")],
        )
    return redirect("tables:import", pk)


def original(request, pk):
    """Give the file as it was received."""
    kept = import_or_404(request.user, pk)
    record("tables.download_original", kept, user=request.user)
    response = FileResponse(kept.file.open("rb"), as_attachment=True, filename=kept.name)
    response["Cache-Control"] = "private, no-store"
    return response


def mistakes_csv(request, pk):
    """Answer with every mistake of the file, for Excel."""
    kept = import_or_404(request.user, pk)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kept.table}-{kept.pk}-loi.csv"'
    writer = csv.writer(response, delimiter=";")
    writer.writerow([_("Row"), _("Entry"), _("Column"), _("Value"), _("What is wrong")])
    for row in kept.report.get("rows", []):
        for error in row["errors"]:
            cells = (row["label"], error["title"], error["value"], error["message"])
            writer.writerow([row["line"], *map(guarded, cells)])
    return response
