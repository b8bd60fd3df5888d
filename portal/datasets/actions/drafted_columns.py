"""The columns of a definition from elsewhere go into the draft of a dataset's page."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.core.audit import record
from portal.datasets.actions.schema_columns import columns_for, rules_for
from portal.datasets.drafted_details import details_in


@transaction.atomic
def draft_columns(page, schema, *, user):
    """Put the columns and rules of ``schema`` into a new draft of ``page``; publish nothing.

    Columns that are there already keep their identity; those of which the schema says nothing go.
    """
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    draft = page.get_latest_revision_as_object()
    columns, _changes = columns_for(draft, schema, drafting=True)
    draft.columns.set([each.defined for each in columns])
    rules_for(draft, schema)
    draft.mode, draft.ignore_unknown = schema.mode, schema.ignore_unknown
    draft.drafted_details = details_in(schema, columns)
    draft.save_revision(user=user)
    record("datasets.draft_columns", page, user=user, columns=len(columns))
    return draft
