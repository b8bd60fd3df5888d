"""Asking units for data beside the calendar, and taking back what was asked."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.statuses import born, move
from portal.datasets.access import may_extend
from portal.datasets.actions.acting import acting_as
from portal.datasets.models import RequestedDataset, SpecialRequest
from portal.datasets.special_request_letters import tell_of_withdrawal
from portal.datasets.timeliness import timeliness_of_dataset


@transaction.atomic
def ask_for_data(datasets, *, user, due_at, instrument, reason, provision=None):
    """Ask the owners of ``datasets`` for them until ``due_at``; return the ``SpecialRequest``."""
    datasets = list(datasets)
    if not datasets:
        raise ValidationError({"datasets": _("Choose at least one dataset.")})
    for dataset in datasets:
        _require_asker(user, dataset)
        if not dataset.live:
            raise ValidationError(
                {"datasets": _("The definition of this dataset is not published.")}
            )
    request = SpecialRequest(
        instrument=instrument.strip(),
        reason=reason.strip(),
        provision=provision,
        due_at=due_at,
        made_by=user,
    )
    if due_at <= timezone.now():
        raise ValidationError({"due_on": _("This moment has passed.")})
    request.full_clean()
    request.save()
    for dataset in datasets:
        asked = RequestedDataset.objects.create(
            request=request, dataset=dataset, unit=dataset.owner_unit
        )
        born(asked, user=user, acting_unit=acting_as(user, dataset))
    record("datasets.ask_for_data", request, user=user, due=due_at.isoformat())
    return request


@transaction.atomic
def withdraw_requested(asked_for, *, user, reason):
    """Take back what one request asked and is still to come: it was never owed. Tell the units."""
    asked_for, now = list(asked_for), timezone.now()
    if not asked_for:
        raise ValidationError({"asked": _("Choose at least one dataset.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the request is withdrawn.")})
    for asked in asked_for:
        _require_asker(user, asked.dataset)
        if not is_open(asked):
            raise ValidationError(
                _("“%(dataset)s” was sent or withdrawn already.") % {"dataset": asked.dataset}
            )
        move(
            asked,
            RequestedDataset.Status.WITHDRAWN,
            user=user,
            acting_unit=acting_as(user, asked.dataset),
            note=reason.strip(),
            withdrawn_at=now,
            withdrawal_reason=reason.strip(),
        )
    transaction.on_commit(lambda: tell_of_withdrawal(asked_for))
    return asked_for


def state_of(asked):
    """Return the ``PeriodState`` of what was asked for; None once it is withdrawn."""
    states = timeliness_of_dataset(asked.dataset)
    return next((each for each in states if each.request == asked), None)


def is_open(asked):
    """Return whether a file for it is still to come."""
    state = state_of(asked)
    return state is not None and state.is_open


def _require_asker(user, dataset):
    if not may_extend(user, dataset):
        raise ValidationError(
            _("Those who run the centre ask for data, though not their own unit.")
        )
