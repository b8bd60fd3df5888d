"""Meetings: the list, preparing one, and the workspace in which it is run."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.core.form_errors import put_errors
from portal.core.statuses import labelled_history
from portal.meetings.actions import agenda, attendance, meetings
from portal.meetings.forms.deeds import ReasonForm
from portal.meetings.forms.meetings import ItemForm, MeetingForm, ProposalForm, ReplyForm
from portal.meetings.models import AgendaItem, Meeting, MeetingSeries
from portal.meetings.permissions import may, require, visible_or_404
from portal.meetings.records import has_begun, minutes_of, sight_of
from portal.meetings.series import series_without_meeting
from portal.meetings.views.deeds import Deed, DeedsView
from portal.meetings.views.frames import form_page, framed, page_of
from portal.units.permissions import unit_ids_of

Status = Meeting.Status
EDITABLE = {Status.DRAFT, Status.CONVENED, Status.POSTPONED, Status.IN_PROGRESS}


def meeting_list(request):
    """Show coming meetings first, then those of the past, as far as the user may know of them."""
    if not may(request.user, "view", Meeting):
        raise PermissionDenied
    readable = Meeting.objects.readable_by(request.user).for_listing()
    coming = readable.filter(
        status__in=[Status.DRAFT, Status.CONVENED, Status.POSTPONED, Status.IN_PROGRESS]
    ).order_by("start_at", "pk")
    over = readable.filter(status__in=[Status.HELD, Status.CLOSED, Status.CANCELLED])
    context = {
        "coming": coming[:50],
        "page_obj": page_of(request, over),
        "can_create": may(request.user, "add", Meeting),
        "can_propose": bool(unit_ids_of(request.user)),
        "can_see_series": may(request.user, "view", MeetingSeries),
        "lacking": series_without_meeting() if may(request.user, "add", Meeting) else [],
        "today": timezone.localdate(),
        **framed(_("Meetings"), icon="group"),
    }
    return render(request, "meetings/admin/meeting_list.html", context)


def meeting_create(request):
    """Prepare a meeting: its agenda is drawn up at once."""
    require(request.user, "add", Meeting)
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = meetings.create_meeting(user=request.user, **form.answers())
        except ValidationError as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The meeting stands as a draft, with its agenda."))
            return redirect("meetings:meeting", meeting.pk)
    return form_page(
        request,
        form,
        _("Prepare a meeting"),
        button=_("Create the draft"),
        lede=_("The agenda is drawn up from standing topics, open tasks and what was put off."),
    )


def meeting_edit(request, pk):
    """Change date, place, chair, guests."""
    meeting = visible_or_404(Meeting, request.user, pk=pk)
    require(request.user, "change", meeting)
    form = MeetingForm(request.POST or None, instance=meeting)
    if request.method == "POST" and form.is_valid():
        answers = form.answers()
        meeting = Meeting.objects.get(pk=pk)
        try:
            meetings.change_meeting(meeting, user=request.user, **answers)
        except ValidationError as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("meetings:meeting", pk)
    return form_page(
        request,
        form,
        _("Change the meeting"),
        (reverse("meetings:meeting", args=[pk]), meeting.title),
        button=_("Save"),
    )


def propose(request):
    """Put an own unit's proposal before the next meeting of a series."""
    if not unit_ids_of(request.user):
        raise PermissionDenied
    form = ProposalForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        agenda.propose_item(
            form.cleaned_data["series"],
            form.cleaned_data["title"],
            user=request.user,
            unit=form.cleaned_data["unit"],
        )
        messages.success(request, _("The proposal waits for the next agenda."))
        return redirect("meetings:index")
    return form_page(
        request,
        form,
        _("Propose a topic"),
        button=_("Propose it"),
        lede=_("The centre puts it on the agenda of the next meeting of the series."),
    )


