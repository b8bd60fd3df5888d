"""What a person holds of datasets: stewardship, and files that are not submitted yet."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState

from portal.core.audit import record
from portal.datasets.models import DatasetPage, DatasetVersion
from portal.units.personal_holdings import Holding, HoldingKind, register_holdings


def _stewardships_of(user):
    datasets = DatasetPage.objects.filter(steward=user).select_related("owner_unit")
    return [
        Holding("steward", page.pk, page.title, page.owner_unit_id, page.owner_unit.title)
        for page in datasets.order_by("title", "pk")
    ]


def _open_files_of(user):
    versions = DatasetVersion.objects.unfinished().filter(uploaded_by=user)
    return [
        Holding(
            "open_file",
            version.pk,
            f"{version.dataset.title}: {version.filename} ({version.receipt_number})",
            version.dataset.owner_unit_id,
            version.dataset.owner_unit.title,
            needs_successor=False,
        )
        for version in versions.select_related("dataset__owner_unit").order_by("uploaded_at", "pk")
    ]


def _hand_over_stewardship(step):
    """Name the new steward on the page and in its draft, where an editor works on one."""
    page = DatasetPage.objects.get(pk=step.holding.pk)
    draft = page.get_latest_revision_as_object() if page.has_unpublished_changes else None
    page.steward = step.successor
    if page.live and draft is None:
        revision = page.save_revision(user=step.user)
        revision.publish(user=step.user, skip_permission_checks=True)  # decided as a hand-over
    else:
        page.save(update_fields=["steward"], clean=False)
    if draft is not None:
        draft.steward = step.successor
        _replace_draft(page, draft.save_revision(user=step.user))
    record("datasets.hand_over", page, user=step.user, **step.note)


def _replace_draft(page, revision):
    """Let an approval under way be about the draft as it is now."""
    state = page.current_workflow_task_state
    if state is not None:
        TaskState.objects.filter(pk=state.pk).update(revision=revision)


def _hand_over_file(step):
    """Write down who goes on with the file; who sent it stays a fact."""
    version = DatasetVersion.objects.get(pk=step.holding.pk)
    record("datasets.hand_over", version, user=step.user, **step.note)


def register():
    """Let stewardships and open files be handed over."""
    register_holdings(
        HoldingKind(
            "steward", _("steward of a dataset"), _stewardships_of, _hand_over_stewardship, order=20
        )
    )
    register_holdings(
        HoldingKind(
            "open_file", _("file not yet submitted"), _open_files_of, _hand_over_file, order=30
        )
    )
