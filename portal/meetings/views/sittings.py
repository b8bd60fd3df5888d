"""While the meeting goes on: items, conclusions, who is there, the tasks it looks at, minutes."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.statuses import labelled_history
from portal.meetings.actions import agenda, attendance, conclusions, minutes, reviews
from portal.meetings.forms.meetings import AttendanceForm, ItemForm, OutcomeForm, WordsForm
from portal.meetings.forms.tasks import ConcludeForm, ConclusionForm, ReviewsForm, TaskForm
from portal.meetings.models import AgendaItem, Conclusion, Meeting, Minutes
from portal.meetings.permissions import may, visible_or_404
from portal.meetings.records import has_begun, minutes_of, record_for, sight_of
from portal.meetings.views.deeds import Deed, DeedsView
from portal.meetings.views.frames import framed


def is_open(meeting):
    """Return whether what was said can still be written down."""
    kept = minutes_of(meeting)
    return has_begun(meeting) and not (kept and kept.is_frozen)


@transaction.atomic
def conclude(item, *, user, kind, text, **task):
    """Write a conclusion down, together with the task that it gives a unit."""
    conclusion = conclusions.conclude(item, kind, text, user=user)
    if kind == Conclusion.Kind.TASK:
        conclusions.create_task_from_conclusion(conclusion, user=user, **task)
    return conclusion


class MeetingPartPage(DeedsView):
    """A page about a part of a meeting."""

    def meeting_or_404(self, pk):
        return visible_or_404(Meeting, self.request.user, pk=pk)

    def require_change(self, meeting):
        """Answer 404 to those who do not keep this meeting's minutes."""
        if not may(self.request.user, "change", meeting):
            raise Http404

    def frame(self, title, meeting):
        return framed(title, (reverse("meetings:meeting", args=[meeting.pk]), meeting.title))


class ItemPage(MeetingPartPage):
    """One item: what is said, how it ends, what is concluded."""

    template_name = "meetings/admin/item.html"
    deeds = (
        Deed(
            "conclude",
            gettext_lazy("Write a conclusion down"),
            conclude,
            "change",
            form=ConcludeForm,
            about=lambda item: item.meeting,
            when=lambda item: is_open(item.meeting),
            done=gettext_lazy("The conclusion is written down."),
        ),
        Deed(
            "outcome",
            gettext_lazy("Save discussion and result"),
            agenda.set_result,
            "change",
            form=OutcomeForm,
            about=lambda item: item.meeting,
            when=lambda item: is_open(item.meeting),
            done=gettext_lazy("Saved."),
        ),
        Deed(
            "change",
            gettext_lazy("Change the item"),
            agenda.change_item,
            "change",
            form=ItemForm,
            about=lambda item: item.meeting,
            when=lambda item: (
                item.meeting.status not in {Meeting.Status.CLOSED, Meeting.Status.CANCELLED}
                and not (minutes_of(item.meeting) and minutes_of(item.meeting).is_frozen)
            ),
            done=gettext_lazy("Saved."),
        ),
    )

    def get_thing(self):
        item = get_object_or_404(
            AgendaItem.objects.select_related("meeting__minutes"), pk=self.kwargs["pk"]
        )
        meeting = self.meeting_or_404(item.meeting_id)
        self.sight = sight_of(self.request.user, meeting)
        if not (item.is_public or self.sight.whole):
            raise Http404
        return item

    def get_context(self):
        item = self.thing
        siblings = item.meeting.agenda_items.all()
        if not self.sight.whole:
            siblings = siblings.filter(is_public=True)
        siblings = list(siblings)
        here = next(number for number, each in enumerate(siblings) if each.pk == item.pk)
        return {
            "sight": self.sight,
            "conclusions": item.conclusions.prefetch_related("tasks__lead_unit")
            if self.sight.proceedings
            else (),
            "number": here + 1,
            "count": len(siblings),
            "previous_item": siblings[here - 1] if here else None,
            "next_item": siblings[here + 1] if here + 1 < len(siblings) else None,
            "can_change": may(self.request.user, "change", item.meeting),
            "is_open": is_open(item.meeting),
            **self.frame(item.title, item.meeting),
        }


