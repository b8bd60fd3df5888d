"""How meetings meet duties to meet, and assessment cycles those to review the year."""

from collections import defaultdict

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.formats import format_date
from portal.meetings.actions.establishing import establish_cycle, establish_series
from portal.meetings.actions.following import (
    follow_cycles,
    follow_series,
    reopen_cycles,
    reopen_series,
)
from portal.meetings.actions.relinking import relink_cycles, relink_series
from portal.meetings.models import AssessmentCycle, Meeting, MeetingSeries
from portal.meetings.permissions import may
from portal.meetings.series import rhythms_of
from portal.units.duty_means import DutyMeans, DutyState, MeansLink, Standing, register_means
from portal.units.models import Obligation

Kind, Cadence = Obligation.Kind, Obligation.Cadence
Cycle = AssessmentCycle.Status
#: So many meetings of one duty are named.
MOST_MEETINGS = 3


def _meet(obligations, request):
    """Return how each duty to meet stands by the series that say they meet it."""
    links = MeetingSeries.obligations.through.objects.filter(
        obligation__in=[each.pk for each in obligations]
    )
    by_duty = defaultdict(list)
    pks = {}
    for duty, series in links.values_list("obligation_id", "meetingseries_id"):
        by_duty[duty].append(series)
        pks[series] = None
    series = {each.pk: each for each in MeetingSeries.objects.filter(pk__in=pks, is_active=True)}
    inside = request.user.is_authenticated
    rhythms = rhythms_of(series.values()) if inside and series else {}
    shown = _readable_meetings(series, request)
    url = reverse("meetings:create") if inside and may(request.user, "add", Meeting) else ""
    return {
        each.pk: _meeting_standing(
            each, [pk for pk in by_duty[each.pk] if pk in series], rhythms, shown, url
        )
        for each in obligations
    }


def _readable_meetings(series, request):
    """Return ``{series pk: [MeansLink]}`` of the latest meetings that the visitor may know of."""
    meetings = Meeting.objects.readable_by(request.user).filter(series__in=list(series))
    shown = defaultdict(list)
    rows = meetings.exclude(status=Meeting.Status.CANCELLED).order_by("-start_at", "-pk")
    for meeting in rows.only("title", "start_at", "series"):
        if len(shown[meeting.series_id]) < MOST_MEETINGS:
            day = format_date(meeting.start_at)
            title = f"{meeting.title} ({day})" if day else meeting.title
            shown[meeting.series_id].append(MeansLink(title, meeting.get_absolute_url()))
    return shown


def _meeting_standing(obligation, pks, rhythms, shown, url):
    if not pks:
        return Standing(DutyState.MISSING, missing=_("No series of meetings answers for it yet"))
    links = tuple(link for pk in pks for link in shown[pk])
    rhythm = rhythms.get(pks[0])
    if rhythm is None:  # the public: what it may know are the links
        return Standing(DutyState.MET, links)
    if obligation.cadence == Cadence.ON_REQUEST:
        return Standing(DutyState.MET, links, _("convened when it is asked for"))
    state = _state_of(rhythm)
    return Standing(
        state,
        links,
        rhythm.words,
        "" if state is DutyState.MET else _missing_words(rhythm),
        "" if state is DutyState.MET else url,
    )


def _state_of(rhythm):
    if rhythm.missed and rhythm.lacks_meeting:
        return DutyState.LATE
    if rhythm.period is None:
        return DutyState.MET if rhythm.last_at or rhythm.next_at else DutyState.MISSING
    if not rhythm.lacks_meeting:
        return DutyState.MET
    soon = rhythm.is_soon(timezone.localdate())
    return DutyState.DUE_SOON if soon else DutyState.MISSING


def _missing_words(rhythm):
    if rhythm.missed:
        return _("No meeting in the %(period)s, and none planned since") % {
            "period": rhythm.missed.label
        }
    if rhythm.period is None:
        return _("No meeting has been planned yet")
    return _("Plan the meeting of the %(period)s") % {"period": rhythm.period.label}


def _review(obligations, request):
    """Return how the duty to review the year stands: this year's cycle, and last year's."""
    cycles = AssessmentCycle.objects.filter(obligation__in=[each.pk for each in obligations])
    readable = set(AssessmentCycle.objects.readable_by(request.user).values_list("pk", flat=True))
    by_duty = defaultdict(list)
    for cycle in cycles.order_by("-year"):
        by_duty[cycle.obligation_id].append(cycle)
    staff = request.user.is_authenticated and may(request.user, "add", AssessmentCycle)
    year = timezone.localdate().year
    return {
        each.pk: _review_standing(by_duty[each.pk], readable, year, staff) for each in obligations
    }


def _review_standing(cycles, readable, year, may_open):
    links = tuple(
        MeansLink(cycle.title, cycle.get_absolute_url() if cycle.is_public else "")
        for cycle in cycles
        if cycle.pk in readable
    )
    by_year = {cycle.year: cycle for cycle in cycles}
    current, last = by_year.get(year), by_year.get(year - 1)
    if last and last.status == Cycle.PLANNED:
        return Standing(
            DutyState.LATE,
            links,
            missing=_("The year %(year)s has not been reviewed") % {"year": last.year},
            action_url=_where_to_open(last) if may_open else "",
        )
    if current is None:
        return Standing(
            DutyState.MET if last else DutyState.MISSING,
            links,
            _last_words(last),
            _("The review of the year %(year)s is not planned") % {"year": year},
            reverse("meetings:cycle_create") if may_open else "",
        )
    summary = f"{current.year}: {current.get_status_display()}"
    return Standing(DutyState.MET, links, summary)


def _last_words(last):
    return f"{last.year}: {last.get_status_display()}" if last else ""


def _where_to_open(cycle):
    return f"{reverse('meetings:cycle_create')}?nam={cycle.year}"


def register():
    """Let series and cycles act on duties, and be established from them."""
    register_means(
        DutyMeans(
            "meetings",
            frozenset({Kind.MEET}),
            _meet,
            establish_series,
            follow_series,
            relink_series,
            reopen_series,
        )
    )
    register_means(
        DutyMeans(
            "assessment",
            frozenset({Kind.REVIEW_YEAR}),
            _review,
            establish_cycle,
            follow_cycles,
            relink_cycles,
            reopen_cycles,
        )
    )
