"""Meetings, minutes, conclusions, tasks; the reports of units; the year's assessment."""

from portal.meetings.models.agenda import AgendaItem
from portal.meetings.models.assessment import (
    AssessmentCycle,
    CriteriaSet,
    Criterion,
    Ranking,
    UnitAssessment,
)
from portal.meetings.models.attendance import Attendee, UnitAttendance
from portal.meetings.models.conclusion import Conclusion
from portal.meetings.models.meeting import Meeting, MeetingSeries
from portal.meetings.models.minutes import Minutes
from portal.meetings.models.pages import AssessmentIndexPage, MeetingIndexPage
from portal.meetings.models.report import PeriodicReport, ReportRevision
from portal.meetings.models.report_schedule import ReportSchedule
from portal.meetings.models.score import CriterionScore, EvidenceSnapshot
from portal.meetings.models.task import Task, TaskReport, TaskReview

__all__ = [
    "AgendaItem",
    "AssessmentCycle",
    "AssessmentIndexPage",
    "Attendee",
    "Conclusion",
    "CriteriaSet",
    "Criterion",
    "CriterionScore",
    "EvidenceSnapshot",
    "Meeting",
    "MeetingIndexPage",
    "MeetingSeries",
    "Minutes",
    "PeriodicReport",
    "Ranking",
    "ReportRevision",
    "ReportSchedule",
    "Task",
    "TaskReport",
    "TaskReview",
    "UnitAssessment",
    "UnitAttendance",
]
