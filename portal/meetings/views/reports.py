"""Reports: the year's board, one schedule with its periods, the list, new reports."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.form_errors import put_errors
from portal.core.statuses import TransitionRefused
from portal.meetings.actions import reports
from portal.meetings.calendars import calendar_of_due_days
from portal.meetings.forms.reports import (
    DraftForm,
    NewReportForm,
    ReportFilterForm,
    RequestForm,
)
from portal.meetings.models import PeriodicReport, ReportSchedule
from portal.meetings.permissions import may, require, visible_or_404
from portal.meetings.report_board import MONTHS_OF_A_YEAR, board_of, years_of
from portal.meetings.report_periods import states_of_schedule, states_of_schedules, with_standing
from portal.meetings.report_work import own_work, to_accept
from portal.meetings.views.deeds import Deed, DeedsView
from portal.meetings.views.frames import form_page, framed, page_of


def trail():
    """Return what stands above the pages of reports."""
    return (reverse("meetings:reports"), _("Reports of units"))


def report_board(request):
    """Show what waits for the user, and the year of every schedule of concern."""
    if not may(request.user, "view", PeriodicReport):
        raise PermissionDenied
    schedules = ReportSchedule.objects.readable_by(request.user)
    years = years_of(schedules)
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else years[0]
    page = page_of(request, schedules.for_listing().order_by("from_unit__sort_key", "pk"))
    context = {
        "year": year,
        "years": years,
        "months": MONTHS_OF_A_YEAR,
        "lines": board_of(page.object_list, year, request.user),
        "page_obj": page,
        "work": own_work(request.user),
        "incoming": with_standing(to_accept(request.user)[:20]),
        "can_keep": may(request.user, "add", ReportSchedule),
        "can_write": may(request.user, "add", PeriodicReport),
        "can_request": may(request.user, "request", PeriodicReport),
        **framed(_("Reports of units"), icon="doc-full"),
    }
    return render(request, "meetings/admin/report_board.html", context)


def report_list(request):
    """Show the reports that the user may follow, narrowed by kind, status and unit."""
    if not may(request.user, "view", PeriodicReport):
        raise PermissionDenied
    form = ReportFilterForm(request.GET)
    answers = form.cleaned_data if form.is_valid() else {}
    chosen = {name: value for name, value in answers.items() if value}
    found = PeriodicReport.objects.internal_to(request.user).filter(**chosen).for_listing()
    page = page_of(request, found.order_by("-created_at", "-pk"))
    context = {
        "form": form,
        "page_obj": page,
        "reports": with_standing(page.object_list),
        **framed(_("All reports"), trail(), icon="doc-full"),
    }
    return render(request, "meetings/admin/report_list.html", context)


def report_create(request):
    """Begin a report on a topic or on request."""
    require(request.user, "add", PeriodicReport)
    form = NewReportForm(request.POST or None, thing=None, user=request.user)
    return _begun(
        request,
        form,
        reports.create_report,
        _("Write a report on a topic or on request"),
        _("Reports of a period are begun from their schedule; this is for all others."),
    )


def report_request(request):
    """Ask another unit for a report."""
    require(request.user, "request", PeriodicReport)
    form = RequestForm(request.POST or None, thing=None, user=request.user)
    return _begun(
        request,
        form,
        reports.request_report,
        _("Ask a unit for a report"),
        _("The unit finds it among its reports to be sent; it comes to your units."),
    )


def _begun(request, form, verb, title, lede):
    if request.method == "POST" and form.is_valid():
        try:
            report = verb(user=request.user, **form.cleaned_data)
        except (ValidationError, TransitionRefused) as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The report stands as a draft."))
            return redirect("meetings:report", report.pk)
    return form_page(request, form, title, trail(), button=title, lede=lede)


def report_calendar(request):
    """Answer with the due days of the user's reports, for a calendar."""
    if not may(request.user, "view", PeriodicReport):
        raise PermissionDenied
    schedules = ReportSchedule.objects.readable_by(request.user).by_calendar().for_listing()
    answer = HttpResponse(
        calendar_of_due_days(states_of_schedules(schedules.active())),
        content_type="text/calendar; charset=utf-8",
    )
    answer["Content-Disposition"] = 'attachment; filename="han-bao-cao.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer


class ReportSchedulePage(DeedsView):
    """One schedule: the duty behind it and how every period stands."""

    template_name = "meetings/admin/report_schedule.html"
    deeds = (
        Deed(
            "draft",
            gettext_lazy("Begin the report"),
            reports.draft_report,
            "draft",
            form=DraftForm,
            when=lambda schedule: any(
                state.report is None for state in states_of_schedule(schedule)
            ),
            confirm=gettext_lazy("The draft begins with the duties and figures of the period."),
            done=gettext_lazy("The report stands as a draft."),
        ),
    )

    def get_thing(self):
        return visible_or_404(ReportSchedule, self.request.user, pk=self.kwargs["pk"])

    def form_of(self, deed, *sent):
        form = super().form_of(deed, *sent)
        form.fields["period"].initial = self.request.GET.get("ky", "")
        return form

    def success_url(self):
        begun = self.thing.reports.filter(created_by=self.request.user).latest("pk")
        return reverse("meetings:report", args=[begun.pk])

    def get_context(self):
        schedule, user = self.thing, self.request.user
        [line] = board_of([schedule], timezone.localdate().year, user)
        states = states_of_schedule(schedule)
        pks = [state.report.pk for state in states if state.report]
        others = schedule.reports.exclude(kind=PeriodicReport.Kind.PERIODIC)
        readable = PeriodicReport.objects.internal_to(user)
        return {
            "line": line,
            "states": states[::-1],
            "readable": set(readable.filter(pk__in=pks).values_list("pk", flat=True)),
            "others": with_standing(readable.filter(pk__in=others.values("pk")).for_listing()[:20]),
            "recipients": schedule.recipients.all(),
            "lower": schedule.fed_by.for_listing(),
            "can_change": may(user, "change", schedule),
            **framed(schedule.title, trail(), icon="doc-full"),
        }
