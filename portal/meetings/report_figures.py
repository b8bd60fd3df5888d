"""What the portal knows of a period: data sent, tasks done, reports received, for a new draft.

The figures are plain data, kept with the report together with the objects that were counted, so
that anybody can look up later what a sentence of the report rested on.
"""

from datetime import date

from django.template.loader import render_to_string
from django.utils import timezone, translation

from portal.core.deadlines import Timeliness
from portal.core.formats import format_date
from portal.core.periods import parse_period
from portal.datasets.models import DatasetPage
from portal.datasets.timeliness import timeliness_of_datasets
from portal.meetings.deadlines import DROPPED, with_standing
from portal.meetings.models import PeriodicReport, Task
from portal.meetings.report_periods import lower_tier, window_of
from portal.units.models import Obligation, UnitPage

#: Units that report on the whole centre and not only on their own work.
OF_THE_CENTRE = (UnitPage.Role.OWNER, UnitPage.Role.MANAGING)
ON_TIME, LATE, MISSING = Timeliness.ON_TIME, Timeliness.LATE, Timeliness.MISSING


def tells_of_all(unit):
    """Return whether reports of ``unit`` tell of every unit's work."""
    return unit.centre_role in OF_THE_CENTRE or unit.kind == UnitPage.Kind.CENTRE


def figures_of(report, now=None):
    """Return what was counted for a periodic report, as plain data; empty without a period."""
    if report.kind != PeriodicReport.Kind.PERIODIC:
        return {}
    now = now or timezone.now()
    start, end = window_of(report.schedule, parse_period(report.period))
    data, tasks = _data_in(report.unit, start, end, now), _tasks_in(report.unit, start, end, now)
    return {
        "counted_at": now.isoformat(),
        "from": start.isoformat(),
        "to": end.isoformat(),
        "data": data,
        "data_by_unit": _by_unit(data),
        "tasks": tasks,
        "reports": _received(report, now),
        "totals": {"data": _totals(data), "tasks": _totals(tasks)},
    }


def _data_in(unit, start, end, now):
    """Return the periods of datasets that fell due between two days, those to come left out."""
    datasets = DatasetPage.objects.live().select_related("owner_unit").order_by("code")
    if not tells_of_all(unit):
        datasets = datasets.filter(owner_unit=unit)
    return [
        {
            **state.as_dict(),
            "pk": state.dataset.pk,
            "title": state.dataset.title,
            "unit": state.dataset.owner_unit.title if state.dataset.owner_unit else "",
        }
        for states in timeliness_of_datasets(datasets, now).values()
        for state in states
        if state.due and start <= timezone.localtime(state.due).date() <= end
        if state.due <= now or not state.is_open
    ]


def _tasks_in(unit, start, end, now):
    """Return the tasks due between two days, and those overdue at the end of them."""
    tasks = Task.objects.exclude(status__in=DROPPED).select_related("lead_unit")
    if not tells_of_all(unit):
        tasks = tasks.filter(lead_unit=unit)
    found = []
    for task in with_standing(tasks.filter(due_on__isnull=False), now):
        due_day = timezone.localtime(task.due_at).date()
        is_due = start <= due_day <= end and task.standing in (ON_TIME, LATE, MISSING)
        if is_due or (due_day < start and task.standing == MISSING):
            found.append(
                {
                    "pk": task.pk,
                    "title": task.title,
                    "unit": task.lead_unit.title,
                    "due": task.due_at.isoformat(),
                    "timeliness": str(task.standing),
                }
            )
    return found


def _received(report, now):
    states = lower_tier(report.schedule, parse_period(report.period), now)
    return [
        {
            "pk": state.report.pk if state.report else None,
            "unit": state.schedule.from_unit.title,
            "period": state.period.code,
            "standing": str(state.standing),
            "number": state.report.number if state.report else "",
            "sent_on": format_date(state.report.submitted_at) if not state.is_open else "",
        }
        for state in states
    ]


def _totals(rows):
    counts = {"expected": len(rows)}
    for standing in (ON_TIME, LATE, MISSING):
        counts[str(standing)] = sum(row["timeliness"] == standing for row in rows)
    return counts


def _by_unit(rows):
    units = dict.fromkeys(row["unit"] for row in rows)
    return [
        {"unit": unit, **_totals([row for row in rows if row["unit"] == unit])} for unit in units
    ]


def outline_of(report, figures):
    """Return the starting text of a draft: duties, figures, what units sent, what is to follow.

    Reports are papers and speak Vietnamese whatever language the writer's screen has.
    """
    context = {
        "report": report,
        "figures": figures,
        "duties": _duties_of(report),
        "received": _texts_of(report, figures),
        "from_day": date.fromisoformat(figures["from"]) if figures else None,
        "to_day": date.fromisoformat(figures["to"]) if figures else None,
        "outline": report.schedule.outline if report.schedule else "",
    }
    with translation.override("vi"):
        text = render_to_string("meetings/papers/report_outline.txt", context)
    lines = [line.strip() for line in text.splitlines()]
    return "\n".join(line for line in lines if line)


def _duties_of(report):
    """Return the words of the duties in force of the reporting unit, the report itself left out."""
    duties = Obligation.objects.in_force().binding([report.unit])
    if report.schedule and report.schedule.obligation:
        regulation = report.schedule.obligation.provision.regulation_id
        duties = duties.filter(provision__regulation=regulation)
    duties = duties.exclude(kind=Obligation.Kind.REPORT).exclude(text="")
    found = duties.select_related("provision").order_by("provision__position", "pk")
    return [
        {"text": " ".join(duty.text.split()).rstrip(".;"), "provision": str(duty.provision)}
        for duty in found
    ]


def _texts_of(report, figures):
    pks = [row["pk"] for row in figures.get("reports", []) if row["pk"]]
    received = PeriodicReport.objects.sent().filter(pk__in=pks, recipients=report.unit)
    return received.select_related("unit").order_by("pk")
