"""Report schedules in the events of units: who takes over goes on reporting.

Reports that were sent stay with the unit that sent them; what is still being written passes with
its schedule. Where the successor reports by the same duty already, the schedule that comes to it
ends, so that nothing is asked for twice.
"""

from django.utils.translation import gettext_lazy

from portal.meetings.models import PeriodicReport, ReportSchedule
from portal.meetings.task_handovers import set_unit
from portal.units.handovers import Possession, PossessionKind

UNSENT = (PeriodicReport.Status.DRAFT, PeriodicReport.Status.APPROVED)


def _schedules(units, event):
    rows = ReportSchedule.objects.active().filter(from_unit__in=units)
    return [
        Possession(
            row.from_unit_id,
            row.pk,
            row.title,
            row.get_frequency_display(),
            mark=f"{row.title} {row.frequency} {row.obligation_id}",
        )
        for row in rows
    ]


def _pass_schedules(pks, successor, event, user):
    data = {"passed": [], "ended": []}
    for row in ReportSchedule.objects.filter(pk__in=pks):
        if _reports_already(successor, row):
            data["ended"].append(row.pk)
            _set_active(row, False, user)
            continue
        drafts = list(
            row.reports.filter(status__in=UNSENT, unit=row.from_unit_id).values_list(
                "pk", flat=True
            )
        )
        data["passed"].append([row.pk, row.from_unit_id, successor.pk, drafts])
        set_unit(row, "from_unit", successor.pk, user)
        _set_drafts(drafts, successor.pk, user)
    return data


def _reports_already(successor, row):
    """Return whether the successor has a schedule for the same duty, also one not in use."""
    if row.obligation_id is None:
        return False
    return ReportSchedule.objects.filter(from_unit=successor, obligation=row.obligation_id).exists()


def _set_active(row, is_active, user):
    row.is_active = is_active
    row._history_user = user
    row.save(update_fields=["is_active"])


def _set_drafts(pks, unit_id, user):
    for report in PeriodicReport.objects.filter(pk__in=pks, status__in=UNSENT):
        set_unit(report, "unit", unit_id, user)


def _end_schedules(pks, event, user, reason):
    for row in ReportSchedule.objects.filter(pk__in=pks):
        _set_active(row, False, user)
    return {"passed": [], "ended": list(pks)}


def _take_back_schedules(data, event, user):
    for pk, was, became, drafts in data["passed"]:
        row = ReportSchedule.objects.filter(pk=pk, from_unit=became).first()
        if row is not None:
            set_unit(row, "from_unit", was, user)
            _set_drafts(drafts, was, user)
    for row in ReportSchedule.objects.filter(pk__in=data["ended"]):
        _set_active(row, True, user)


SCHEDULE_KIND = PossessionKind(
    key="che-do-bao-cao",
    label=gettext_lazy("Report schedules"),
    of_units=_schedules,
    hand_over=_pass_schedules,
    end=_end_schedules,
    take_back=_take_back_schedules,
    order=42,
)
