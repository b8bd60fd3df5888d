"""Staff screens of what a check found: all remarks, the error workbook, cells put right."""

import csv

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.core.audit import record
from portal.core.statuses import TransitionRefused
from portal.datasets.access import may_upload
from portal.datasets.actions.fixes import fix_cells
from portal.datasets.actions.stale_forms import mark_of, refuse_outdated
from portal.datasets.error_workbooks import workbook_file
from portal.datasets.exports import EXPORTS
from portal.datasets.findings import fix_name, groups_of, rows_of_issues
from portal.datasets.version_views import (
    latest_job,
    sentence_of,
    shown_fixable,
    version_or_404,
    version_page,
)

REMARKS_PER_PAGE = 50


def issues_csv(request, pk):
    """Answer with everything that the check found, for Excel."""
    shown = version_or_404(request.user, pk)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{shown.receipt_number}-loi.csv"'
    writer = csv.writer(response)
    writer.writerow([_("Row"), _("Column"), _("Value"), _("Severity"), _("What is wrong")])
    writer.writerows(rows_of_issues(shown))
    return response


def error_workbook(request, pk):
    """Give the rows as a workbook with the faulty cells coloured."""
    shown = version_or_404(request.user, pk)
    path = workbook_file(shown)
    if path is None or not path.exists():
        raise Http404
    record("datasets.download_errors", shown, user=request.user)
    response = FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=f"{shown.receipt_number}-loi.xlsx",
        content_type=EXPORTS["xlsx"],
    )
    response["Cache-Control"] = "private, no-store"
    return response


def issue_list(request, pk, code):
    """Show all listed remarks of one kind, page by page."""
    shown = version_or_404(request.user, pk)
    group = next((each for each in groups_of(shown) if each.code == code), None)
    if group is None:
        raise Http404
    page = Paginator(group.issues, REMARKS_PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "version": shown,
        "dataset": shown.dataset,
        "group": group,
        "page_obj": page,
        "fixable": shown_fixable(request.user, shown, latest_job(shown)),
        "seen": mark_of(shown),
    }
    return render(request, "datasets/admin/issue_list.html", context)


@require_POST
def put_right(request, pk):
    """Take corrected cells and check the file with them; a refusal keeps what was typed."""
    shown = version_or_404(request.user, pk)
    if not may_upload(request.user, shown.dataset):
        raise Http404
    typed = {name: text for name, text in request.POST.items() if name.startswith("o-")}
    names = {
        fix_name(issue["row"], issue["column"]): (issue["row"], issue["column"])
        for issue in shown.listed_issues
    }
    changes = {names.get(name, (0, name)): text for name, text in typed.items()}
    try:
        refuse_outdated(shown, request.POST.get("seen"))
        fix_cells(shown, changes, user=request.user)
    except (ValidationError, TransitionRefused) as refusal:
        again = version_or_404(request.user, pk)
        return version_page(request, again, refusal=sentence_of(refusal), typed=typed)
    return redirect("datasets:version", pk)
