"""What was expected of datasets, periods and special requests, beside what came."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from portal.core.deadlines import due_after_extension, timeliness
from portal.datasets.due_states import PeriodState
from portal.datasets.models import DatasetVersion, DueExtension, RequestedDataset

Status = DatasetVersion.Status
#: A file in one of these states was handed in; one that was returned or withdrawn was not.
COUNTED = (Status.SUBMITTED, Status.VERIFIED, Status.PUBLISHED, Status.SUPERSEDED)


@dataclass(frozen=True)
class Events:
    """What happened: first submissions and farthest extensions.

    Keys are ``(dataset pk, period code)``, and the pk of a ``RequestedDataset``.
    """

    done: dict
    extended: dict


def requested_of(pks, now, due_in=None):
    """Return ``{dataset pk: [RequestedDataset]}``: asked for by ``now`` and not withdrawn then."""
    found = RequestedDataset.objects.filter(dataset__in=list(pks), request__made_at__lte=now)
    found = found.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=now))
    asked = defaultdict(list)
    for each in found.select_related("request"):
        if due_in in (None, timezone.localtime(each.request.due_at).year):
            asked[each.dataset_id].append(each)
    return asked


def events_of(pks, asked, codes=None):
    """Return the ``Events`` of datasets and of what is ``asked`` of them (``requested_of``).

    ``codes`` limits the periods. Two queries, and one more where something is asked.
    """
    submitted = DatasetVersion.objects.filter(status__in=COUNTED).exclude(submitted_at=None)
    submitted = submitted.order_by("-submitted_at")
    regular = submitted.filter(dataset__in=list(pks), counts_for_period=True)
    if codes is not None:
        regular = regular.filter(period__in=codes)
    rows = regular.values_list("dataset_id", "period", "submitted_at")
    done = {(dataset, period): moment for dataset, period, moment in rows}
    wanted = [each.pk for requests in asked.values() for each in requests]
    if wanted:
        done |= dict(submitted.filter(answers__in=wanted).values_list("answers_id", "submitted_at"))
    extensions = DueExtension.objects.filter(dataset__in=list(pks)).order_by("new_due")
    extended = {each.requested_id or (each.dataset_id, each.period): each for each in extensions}
    return Events(done, extended)


def states_of(dataset, owed, asked, events, now):
    """Return the ``PeriodState`` list of a dataset, the first due first."""
    pk, done, extended = dataset.pk, events.done, events.extended
    states = []
    for each in owed:
        key = (pk, each.code)
        states.append(
            _state(dataset, each.period, each.due, each.due_day, done.get(key), extended, key, now)
        )
    for each in asked:
        due = each.request.due_at
        day = timezone.localtime(due).date()
        states.append(_state(dataset, each, due, day, done.get(each.pk), extended, each.pk, now))
    if asked:
        states.sort(key=lambda state: (state.due_day, state.due))
    return states


def _state(dataset, period, due, day, done_at, extended, key, now):
    extension = extended.get(key)
    if extension is not None:
        due = due_after_extension(due, [extension])
    standing = timeliness(due, done_at, now)
    return PeriodState(dataset, period, due, done_at, standing, day, extension)
