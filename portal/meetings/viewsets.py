"""Registers that Wagtail's own screens edit."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn

from portal.core.permissions import ScopedCreateView, ScopedIndexView, ScopedModelViewSet
from portal.meetings.forms.reports import ReportScheduleForm, initial_of_duty
from portal.meetings.models import MeetingSeries, ReportSchedule
from portal.meetings.series import rhythms_of
from portal.units.models import Obligation


class SeriesIndexView(ScopedIndexView):
    """Shows of each series whether the running period has its meeting."""

    def get_table(self, object_list):
        series = list(object_list)
        rhythms = rhythms_of(series)
        for each in series:
            each.running, each.next_at = rhythms[each.pk].words, rhythms[each.pk].next_at
        return super().get_table(series)


class MeetingSeriesViewSet(ScopedModelViewSet):
    """The briefings that a regulation asks for again and again."""

    model = MeetingSeries
    icon = "calendar"
    menu_label = _("Meeting series")
    url_prefix = "chuoi-hop"
    form_fields = [
        "title",
        "convenor",
        "provision",
        "obligations",
        "interval_months",
        "may_be_extraordinary",
        "default_units",
        "standing_agenda",
        "is_active",
    ]
    index_view_class = SeriesIndexView
    list_display = [
        "title",
        "convenor",
        "interval_months",
        Column("running", label=_("Running period")),
        DateColumn("next_at", label=_("Next meeting")),
        "is_active",
    ]
    list_select_related = ["convenor"]
    search_fields = ["title"]


class ReportScheduleCreateView(ScopedCreateView):
    """Begins with what the duty named by ``?obligation=`` says."""

    def get_initial(self):
        asked = self.request.GET.get("obligation", "")
        reports = Obligation.objects.filter(kind=Obligation.Kind.REPORT)
        duty = reports.filter(pk=asked).first() if asked.isdecimal() else None
        return {**super().get_initial(), **(initial_of_duty(duty) if duty else {})}


class ReportScheduleViewSet(ScopedModelViewSet):
    """Who reports to whom, how often, due when."""

    model = ReportSchedule
    icon = "doc-full"
    menu_label = _("Report schedules")
    url_prefix = "che-do-bao-cao"
    url_namespace = "report_schedules"
    add_view_class = ReportScheduleCreateView
    form_fields = ReportScheduleForm.Meta.fields
    list_display = ["title", "from_unit", "frequency", "due_day", "is_active"]
    list_filter = ["frequency", "is_active"]
    list_select_related = ["from_unit"]
    search_fields = ["title"]

    def get_form_class(self, for_update=False):
        return ReportScheduleForm


report_schedule_viewset = ReportScheduleViewSet("report_schedules")
meeting_series_viewset = MeetingSeriesViewSet("meeting_series")
