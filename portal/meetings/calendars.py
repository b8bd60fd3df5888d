"""Meetings, and the due days of reports, as iCalendar."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
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
    calendar = _new_calendar("hop-giao-ban")
    changes = _changes(meetings)
    for meeting in meetings:
        if meeting.start_at:
            calendar.add_component(_event(meeting, *changes[meeting.pk]))
    return calendar.to_ical()


def _new_calendar(name):
    calendar = Calendar()
    calendar.add("prodid", f"-//IOC portal//{name}//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    return calendar


def calendar_of_due_days(states_by_schedule):
    """Return the due days of reports still to be sent, the next of each schedule included.

    ``states_by_schedule`` is what ``states_of_schedules`` returns.
    """
    calendar = _new_calendar("bao-cao")
    now = timezone.now()
    for states in states_by_schedule.values():
        for state in states:
            if state.is_open and state.due:
                calendar.add_component(_due_day(state, now))
    return calendar.to_ical()


def _due_day(state, now):
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    schedule = state.schedule
    event = Event()
    name = f"report-{schedule.pk}-{state.period.code}"
    event.add("uid", f"{name}@{urlsplit(base).hostname or 'localhost'}")
    event.add("dtstamp", now)
    event.add("dtstart", state.due_day)
    event.add("dtend", state.due_day + timedelta(days=1))
    event.add(
        "summary",
        _("Report due: %(title)s, %(period)s (%(unit)s)")
        % {"title": schedule.title, "period": state.period.label, "unit": schedule.from_unit},
    )
    event.add("transp", "TRANSPARENT")
    address = reverse("meetings:report_schedule", args=[schedule.pk])
    event.add("url", f"{base}{address}?ky={state.period.code}")
    return event


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
