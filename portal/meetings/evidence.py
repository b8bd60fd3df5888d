"""Rules by which the system counts: each says how often a unit did in a year what it owed.

An app that can count something registers it, and criteria name it by its key.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.deadlines import Timeliness
from portal.datasets.timeliness import timeliness_of_unit
from portal.meetings.deadlines import DROPPED, with_standing
from portal.meetings.models import ReportSchedule, Task
from portal.meetings.report_periods import states_of_schedules


@dataclass(frozen=True)
class Evidence:
    """How many of how many, and which things were counted."""

    numerator: int
    denominator: int
    details: list = field(default_factory=list)


@dataclass(frozen=True)
class EvidenceRule:
    """``count(unit, year, cutoff)`` returns ``Evidence``; ``version`` changes with its meaning."""

    key: str
    label: str
    count: Callable
    version: int = 1

    def __str__(self):
        return f"{self.key}/{self.version}"


_rules: dict[str, EvidenceRule] = {}


def register_evidence(key, label, function, *, version=1):
    """Offer a rule to criteria, or replace the one of the same key."""
    _rules[key] = EvidenceRule(key, label, function, version)


def rule(key):
    """Return the rule that a criterion names; None when no app offers it."""
    return _rules.get(key)


def rule_choices():
    """Return the rules as choices of a form, the empty one first."""
    return [("", _("none: people score")), *((each.key, each.label) for each in _rules.values())]


def tasks_on_time(unit, year, cutoff):
    """Count the unit's tasks due in the year and until the cut-off, and those done in time."""
    tasks = with_standing(
        Task.objects.filter(lead_unit=unit, due_on__isnull=False).exclude(status__in=DROPPED),
        now=cutoff,
    )
    due = [task for task in tasks if task.due_at.year == year and task.due_at <= cutoff]
    return Evidence(
        sum(task.standing == Timeliness.ON_TIME for task in due),
        len(due),
        [
            {
                "task": task.pk,
                "title": task.title,
                "due": task.due_at.isoformat(),
                "done_at": task.submitted_at.isoformat() if task.submitted_at else None,
                "timeliness": str(task.standing),
            }
            for task in due
        ],
    )


def data_on_time(unit, year, cutoff):
    """Count the data that the unit owed in the year, and those submitted in time."""
    result = timeliness_of_unit(unit, year, cutoff)
    counted = [{**state.as_dict(), "title": state.dataset.title} for state in result.counted]
    return Evidence(result.on_time_count, result.expected_count, counted)


def reports_on_time(unit, year, cutoff):
    """Count the unit's reports that fell due in the year and until the cut-off."""
    schedules = ReportSchedule.objects.filter(from_unit=unit).by_calendar().for_listing()
    due = [
        state
        for states in states_of_schedules(schedules, cutoff).values()
        for state in states
        if state.due and timezone.localtime(state.due).year == year and state.due <= cutoff
    ]
    return Evidence(
        sum(state.standing == Timeliness.ON_TIME for state in due),
        len(due),
        [
            {
                "report": state.report.pk if state.report else None,
                "title": state.schedule.title,
                "period": state.period.code,
                "due": state.due.isoformat(),
                "done_at": None if state.is_open else state.report.first_submitted_at.isoformat(),
                "timeliness": str(state.standing),
            }
            for state in due
        ],
    )


def register():
    """Offer the rules of this app."""
    register_evidence("reports_on_time", _("Reports sent in time"), reports_on_time)
    register_evidence("tasks_on_time", _("Tasks done in time"), tasks_on_time)
    register_evidence("data_on_time", _("Data submitted in time"), data_on_time)
