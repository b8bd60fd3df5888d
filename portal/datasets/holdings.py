"""What a person holds of datasets: stewardship, open files, and what machines do in the name."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState

from portal.core.audit import record
from portal.datasets.access import may_issue_read_tokens, may_issue_tokens
from portal.datasets.actions.tokens import end_at_once
from portal.datasets.models import (
    AccessToken,
    DatasetPage,
    DatasetVersion,
    DataSource,
    UploadToken,
)
from portal.datasets.sources.rights import may_keep_sources
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


def _sources_of(user):
    sources = DataSource.objects.filter(set_up_by=user).exclude(status=DataSource.Status.ENDED)
    return [
        Holding(
            "source",
            source.pk,
            f"{source.dataset.title}: {source.title}",
            source.unit_id,
            source.unit.title,
            needs_successor=False,
        )
        for source in sources.select_related("dataset", "unit").order_by("title", "pk")
    ]


def _hand_over_source(step):
    """Let the source fetch in the successor's name, where the successor may keep sources by now.

    Otherwise it pauses at the first fetch after the leaver's last day, and is resumed by a head.
    """
    source = DataSource.objects.select_related("unit").get(pk=step.holding.pk)
    if step.successor is not None and may_keep_sources(step.successor, source.unit_id):
        source.set_up_by = step.successor
        source.save(update_fields=["set_up_by"])
    record("datasets.hand_over", source, user=step.user, **step.note)


def _tokens_of(model, kind):
    def of(user):
        tokens = model.objects.valid().filter(issued_by=user).select_related("unit")
        return [
            Holding(
                kind, token.pk, str(token), token.unit_id, token.unit.title, needs_successor=False
            )
            for token in tokens.order_by("title", "pk")
        ]

    return of


def _hand_over_token(model, may_issue):
    """Return what lets a token act in the successor's name, and ends it where there is none.

    The leaver may know its secret: going on with it is a decision, not a default. A successor who
    may not issue such tokens yet issues another one when the time has come.
    """

    def hand_over(step):
        token = model.objects.get(pk=step.holding.pk)
        if step.successor is None:
            end_at_once(token, user=step.user)
        elif may_issue(step.successor, token.unit_id):
            token.issued_by = step.successor
            token.save(update_fields=["issued_by"])
        record("datasets.hand_over", token, user=step.user, **step.note)

    return hand_over


def register():
    """Let what a person looks after be handed over."""
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
    register_holdings(
        HoldingKind(
            "source", _("source that the portal fetches"), _sources_of, _hand_over_source, order=32
        )
    )
    for key, label, model, may_issue in (
        ("token", _("token for sending"), UploadToken, may_issue_tokens),
        ("read_token", _("token for reading"), AccessToken, may_issue_read_tokens),
    ):
        register_holdings(
            HoldingKind(
                key, label, _tokens_of(model, key), _hand_over_token(model, may_issue), order=34
            )
        )
