"""What a reader finds of meetings: those that the reader may know of, and issued conclusions."""

from django.utils.translation import gettext_lazy as _

from portal.core.formats import format_date
from portal.core.models.page import name_for
from portal.core.search_sources import SearchHit, SearchSource, register_source
from portal.meetings.models import Conclusion, Meeting


def _by_key(model, request):
    """Keep what is readable by its key alone: the engine follows no relation of the model."""
    readable = model.objects.readable_by(request.user)
    return model.objects.filter(pk__in=readable.order_by().values("pk"))


def _meetings(request):
    return _by_key(Meeting, request).select_related("convenor")


def _meeting_hits(meetings, request):
    return [
        SearchHit(
            title=meeting.title,
            url=meeting.get_absolute_url(),
            context=" · ".join(filter(None, [format_date(meeting.start_at), meeting.place])),
            text=name_for(meeting.convenor, request),
            badge=meeting.get_status_display(),
        )
        for meeting in meetings
    ]


def _conclusions(request):
    return _by_key(Conclusion, request).select_related("item__meeting")


def _conclusion_hits(conclusions, request):
    return [
        SearchHit(
            title=conclusion.item.title,
            url=conclusion.item.meeting.get_absolute_url(),
            context=conclusion.item.meeting.title,
            text=conclusion.text,
            badge=conclusion.get_kind_display(),
        )
        for conclusion in conclusions
    ]


def register():
    """Make meetings and conclusions findable."""
    register_source(SearchSource("cuoc-hop", _("Meetings"), _meetings, _meeting_hits, order=50))
    register_source(
        SearchSource("ket-luan", _("Conclusions"), _conclusions, _conclusion_hits, order=60)
    )
