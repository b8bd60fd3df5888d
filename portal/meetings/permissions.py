"""Who may do what to a meeting, a task, an assessment; four eyes wherever something is judged."""

from django.core.exceptions import PermissionDenied
from wagtail.permissions import register_permission_policy

from portal.core.permissions import ScopedPolicy, get_visible_or_404
from portal.core.roles import Role, grant, runs_centre
from portal.meetings.models import (
    AssessmentCycle,
    CriteriaSet,
    Meeting,
    MeetingSeries,
    Task,
    UnitAssessment,
)
from portal.meetings.oversight import headed_unit_ids
from portal.meetings.report_permissions import REPORT_POLICIES, grant_report_rights
from portal.units.permissions import unit_ids_of


class CentrePolicy(ScopedPolicy):
    """What belongs to the centre as a whole: the model's permission says it all."""

    def scope(self, user, action, queryset):
        return queryset


class MeetingPolicy(ScopedPolicy):
    """Those who run the centre prepare every meeting, a minute-taker the own ones."""

    def scope(self, user, action, queryset):
        if action == "view":
            return queryset.readable_by(user)
        return queryset if runs_centre(user) else queryset.filter(secretary=user)


class TaskPolicy(ScopedPolicy):
    """A unit answers its own tasks; who acts for a unit confirms none of that unit's tasks."""

    def scope(self, user, action, queryset):
        if action == "answer":
            return queryset.filter(lead_unit_id__in=unit_ids_of(user))
        if action == "submit":
            return queryset.filter(lead_unit_id__in=headed_unit_ids(user))
        if action == "confirm":
            return queryset.exclude(lead_unit_id__in=unit_ids_of(user))
        return queryset.of_concern_to(user)


class AssessmentCyclePolicy(ScopedPolicy):
    """A unit sees the cycles that it is part of; the steps are for those granted them."""

    def scope(self, user, action, queryset):
        return queryset.readable_by(user)


class UnitAssessmentPolicy(ScopedPolicy):
    """A unit fills in its own form, its head approves it, and somebody else reviews it."""

    def scope(self, user, action, queryset):
        if action == "score":
            return queryset.filter(unit_id__in=unit_ids_of(user))
        if action == "approve":
            return queryset.filter(unit_id__in=headed_unit_ids(user))
        if action == "review":
            return queryset.exclude(unit_id__in=unit_ids_of(user))
        return queryset.of_concern_to(user)


POLICIES = {
    Meeting: MeetingPolicy(Meeting),
    MeetingSeries: CentrePolicy(MeetingSeries),
    Task: TaskPolicy(Task),
    AssessmentCycle: AssessmentCyclePolicy(AssessmentCycle),
    UnitAssessment: UnitAssessmentPolicy(UnitAssessment),
    CriteriaSet: CentrePolicy(CriteriaSet),
    **REPORT_POLICIES,
}


def may(user, action, thing):
    """Return whether ``user`` may do ``action`` to ``thing``, or to some of its class."""
    if isinstance(thing, type):
        return POLICIES[thing].user_has_permission(user, action)
    return POLICIES[type(thing)].user_has_permission_for_instance(user, action, thing)


def require(user, action, thing):
    """Raise ``PermissionDenied`` unless ``may`` says yes."""
    if not may(user, action, thing):
        raise PermissionDenied


def require_of_person(user, action, thing):
    """Raise ``PermissionDenied`` unless ``user`` may; a command has no person (``user`` None).

    No request is without one: who is not logged in is an anonymous user, and is refused.
    """
    if user is not None:
        require(user, action, thing)


def visible_or_404(model, user, **lookup):
    """Return the object that ``user`` may see, or answer as if it did not exist."""
    return get_visible_or_404(POLICIES[model], user, "view", **lookup)


def _all_of(*models):
    return [
        f"meetings.{action}_{model}"
        for model in models
        for action in ("add", "change", "delete", "view")
    ]


_VIEW = [
    f"meetings.view_{model}" for model in ("meeting", "task", "assessmentcycle", "unitassessment")
]
_PREPARE = [
    *_all_of("meetingseries", "criteriaset"),
    *("meetings.add_meeting", "meetings.change_meeting"),
    *("meetings.add_task", "meetings.change_task"),
    *("meetings.add_assessmentcycle", "meetings.change_assessmentcycle"),
    "meetings.plan_assessmentcycle",
    "meetings.review_unitassessment",
]
_LEAD = [
    "meetings.lead_meeting",
    "meetings.assign_task",
    "meetings.confirm_task",
    "meetings.finalise_assessmentcycle",
]
_ANSWER = ["meetings.answer_task", "meetings.score_unitassessment"]


def grant_rights():
    """Say what each role may do with meetings, tasks, reports and assessments."""
    grant_report_rights()
    register_permission_policy(MeetingSeries, POLICIES[MeetingSeries])
    grant(
        Role.ADMINISTRATOR,
        *_VIEW,
        *_all_of("meetingseries", "criteriaset"),
        "meetings.plan_assessmentcycle",
    )
    grant(Role.IOC_OFFICER, *_VIEW, *_PREPARE)
    grant(Role.IOC_LEADER, *_VIEW, *_PREPARE, *_LEAD)
    grant(
        Role.MINUTE_TAKER,
        *("meetings.view_meeting", "meetings.change_meeting"),
        *("meetings.view_task", "meetings.add_task", "meetings.change_task"),
    )
    grant(Role.DATA_OFFICER, *_VIEW, *_ANSWER)
    grant(
        Role.UNIT_HEAD,
        *_VIEW,
        *_ANSWER,
        *("meetings.submit_task", "meetings.approve_unitassessment"),
    )
    grant(Role.AUTHORITY, *_VIEW, "meetings.publish_assessmentcycle")