class MeetingPage(DeedsView):
    """The workspace of one meeting."""

    template_name = "meetings/admin/meeting.html"
    deeds = (
        Deed(
            "convene",
            gettext_lazy("Convene"),
            meetings.convene_meeting,
            "lead",
            target=Status.CONVENED,
            confirm=gettext_lazy("The invitation gets its number, and the invited units see it."),
            done=gettext_lazy("The meeting is convened."),
        ),
        Deed(
            "start",
            gettext_lazy("Begin the meeting"),
            meetings.start_meeting,
            "change",
            target=Status.IN_PROGRESS,
            confirm=gettext_lazy("The minutes are opened, and open tasks are written down as is."),
            done=gettext_lazy("The meeting has begun."),
        ),
        Deed(
            "hold",
            gettext_lazy("End the meeting"),
            meetings.hold_meeting,
            "change",
            target=Status.HELD,
            when=lambda meeting: meeting.status == Status.IN_PROGRESS,
            confirm=gettext_lazy("The end is written down; minutes can be signed then."),
            done=gettext_lazy("The meeting is over."),
        ),
        Deed(
            "close",
            gettext_lazy("Close the file"),
            meetings.close_meeting,
            "lead",
            target=Status.CLOSED,
            confirm=gettext_lazy("Nothing in this meeting changes any more."),
            done=gettext_lazy("The file is closed."),
        ),
        Deed(
            "reply",
            gettext_lazy("Reply to the invitation"),
            lambda meeting, user, attendance, reply: reply_for(attendance, reply, user),
            "view",
            form=ReplyForm,
            when=lambda meeting: meeting.status == Status.CONVENED,
        ),
        Deed(
            "add_item",
            gettext_lazy("Add an item"),
            agenda.add_item,
            "change",
            form=ItemForm,
            when=lambda meeting: meeting.status in EDITABLE,
            done=gettext_lazy("The item stands at the end of the agenda."),
        ),
        Deed(
            "build_agenda",
            gettext_lazy("Draw up the agenda again"),
            agenda.build_agenda,
            "change",
            when=lambda meeting: meeting.status in EDITABLE,
            confirm=gettext_lazy("What is missing is added; what stands on it stays."),
        ),
        Deed(
            "postpone",
            gettext_lazy("Postpone"),
            meetings.postpone_meeting,
            "lead",
            target=Status.POSTPONED,
            form=ReasonForm,
            confirm=gettext_lazy("The invited units see that the meeting is put off."),
        ),
        Deed(
            "cancel",
            gettext_lazy("Cancel the meeting"),
            meetings.cancel_meeting,
            "lead",
            target=Status.CANCELLED,
            form=ReasonForm,
            danger=True,
            confirm=gettext_lazy("The meeting does not take place; this cannot be undone."),
        ),
        Deed(
            "reopen",
            gettext_lazy("Open the file again"),
            meetings.reopen_meeting,
            "lead",
            target=Status.HELD,
            form=ReasonForm,
            when=lambda meeting: meeting.status == Status.CLOSED,
        ),
    )

    def get_thing(self):
        return visible_or_404(Meeting, self.request.user, pk=self.kwargs["pk"])

    def possible_deeds(self):
        own = unit_ids_of(self.request.user)
        invited = own and self.thing.attendances.filter(unit_id__in=own).exists()
        return [deed for deed in super().possible_deeds() if deed.key != "reply" or invited]

    def get_context(self):
        meeting = self.thing
        sight = sight_of(self.request.user, meeting)
        items = meeting.agenda_items.select_related("presenter_unit").prefetch_related(
            "conclusions__tasks"
        )
        return {
            "sight": sight,
            "items": items if sight.whole else items.filter(is_public=True),
            "attendances": meeting.attendances.select_related("unit").prefetch_related("attendees"),
            "minutes": minutes_of(meeting),
            "review_count": meeting.task_reviews.count(),
            "has_begun": has_begun(meeting),
            "can_change": may(self.request.user, "change", meeting),
            "can_edit": meeting.status in EDITABLE,
            "events": labelled_history(meeting),
            **framed(meeting.title, (reverse("meetings:index"), _("Meetings"))),
        }


def reply_for(row, reply, user):
    """Answer an invitation."""
    return attendance.reply_to_invitation(row, reply, user=user)


@require_POST
def item_step(request, pk, step):
    """Move an item up or down the agenda, or take it off."""
    item = get_object_or_404(AgendaItem.objects.select_related("meeting"), pk=pk)
    visible_or_404(Meeting, request.user, pk=item.meeting_id)
    try:
        if step == "bo":
            agenda.remove_item(item, user=request.user)
        else:
            agenda.move_item(item, user=request.user, up=step == "len")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("meetings:meeting", item.meeting_id)