class ConclusionPage(MeetingPartPage):
    """One conclusion: its words, and the tasks that rest on it."""

    template_name = "meetings/admin/conclusion.html"
    deeds = (
        Deed(
            "task",
            gettext_lazy("Draft a task"),
            lambda conclusion, **answers: conclusions.create_task_from_conclusion(
                conclusion, **answers
            ),
            "change",
            form=TaskForm,
            about=lambda conclusion: conclusion.item.meeting,
            when=lambda conclusion: is_open(conclusion.item.meeting),
            confirm=gettext_lazy("The unit gets it when the minutes are issued."),
        ),
        Deed(
            "change",
            gettext_lazy("Change the conclusion"),
            conclusions.change_conclusion,
            "change",
            form=ConclusionForm,
            about=lambda conclusion: conclusion.item.meeting,
            when=lambda conclusion: is_open(conclusion.item.meeting),
            done=gettext_lazy("Saved."),
        ),
        Deed(
            "remove",
            gettext_lazy("Remove the conclusion"),
            conclusions.remove_conclusion,
            "change",
            about=lambda conclusion: conclusion.item.meeting,
            when=lambda conclusion: is_open(conclusion.item.meeting),
            danger=True,
            done=gettext_lazy("The conclusion is removed."),
        ),
    )

    def get_thing(self):
        conclusion = get_object_or_404(
            Conclusion.objects.select_related("item__meeting__minutes"), pk=self.kwargs["pk"]
        )
        self.item = conclusion.item
        self.require_change(self.meeting_or_404(conclusion.item.meeting_id))
        return conclusion

    def success_url(self):
        return reverse("meetings:item", args=[self.item.pk])

    def get_context(self):
        return {
            "tasks": self.thing.tasks.select_related("lead_unit"),
            **framed(
                _("Conclusion"),
                (reverse("meetings:meeting", args=[self.item.meeting_id]), self.item.meeting.title),
                (self.success_url(), self.item.title),
            ),
        }


class AttendancePage(MeetingPartPage):
    """Who came."""

    template_name = "meetings/admin/deeds_only.html"
    deeds = (
        Deed(
            "record",
            gettext_lazy("Save the attendance"),
            attendance.record_attendance,
            "change",
            form=AttendanceForm,
            done=gettext_lazy("The attendance is written down."),
        ),
    )

    def get_thing(self):
        meeting = self.meeting_or_404(self.kwargs["pk"])
        self.require_change(meeting)
        return meeting

    def success_url(self):
        return reverse("meetings:meeting", args=[self.thing.pk])

    def get_context(self):
        return self.frame(_("Attendance"), self.thing)


class ReviewsPage(AttendancePage):
    """The meeting's word on each task under way."""

    deeds = (
        Deed(
            "decide",
            gettext_lazy("Save the decisions"),
            reviews.decide_reviews,
            "change",
            form=ReviewsForm,
            done=gettext_lazy("The decisions are written down."),
        ),
    )

    def get_context(self):
        return self.frame(_("Review of the tasks under way"), self.thing)


class MinutesPage(MeetingPartPage):
    """The minutes: their words, their way to signature and issue."""

    template_name = "meetings/admin/minutes.html"
    deeds = (
        Deed(
            "sign",
            gettext_lazy("Sign the minutes"),
            minutes.sign_minutes,
            "lead",
            target=Minutes.Status.SIGNED,
            about=lambda kept: kept.meeting,
            confirm=gettext_lazy("What the minutes say now is fixed for good."),
            done=gettext_lazy("The minutes are signed."),
        ),
        Deed(
            "issue",
            gettext_lazy("Issue minutes and conclusions"),
            minutes.issue_minutes,
            "lead",
            target=Minutes.Status.ISSUED,
            about=lambda kept: kept.meeting,
            confirm=gettext_lazy(
                "Both papers get their numbers, the drafted tasks go to their units, and of a"
                " public meeting everybody sees the public items."
            ),
            done=gettext_lazy("Minutes and conclusions are issued."),
        ),
        Deed(
            "write",
            gettext_lazy("Save opening and closing"),
            minutes.write_minutes,
            "change",
            form=WordsForm,
            about=lambda kept: kept.meeting,
            when=lambda kept: not kept.is_frozen,
            done=gettext_lazy("Saved."),
        ),
        Deed(
            "circulate",
            gettext_lazy("Circulate for comment"),
            minutes.circulate_minutes,
            "change",
            target=Minutes.Status.CIRCULATED,
            about=lambda kept: kept.meeting,
            confirm=gettext_lazy("The invited units see the draft."),
        ),
        Deed(
            "take_back",
            gettext_lazy("Take the draft back"),
            minutes.take_back_minutes,
            "change",
            target=Minutes.Status.DRAFTING,
            about=lambda kept: kept.meeting,
        ),
    )

    def get_thing(self):
        meeting = self.meeting_or_404(self.kwargs["pk"])
        kept = minutes_of(meeting)
        if kept is None or not sight_of(self.request.user, meeting).proceedings:
            raise Http404
        return kept

    def get_context(self):
        return {
            "record": record_for(self.request, self.thing.meeting),
            "events": labelled_history(self.thing),
            **self.frame(_("Minutes"), self.thing.meeting),
        }
