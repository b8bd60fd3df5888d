"""Tasks: the list, one task with its history, and drafting one by directive."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.form_errors import put_errors
from portal.core.models import DeadlineExtension
from portal.core.statuses import labelled_history
from portal.meetings.actions import tasks
from portal.meetings.deadlines import with_standing
from portal.meetings.forms.deeds import NoteForm, ReasonForm
from portal.meetings.forms.tasks import (
    ExtensionForm,
    ReportForm,
    SubmitForm,
    TaskFilterForm,
    TaskForm,
)
from portal.meetings.models import Meeting, Task
from portal.meetings.permissions import may, require, visible_or_404
from portal.meetings.views.deeds import Deed, DeedsView
from portal.meetings.views.frames import form_page, framed, page_of
from portal.units.permissions import unit_ids_of

Status = Task.Status


def task_list(request):
    """Show the tasks of concern to the user, narrowed by status, unit and deadline."""
    if not may(request.user, "view", Task):
        raise PermissionDenied
    form = TaskFilterForm(request.GET)
    found = narrowed(Task.objects.of_concern_to(request.user).for_listing(), form, request.user)
    page = page_of(request, found.order_by("due_on", "pk"))
    context = {
        "form": form,
        "page_obj": page,
        "tasks": with_standing(page.object_list),
        "can_create": may(request.user, "add", Task),
        **framed(_("Tasks"), icon="list-ul"),
    }
    return render(request, "meetings/admin/task_list.html", context)


def narrowed(found, form, user):
    """Narrow ``found`` to what the filter says; a filter that makes no sense narrows nothing."""
    answers = form.cleaned_data if form.is_valid() else {}
    if answers.get("status"):
        found = found.filter(status=answers["status"])
    if answers.get("unit"):
        found = found.filter(lead_unit=answers["unit"])
    if answers.get("mine"):
        found = found.filter(lead_unit_id__in=unit_ids_of(user))
    if answers.get("overdue"):
        found = found.filter(pk__in=Task.objects.overdue().values("pk"))
    return found


def task_create(request):
    """Draft a task that no conclusion gave."""
    require(request.user, "add", Task)
    form = TaskForm(request.POST or None, thing=None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            task = tasks.create_task(user=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The task stands as a draft."))
            return redirect("meetings:task", task.pk)
    return form_page(
        request,
        form,
        _("Draft a task"),
        (reverse("meetings:tasks"), _("Tasks")),
        button=_("Create the draft"),
        lede=_("For what a directive asks; tasks from a meeting are drafted with its conclusions."),
    )


class TaskPage(DeedsView):
    """One task."""

    template_name = "meetings/admin/task.html"
    deeds = (
        Deed(
            "assign",
            gettext_lazy("Assign"),
            tasks.assign_task,
            "assign",
            target=Status.ASSIGNED,
            confirm=gettext_lazy("The lead unit gets the task and answers."),
            done=gettext_lazy("The task is assigned."),
        ),
        Deed(
            "accept",
            gettext_lazy("Accept the task"),
            tasks.accept_task,
            "answer",
            target=Status.ACCEPTED,
            confirm=gettext_lazy("Your unit takes the task on."),
            done=gettext_lazy("The task is accepted."),
        ),
        Deed(
            "start",
            gettext_lazy("Begin the work"),
            tasks.start_task,
            "answer",
            target=Status.IN_PROGRESS,
            when=lambda task: task.status == Status.ACCEPTED,
        ),
        Deed(
            "submit",
            gettext_lazy("Report as done"),
            tasks.submit_task,
            "submit",
            target=Status.SUBMITTED,
            form=SubmitForm,
            confirm=gettext_lazy("This moment decides whether the task was done in time."),
            done=gettext_lazy("The task is reported as done; the centre confirms it."),
        ),
        Deed(
            "report",
            gettext_lazy("Report progress"),
            tasks.report_progress,
            "answer",
            form=ReportForm,
            when=lambda task: task.status in {Status.ACCEPTED, Status.IN_PROGRESS},
            done=gettext_lazy("The report is kept."),
        ),
        Deed(
            "confirm",
            gettext_lazy("Confirm that it is done"),
            tasks.confirm_task,
            "confirm",
            target=Status.COMPLETED,
            form=NoteForm,
            done=gettext_lazy("The task is completed."),
        ),
        Deed(
            "return",
            gettext_lazy("Ask for more"),
            tasks.return_task,
            "confirm",
            target=Status.IN_PROGRESS,
            form=ReasonForm,
            when=lambda task: task.status == Status.SUBMITTED,
            confirm=gettext_lazy("The unit goes on with the task."),
        ),
        Deed(
            "send_back",
            gettext_lazy("Send back"),
            tasks.send_back_task,
            "answer",
            target=Status.RETURNED,
            form=ReasonForm,
            confirm=gettext_lazy("Say why the task is not your unit's; the centre decides."),
        ),
        Deed(
            "change",
            gettext_lazy("Change the task"),
            tasks.change_task,
            "change",
            form=TaskForm,
            when=lambda task: task.status in {Status.DRAFT, Status.RETURNED},
            done=gettext_lazy("Saved."),
        ),
        Deed(
            "extend",
            gettext_lazy("Extend the deadline"),
            tasks.extend_task,
            "confirm",
            form=ExtensionForm,
            when=lambda task: task.due_on is not None and task.status in Task.OPEN,
            confirm=gettext_lazy("The first deadline is kept for ever."),
            done=gettext_lazy("The new deadline holds."),
        ),
        Deed(
            "cancel",
            gettext_lazy("Cancel the task"),
            tasks.cancel_task,
            "assign",
            target=Status.CANCELLED,
            form=ReasonForm,
            danger=True,
        ),
    )

    def get_thing(self):
        return visible_or_404(Task, self.request.user, pk=self.kwargs["pk"])

    def get_context(self):
        task = with_standing([self.thing])[0]
        conclusion = task.conclusion
        meeting = conclusion.item.meeting if conclusion else None
        readable = Meeting.objects.readable_by(self.request.user)
        return {
            "coordinating_units": task.coordinating_units.all(),
            "reports": task.reports.select_related("reported_by"),
            "reviews": task.reviews.select_related("meeting"),
            "extensions": DeadlineExtension.objects.about(task).select_related("decided_by"),
            "meeting": meeting if meeting and readable.filter(pk=meeting.pk).exists() else None,
            "events": labelled_history(task),
            **framed(task.title, (reverse("meetings:tasks"), _("Tasks")), icon="list-ul"),
        }
