"""Whose register is whose: the policy of everything that belongs to a unit."""

from django.utils import timezone

from portal.core.permissions import ScopedPolicy
from portal.core.roles import roles_of, runs_centre
from portal.units.models import Membership


def unit_ids_of(user):
    """Return the ids of the units for which ``user`` acts today; read once per user object."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    today = timezone.localdate()
    if getattr(user, "_portal_units", (None,))[0] != today:
        ids = Membership.objects.current(today).filter(user=user).values_list("unit_id", flat=True)
        user._portal_units = (today, frozenset(ids))
    return user._portal_units[1]


def acts_for(user, unit_id, *roles):
    """Return whether ``user`` acts for the unit today, in one of ``roles`` when any are given."""
    if unit_id not in unit_ids_of(user):
        return False
    if not roles:
        return True
    return Membership.objects.current().filter(user=user, unit_id=unit_id, role__in=roles).exists()


class UnitScopedPolicy(ScopedPolicy):
    """Objects of a unit are for those who act for it, and for those who run the centre.

    ``unit_lookup`` is the field path from the model to its unit.
    """

    def __init__(self, model, unit_lookup="unit"):
        super().__init__(model)
        self.unit_lookup = unit_lookup

    def scope(self, user, action, queryset):
        if user.is_superuser or runs_centre(user):
            return queryset
        return queryset.filter(**{f"{self.unit_lookup}__in": unit_ids_of(user)})


def sees_internal_details(user):
    """Return whether ``user`` may see what units keep internal: any role in the centre will do."""
    return user.is_authenticated and user.is_active and (user.is_superuser or bool(roles_of(user)))
