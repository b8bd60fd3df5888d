"""What readers see of one meeting and of one year; staff see more at the same address."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from portal.core.documents import document_response
from portal.meetings.calendars import calendar_of
from portal.meetings.models import (
    AssessmentCycle,
    AssessmentIndexPage,
    Meeting,
    MeetingIndexPage,
)
from portal.meetings.papers import minutes_html, notice_html, result_html
from portal.meetings.permissions import may
from portal.meetings.records import minutes_of, record_for
from portal.meetings.results import result_of
from portal.regulations.models import Provision


def _readable(request, pk):
    return get_object_or_404(
        Meeting.objects.readable_by(request.user).select_related(
            "convenor__parent_unit", "secretary", "minutes", "series"
        ),
        pk=pk,
    )


def meeting(request, pk):
    """Show a meeting: what is public of it, or more to those who were invited or run it."""
    found = _readable(request, pk)
    context = {
        "meeting": found,
        "record": record_for(request, found),
        "minutes": minutes_of(found),
        "index": MeetingIndexPage.objects.readable_by(request).first(),
        "provision": _provision(request, found),
        "works_on_it": may(request.user, "view", Meeting),
    }
    return render(request, "meetings/meeting.html", context)


def _provision(request, meeting):
    """Return the provision by which the series is held, when the visitor may read it."""
    if not meeting.series or not meeting.series.provision_id:
        return None
    readable = Provision.objects.readable_by(request).select_related("regulation")
    return readable.filter(pk=meeting.series.provision_id).first()


def _papers(request, pk):
    """Return a meeting and the visitor's part of its record; 404 before there are papers."""
    found = _readable(request, pk)
    record = record_for(request, found)
    if minutes_of(found) is None or not record["sight"].proceedings:
        raise Http404
    return found, record


def minutes_pdf(request, pk):
    """Answer with the minutes on paper, as far as the visitor may read them."""
    found, record = _papers(request, pk)
    return document_response(
        request,
        minutes_html(found, record, request),
        title=_("Minutes: %(meeting)s") % {"meeting": found.title},
        filename=f"bien-ban-{found.pk}.pdf",
    )


def notice_pdf(request, pk):
    """Answer with the notice of conclusions on paper."""
    found, record = _papers(request, pk)
    return document_response(
        request,
        notice_html(found, record, request),
        title=_("Notice of conclusions: %(meeting)s") % {"meeting": found.title},
        filename=f"ket-luan-{found.pk}.pdf",
    )


def meeting_calendar(request, pk):
    """Answer with one meeting for a calendar."""
    return _calendar_response([_readable(request, pk)], f"hop-{pk}.ics")


def calendar(request):
    """Answer with the meetings that the visitor may know of, to subscribe to."""
    meetings = Meeting.objects.readable_by(request.user).announced()
    return _calendar_response(
        meetings.filter(start_at__isnull=False).select_related("convenor")[:200], "hop-giao-ban.ics"
    )


def _calendar_response(meetings, filename):
    response = HttpResponse(calendar_of(meetings), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _cycle(request, year):
    """Return a year's assessment whose result the visitor may see."""
    return get_object_or_404(AssessmentCycle.objects.with_result_for(request.user), year=year)


def result(request, year):
    """Show the result of a year: places, scores, and to those allowed what was counted."""
    cycle = _cycle(request, year)
    context = {
        "cycle": cycle,
        "result": result_of(cycle, request.user),
        "index": AssessmentIndexPage.objects.readable_by(request).first(),
    }
    return render(request, "meetings/assessment_result.html", context)


def result_pdf(request, year):
    """Answer with the result of a year on paper; evidence is not in it."""
    cycle = _cycle(request, year)
    return document_response(
        request,
        result_html(cycle, result_of(cycle, request.user), request),
        title=cycle.title,
        filename=f"danh-gia-{year}.pdf",
    )
