"""A duty that a person ends or opens again: what acts on it rests with it, and wakes with it.

The set-up and events of units have their own ways (``duty_means.follow``, ``relink``), because they
know who succeeds; here nobody does.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from portal.units.duty_means import follow, reopen
from portal.units.models import Obligation

#: The clock looks at duties that ended in so many days, in case it stood still.
LOOKED_BACK = timedelta(days=7)


@transaction.atomic
def settle_ending(before, duty, *, user):
    """Let what acts on ``duty`` rest where it has ended just now, wake where it stands again.

    ``before`` is the duty as it was. One that is succeeded is left alone: its heir answers. A last
    day to come rests nothing before it is over.
    """
    stood, stands = _stands(before), _stands(duty)
    if stood == stands or duty.successors.exists():
        return
    (reopen if stands else _rest)(duty, user=user)


def rest_ended_duties(today=None):
    """Let what acts on duties rest whose last day is over; return how many duties those are."""
    day = today or timezone.localdate()
    ended = Obligation.objects.filter(
        valid_to__lt=day, valid_to__gte=day - LOOKED_BACK, successors=None
    )
    pks = list(ended.values_list("pk", flat=True))
    for pk in pks:
        with transaction.atomic():
            _rest(Obligation.objects.select_for_update().get(pk=pk), user=None)
    return len(pks)


def _rest(duty, *, user):
    loaded = Obligation.objects.prefetch_related("counterparts").get(pk=duty.pk)
    follow(loaded, None, user=user)


def _stands(duty):
    return not duty.valid_to or duty.valid_to > timezone.localdate()
