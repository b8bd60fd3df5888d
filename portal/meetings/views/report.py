"""One report: its text, its files, what was counted for it, and its way to the recipients."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from portal.core.models import DeadlineExtension
from portal.core.periods import parse_period
from portal.core.statuses import labelled_history
from portal.datasets.models import DatasetPage
from portal.meetings.actions import report_files, reports
from portal.meetings.actions.reports import mark_of
from portal.meetings.forms.deeds import NoteForm, ReasonForm
from portal.meetings.forms.reports import (
    ApproveForm,
    AttachForm,
    DetachForm,
    FiguresForm,
    WriteForm,
)
from portal.meetings.forms.tasks import ExtensionForm
from portal.meetings.models import PeriodicReport, Task
from portal.meetings.permissions import may, visible_or_404
from portal.meetings.report_files import attachments_for, attachments_of, text_for, writes_for
from portal.meetings.report_periods import lower_tier, window_of, with_standing
from portal.meetings.views.deeds import Deed, DeedsView
from portal.meetings.views.frames import framed
from portal.meetings.views.reports import trail

Status, Kind = PeriodicReport.Status, PeriodicReport.Kind


def in_work(report):
    """Return whether the unit works on the text."""
    return report.status in PeriodicReport.IN_WORK


def _has_new_files(report):
    found = attachments_of(report)
    if report.submitted_at:
        found = found.filter(uploaded_at__gt=report.submitted_at)
    return in_work(report) and found.exists()


class ReportPage(DeedsView):
    """One report."""

    template_name = "meetings/admin/report.html"
    shows_other_text = False
    deeds = (
        Deed(
            "write",
            gettext_lazy("Write and save the text"),
            reports.write_report,
            "change",
            form=WriteForm,
            when=in_work,
            done=gettext_lazy("Saved."),
        ),
        Deed(
            "submit",
            gettext_lazy("Send the report"),
            reports.submit_report,
            "approve",
            target=Status.SUBMITTED,
            confirm=gettext_lazy("The first time it is sent decides whether it came in time."),
            done=gettext_lazy("The report is sent to its recipients."),
        ),
        Deed(
            "approve",
            gettext_lazy("Approve the report"),
            reports.approve_report,
            "approve",
            target=Status.APPROVED,
            form=ApproveForm,
            confirm=gettext_lazy("The text stands from then on; sending is the next step."),
            done=gettext_lazy("The report is approved; it can be sent."),
        ),
        Deed(
            "accept",
            gettext_lazy("Accept the report"),
            reports.accept_report,
            "receive",
            target=Status.ACCEPTED,
            form=NoteForm,
            done=gettext_lazy("The report is accepted."),
        ),
        Deed(
            "send_back",
            gettext_lazy("Send the report back"),
            reports.send_back_report,
            "receive",
            target=Status.SENT_BACK,
            form=ReasonForm,
            confirm=gettext_lazy("The unit changes the text and sends it again."),
            done=gettext_lazy("The report is back with its unit."),
        ),
        Deed(
            "figures",
            gettext_lazy("Take the figures"),
            reports.take_figures,
            "change",
            form=FiguresForm,
            when=lambda report: in_work(report) and report.kind == Kind.PERIODIC,
            done=gettext_lazy("The figures of the period are taken."),
        ),
        Deed(
            "attach",
            gettext_lazy("Attach a file"),
            report_files.attach_file,
            "change",
            form=AttachForm,
            when=in_work,
            done=gettext_lazy("The file is attached."),
        ),
        Deed(
            "detach",
            gettext_lazy("Take a file away"),
            report_files.remove_file,
            "change",
            form=DetachForm,
            when=_has_new_files,
            done=gettext_lazy("The file is taken away."),
        ),
        Deed(
            "reopen",
            gettext_lazy("Work on the text again"),
            reports.reopen_report,
            "approve",
            when=lambda report: report.status == Status.APPROVED,
            confirm=gettext_lazy("The approval is taken back."),
        ),
        Deed(
            "extend",
            gettext_lazy("Extend the deadline"),
            reports.extend_report,
            "receive",
            form=ExtensionForm,
            when=lambda report: not report.was_sent and with_standing([report])[0].due_at,
            confirm=gettext_lazy("The first deadline is kept for ever."),
            done=gettext_lazy("The new deadline holds."),
        ),
        Deed(
            "publish",
            gettext_lazy("Make the report public"),
            reports.publish_report,
            "publish",
            when=lambda report: report.status == Status.ACCEPTED and not report.is_public,
            confirm=gettext_lazy("Everybody can read the text then; files stay inside."),
            done=gettext_lazy("The report is public."),
        ),
        Deed(
            "unpublish",
            gettext_lazy("Keep the report inside again"),
            reports.unpublish_report,
            "publish",
            when=lambda report: report.is_public,
            done=gettext_lazy("The report is internal again."),
        ),
        Deed(
            "discard",
            gettext_lazy("Discard the draft"),
            reports.discard_report,
            "change",
            when=lambda report: report.status == Status.DRAFT and not report.was_sent,
            danger=True,
            confirm=gettext_lazy("The draft is removed; this cannot be undone."),
            done=gettext_lazy("The draft is removed."),
        ),
    )

    def get_thing(self):
        return visible_or_404(PeriodicReport, self.request.user, pk=self.kwargs["pk"])

    def success_url(self):
        return trail()[0] if self.thing.pk is None else self.request.path

    def do(self, deed, form):
        """Let a second try be a decision on the text as it stands now, which the page shows."""
        done = super().do(deed, form)
        if not done and "seen" in form.fields:
            form.data = form.data.copy()
            form.data[form.add_prefix("seen")] = mark_of(self.thing)
            self.shows_other_text = True
        return done

    def get_context(self):
        user = self.request.user
        [report] = with_standing([self.thing])
        period = parse_period(report.period) if report.period else None
        is_periodic = report.kind == Kind.PERIODIC
        sent = report.revisions.select_related("sent_by")
        writes = writes_for(user, report)
        return {
            "text": text_for(user, report),
            "writes": writes,
            "shows_text": self.shows_other_text
            or not (writes and in_work(report) and may(user, "change", report)),
            "period": period,
            "window": window_of(report.schedule, period) if is_periodic else None,
            "recipients": report.recipients.all(),
            "lower": _lower_rows(report, period, user) if is_periodic else [],
            "figures": _figures_for(user, report) if writes or report.was_sent else {},
            "attachments": attachments_for(user, report),
            "revisions": sent,
            "extensions": DeadlineExtension.objects.about(report).select_related("decided_by"),
            "events": labelled_history(report),
            **framed(report.title, trail(), icon="doc-full"),
        }


def _lower_rows(report, period, user):
    """Return the states of the lower tier, each with whether the user may open its report."""
    states = lower_tier(report.schedule, period)
    pks = [state.report.pk for state in states if state.report]
    readable = set(
        PeriodicReport.objects.internal_to(user).filter(pk__in=pks).values_list("pk", flat=True)
    )
    return [
        {"state": state, "opens": bool(state.report) and state.report.pk in readable}
        for state in states
    ]


def _figures_for(user, report):
    """Return what was counted, cut to what ``user`` may know; outside the unit, as last sent."""
    figures = report.figures
    if not writes_for(user, report):
        last = report.revisions.last()
        figures = last.figures if last else {}
    if not figures:
        return {}
    datasets = {row["pk"] for row in figures["data"]}
    tasks = {row["pk"] for row in figures["tasks"]}
    data = DatasetPage.objects.visible_to(user).filter(pk__in=datasets)
    known = Task.objects.readable_by(user).filter(pk__in=tasks)
    shown = set(data.values_list("pk", flat=True))
    open_tasks = set(known.values_list("pk", flat=True))
    return {
        **figures,
        "data": [row for row in figures["data"] if row["pk"] in shown],
        "tasks": [row for row in figures["tasks"] if row["pk"] in open_tasks],
    }


def report_file(request, pk, file_pk):
    """Answer with a file of a report, to those who may open it."""
    report = visible_or_404(PeriodicReport, request.user, pk=pk)
    attachment = get_object_or_404(attachments_for(request.user, report), pk=file_pk)
    answer = FileResponse(
        attachment.file.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type="application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
