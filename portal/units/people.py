"""What screens ask about the people of units."""

from datetime import timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from portal.units.models import Membership, UnitPage
from portal.units.models.membership import LEAVES_WITHIN_DAYS

__all__ = [
    "LEAVES_WITHIN_DAYS",
    "Standing",
    "name_of",
    "standing_of",
    "units_to_choose",
    "units_without_contact",
]


class Standing(models.TextChoices):
    """How a membership stands today."""

    FUTURE = "future", pgettext_lazy("membership", "not yet begun")
    CURRENT = "current", pgettext_lazy("membership", "in force")
    LEAVING = "leaving", pgettext_lazy("membership", "ends soon")
    PAST = "past", pgettext_lazy("membership", "ended")


def standing_of(membership, on=None):
    """Return the ``Standing`` of one membership."""
    day = on or timezone.localdate()
    if membership.valid_from and membership.valid_from > day:
        return Standing.FUTURE
    if membership.valid_to is None:
        return Standing.CURRENT
    if membership.valid_to < day:
        return Standing.PAST
    is_near = membership.valid_to <= day + timedelta(days=LEAVES_WITHIN_DAYS)
    return Standing.LEAVING if is_near else Standing.CURRENT


def name_of(user):
    """Return how a person is called on screens: the full name, else the log-in."""
    return user.get_full_name().strip() or user.get_username()


def units_to_choose(on=None):
    """Return the units that can be named in a form: public, existing, no kinds of unit."""
    day = on or timezone.localdate()
    return UnitPage.objects.live().existing(day).filter(is_group=False).order_by("sort_key", "code")


def units_without_contact(on=None):
    """Return the units that lack a head or a data officer, each told which of them it has."""
    day = on or timezone.localdate()
    current = Membership.objects.current(day).filter(unit=OuterRef("pk"), user__is_active=True)
    has = {
        "has_head": Exists(current.filter(role=Membership.Role.UNIT_HEAD)),
        "has_data_officer": Exists(current.filter(role=Membership.Role.DATA_OFFICER)),
    }
    return (
        units_to_choose(day).annotate(**has).filter(Q(has_head=False) | Q(has_data_officer=False))
    )
