"""What a person holds of units: the memberships themselves."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.units.models import Membership
from portal.units.personal_holdings import Holding, HoldingKind, register_holdings

MEMBERSHIP = "membership"


def _memberships_of(user):
    """Return the memberships that are not over; a plain one may end without a successor."""
    today = timezone.localdate()
    rows = Membership.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today), user=user)
    return [
        Holding(
            MEMBERSHIP,
            row.pk,
            str(row.get_role_display()),
            row.unit_id,
            row.unit.title,
            needs_successor=row.role != Membership.Role.MEMBER,
        )
        for row in rows.select_related("unit").order_by("unit__sort_key", "role", "pk")
    ]


def _hand_over_membership(step):
    """End the membership with the last day; the successor has the role from the next."""
    membership = Membership.objects.get(pk=step.holding.pk)
    membership._history_user = step.user
    if membership.valid_from and membership.valid_from > step.last_day:
        membership.delete()  # it never began; its history stays
    elif membership.valid_to is None or membership.valid_to > step.last_day:
        membership.valid_to = step.last_day
        membership.save()
    if step.successor is not None:
        _follow(membership, step)


def _follow(membership, step):
    follower = Membership(
        user=step.successor,
        unit_id=membership.unit_id,
        role=membership.role,
        valid_from=step.first_day,
    )
    if Membership.objects.overlapping(follower).exists():
        return  # the successor has the role already
    follower._history_user = step.user
    follower.save()


def register():
    """Let memberships be handed over."""
    register_holdings(
        HoldingKind(
            MEMBERSHIP, _("membership of a unit"), _memberships_of, _hand_over_membership, order=10
        )
    )
