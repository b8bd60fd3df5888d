"""Meetings as iCalendar."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Max
from icalendar import Calendar, Event

from portal.meetings.models import Meeting

STATUSES = {
    Meeting.Status.DRAFT: "TENTATIVE",
    Meeting.Status.POSTPONED: "TENTATIVE",
    Meeting.Status.CANCELLED: "CANCELLED",
}


def calendar_of(meetings):
    """Return the meetings that have a time as the bytes of a calendar file.

    A meeting keeps its UID for ever, and its sequence grows with every change of it, so that
    a calendar replaces what it knows. Agenda and names are not in it.
    """
    meetings = list(meetings)
    calendar = Calendar()
    calendar.add("prodid", "-//IOC portal//hop-giao-ban//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    changes = _changes(meetings)
    for meeting in meetings:
        if meeting.start_at:
            calendar.add_component(_event(meeting, *changes[meeting.pk]))
    return calendar.to_ical()


def _changes(meetings):
    """Return ``{key: (number of changes, last change)}`` in one query."""
    history = Meeting.history.filter(id__in=[meeting.pk for meeting in meetings])
    rows = history.values("id").annotate(count=Count("history_id"), last=Max("history_date"))
    return {row["id"]: (row["count"], row["last"]) for row in rows}


def _event(meeting, count, changed_at):
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}@{urlsplit(base).hostname or 'localhost'}")
    event.add("sequence", count - 1)
    event.add("dtstamp", changed_at)
    event.add("dtstart", meeting.start_at)
    event.add("dtend", meeting.end_at or meeting.start_at + timedelta(hours=2))
    event.add("summary", meeting.title)
    event.add("status", STATUSES.get(meeting.status, "CONFIRMED"))
    event.add("url", f"{base}{meeting.get_absolute_url()}")
    if meeting.place:
        event.add("location", meeting.place)
    return event
