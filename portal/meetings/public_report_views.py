"""What readers see of a report: published ones everybody, others those who follow them."""

from django.shortcuts import get_object_or_404, render

from portal.core.documents import document_response
from portal.meetings.models import PeriodicReport
from portal.meetings.papers import report_html, report_lines
from portal.meetings.permissions import may
from portal.meetings.report_files import text_for


def _readable(request, pk):
    return get_object_or_404(
        PeriodicReport.objects.readable_by(request.user).select_related(
            "unit__parent_unit", "schedule__obligation__provision__regulation"
        ),
        pk=pk,
    )


def report(request, pk):
    """Show a report as its reader may see it."""
    found = _readable(request, pk)
    context = {
        "report": found,
        "lines": report_lines(text_for(request.user, found)),
        "recipients": found.recipients.order_by("sort_key"),
        "works_on_it": may(request.user, "view", found),
    }
    return render(request, "meetings/report.html", context)


def report_pdf(request, pk):
    """Answer with a report on paper."""
    found = _readable(request, pk)
    return document_response(
        request,
        report_html(found, text_for(request.user, found), request),
        title=found.title,
        filename=f"bao-cao-{found.pk}.pdf",
    )
