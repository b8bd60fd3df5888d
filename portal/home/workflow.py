"""The centre's one workflow: who prepares a page submits it, who answers for it approves.

A unit's people edit the page of their unit (``portal.units.page_rights``) and cannot publish, so
what they change goes this way too.
"""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import (
    GroupApprovalTask,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

from portal.core.roles import Role
from portal.home.role_groups import group_of

#: So many days people are told what became of a page that is through.
DAYS_OF_NEWS = 14
APPROVING_ROLES = (Role.IOC_LEADER, Role.ADMINISTRATOR)


def ensure_workflow(home):
    """Let pages below ``home`` go through approval; what an administrator set up stays."""
    if WorkflowPage.objects.filter(page=home).exists():
        return
    workflow, _created = Workflow.objects.get_or_create(name=_("Approval by the centre"))
    task, is_new = GroupApprovalTask.objects.get_or_create(name=_("Approval by a leader"))
    if is_new:
        task.groups.set([group_of(role) for role in APPROVING_ROLES])
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowPage.objects.create(page=home, workflow=workflow)


def latest_states(page_ids):
    """Return ``{page id as text: its latest workflow state}`` of what is open or still fresh."""
    if not page_ids:
        return {}
    fresh = timezone.now() - timedelta(days=DAYS_OF_NEWS)
    is_open = Q(status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES])
    states = WorkflowState.objects.filter(
        is_open | Q(created_at__gte=fresh),
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=page_ids,
    )
    states = states.prefetch_related("task_states").order_by("created_at", "pk")
    return {state.object_id: state for state in states}


def last_words_on(state):
    """Return what was said last where the workflow ``state`` was decided, or nothing."""
    decided = [each for each in state.task_states.all() if each.finished_at and each.comment]
    return max(decided, key=lambda each: each.finished_at).comment if decided else ""


def put_submitting_first(menu_items, request, context):
    """Let “submit” be the button of those who may not publish; a draft is kept with the other."""
    page = context.get("page")
    if page is None or page.permissions_for_user(request.user).can_publish():
        return
    menu_items.sort(key=lambda item: item.name != "action-submit")
