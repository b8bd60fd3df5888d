"""By which schedules duties to report are met, and how well, for the register of duties."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.deadlines import Timeliness
from portal.core.formats import format_date
from portal.meetings.actions.following import follow_schedules, reopen_schedules
from portal.meetings.actions.relinking import relink_schedules
from portal.meetings.actions.report_schedules import establish_schedules
from portal.meetings.models import ReportSchedule
from portal.meetings.permissions import may
from portal.meetings.report_periods import AWAITED, states_of_schedules
from portal.units.duty_means import (
    DutyMeans,
    DutyState,
    MeansLink,
    Standing,
    register_means,
)
from portal.units.models import Obligation

MET, SOON, LATE, MISSING = (
    DutyState.MET,
    DutyState.DUE_SOON,
    DutyState.LATE,
    DutyState.MISSING,
)


def standings(obligations, request):
    """Return how duties to report stand, of those whose schedules the person may see."""
    user = request.user
    if not user.is_authenticated:
        return {}
    keeps = may(user, "add", ReportSchedule)
    known = ReportSchedule.objects.filter(obligation__in=obligations).for_listing().active()
    seen = list(known.readable_by(user))
    covered = set(known.values_list("obligation_id", flat=True))
    states = states_of_schedules(seen)
    found = {}
    for obligation in obligations:
        mine = [each for each in seen if each.obligation_id == obligation.pk]
        if mine:
            found[obligation.pk] = _standing(mine, states, keeps)
        elif keeps and obligation.pk not in covered:
            found[obligation.pk] = Standing(
                MISSING,
                missing=_("No report schedule stands for this duty."),
                action_url=f"{reverse('report_schedules:add')}?obligation={obligation.pk}",
            )
    return found


def _standing(schedules, states, keeps):
    periods = [state for each in schedules for state in states[each.pk]]
    return Standing(
        state=_worst(periods),
        links=tuple(
            MeansLink(str(each), reverse("meetings:report_schedule", args=[each.pk]))
            for each in schedules
        ),
        summary=_summary(periods),
        missing=_missing(schedules, periods, keeps),
        action_url=reverse("meetings:report_schedule", args=[schedules[0].pk]),
    )


def _worst(periods):
    standings = {state.standing for state in periods}
    if Timeliness.MISSING in standings:
        return LATE
    return SOON if standings & {Timeliness.DUE_SOON, AWAITED} else MET


def _summary(periods):
    """Return “5 of 6 periods in time”, and when the next report is due."""
    judged = {Timeliness.ON_TIME, Timeliness.LATE, Timeliness.MISSING}
    fallen_due = [state for state in periods if state.standing in judged]
    parts = []
    if fallen_due:
        kept = sum(state.standing == Timeliness.ON_TIME for state in fallen_due)
        counts = {"kept": kept, "total": len(fallen_due)}
        parts.append(_("%(kept)s of %(total)s periods in time") % counts)
    coming = [
        state
        for state in periods
        if state.is_open and state.due and state.standing != Timeliness.MISSING
    ]
    if coming:
        first = min(coming, key=lambda state: state.due)
        parts.append(_("next due on %(day)s") % {"day": format_date(first.due_day)})
    return "; ".join(parts)


def _missing(schedules, periods, keeps):
    overdue = [state for state in periods if state.standing == Timeliness.MISSING]
    if overdue:
        names = ", ".join(
            f"{state.schedule.from_unit} ({state.period.label})" for state in overdue[:3]
        )
        more = ", …" if len(overdue) > 3 else ""
        return _("Not sent: %(reports)s") % {"reports": names + more}
    if keeps and any(each.kind and not each.due_day for each in schedules):
        return _("No due day is set.")
    return ""


def register():
    """Let report schedules act on duties to report."""
    register_means(
        DutyMeans(
            key="reports",
            kinds=frozenset({Obligation.Kind.REPORT}),
            standings=standings,
            establish=establish_schedules,
            follow=follow_schedules,
            relink=relink_schedules,
            reopen=reopen_schedules,
        )
    )
