"""What meetings add to the admin."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from portal.meetings import urls
from portal.meetings.models import (
    AssessmentCycle,
    AssessmentIndexPage,
    Meeting,
    MeetingIndexPage,
    PeriodicReport,
    ReportSchedule,
    Task,
)
from portal.meetings.permissions import may
from portal.meetings.viewsets import meeting_series_viewset, report_schedule_viewset


@hooks.register("register_admin_urls")
def register_urls():
    return [path("hop/", include(urls))]


@hooks.register("register_admin_viewset")
def register_viewset():
    return [meeting_series_viewset, report_schedule_viewset]


class RightMenuItem(MenuItem):
    """Shown to those who may view things of one class, where the centre uses its ``room``.

    A room that the regulation knows nothing of has its page unpublished.
    """

    def __init__(self, model, *args, room=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.model, self.room = model, room

    def is_shown(self, request):
        return may(request.user, "view", self.model) and not self._is_closed()

    def _is_closed(self):
        return self.room is not None and self.room.objects.filter(live=False).exists()


class ReportMenuItem(RightMenuItem):
    """Shown where somebody reports, and to those who may say that somebody shall."""

    def is_shown(self, request):
        if not super().is_shown(request):
            return False
        return (
            may(request.user, "add", ReportSchedule)
            or ReportSchedule.objects.readable_by(request.user).exists()
            or PeriodicReport.objects.internal_to(request.user).exists()
        )


@hooks.register("register_admin_menu_item")
def register_menu():
    items = [
        RightMenuItem(
            Meeting,
            _("Meetings"),
            reverse("meetings:index"),
            icon_name="calendar-alt",
            room=MeetingIndexPage,
        ),
        RightMenuItem(Task, _("Tasks"), reverse("meetings:tasks"), icon_name="list-ul"),
        ReportMenuItem(
            PeriodicReport, _("Reports of units"), reverse("meetings:reports"), icon_name="doc-full"
        ),
        RightMenuItem(
            AssessmentCycle,
            _("Assessment"),
            reverse("meetings:cycles"),
            icon_name="tasks",
            room=AssessmentIndexPage,
        ),
    ]
    return SubmenuMenuItem(_("Meetings and tasks"), Menu(items=items), icon_name="group", order=130)
