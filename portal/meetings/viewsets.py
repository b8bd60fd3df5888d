"""Registers that Wagtail's own screens edit."""

from django.utils.translation import gettext_lazy as _

from portal.core.permissions import ScopedModelViewSet
from portal.meetings.models import MeetingSeries


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
        "interval_months",
        "default_units",
        "standing_agenda",
        "is_active",
    ]
    list_display = ["title", "convenor", "interval_months", "is_active"]
    list_select_related = ["convenor"]
    search_fields = ["title"]


meeting_series_viewset = MeetingSeriesViewSet("meeting_series")
