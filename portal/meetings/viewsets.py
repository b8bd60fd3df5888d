"""Registers that Wagtail's own screens edit."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn

from portal.core.permissions import ScopedIndexView, ScopedModelViewSet
from portal.meetings.models import MeetingSeries
from portal.meetings.series import rhythms_of


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


meeting_series_viewset = MeetingSeriesViewSet("meeting_series")
