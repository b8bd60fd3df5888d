"""The centre's one workflow: who prepares a page submits it, who answers for it approves."""

from django.utils.translation import gettext as _
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from portal.core.roles import Role
from portal.home.role_groups import group_of

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
