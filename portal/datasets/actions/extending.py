"""Granting a later due day for one period of a dataset, or for what was asked specially."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.deadlines import moment_on
from portal.datasets.access import may_extend
from portal.datasets.models import DatasetPage, DueExtension
from portal.datasets.timeliness import timeliness_of_dataset


@transaction.atomic
def extend_due(dataset, period, *, user, new_due_on, reason, decision="", new_due_time=None):
    """Grant ``period`` (its code) until the end of ``new_due_on``; return the ``DueExtension``.

    With ``new_due_time`` it ends at that hour. What was submitted already keeps its due day.
    """
    if not may_extend(user, dataset):
        raise ValidationError(
            _("Those who run the centre extend deadlines, though not those of their own unit.")
        )
    dataset = DatasetPage.objects.select_for_update(of=("self",)).get(pk=dataset.pk)
    state = open_state(dataset, period)
    if state is None:
        raise ValidationError(
            _("Nothing is owed for this period, or it was submitted; its due day stands.")
        )
    extension = DueExtension(
        dataset=dataset,
        period="" if state.request else period,
        requested=state.request,
        old_due=state.due,
        new_due=moment_on(new_due_on, new_due_time),
        reason=reason.strip(),
        decision=decision.strip(),
        decided_by=user,
    )
    if extension.new_due < timezone.now():
        raise ValidationError({"new_due_on": _("This day has passed.")})
    extension.full_clean()
    extension.save()
    until = extension.new_due.isoformat()
    record("datasets.extend_due", dataset, user=user, period=period, until=until)
    return extension


def open_state(dataset, period):
    """Return the state of a period that is still to come and has a due day, or None."""
    states = timeliness_of_dataset(dataset)
    return next(
        (each for each in states if each.period.code == period and each.is_open and each.due), None
    )
