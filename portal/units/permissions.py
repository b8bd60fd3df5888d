"""Whose register is whose: the policy of everything that belongs to a unit."""

from django.utils import timezone

from portal.core.permissions import ScopedPolicy
from portal.core.roles import roles_of, runs_centre
from portal.units.models import Membership, Obligation


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


class ObligationPolicy(UnitScopedPolicy):
    """A unit's people see its own duties and those of the kinds of unit that it belongs to.

    What is written is the centre's: a duty of a kind binds others as well.
    """

    def scope(self, user, action, queryset):
        if user.is_superuser or runs_centre(user):
            return queryset
        if action != "view":
            return queryset.none()
        return queryset.filter(pk__in=Obligation.objects.binding(unit_ids_of(user)).values("pk"))


class DutyRecordPolicy(UnitScopedPolicy):
    """Who runs the centre reads every record; only the unit's own people write or withdraw one."""

    def scope(self, user, action, queryset):
        if action == "view":
            return super().scope(user, action, queryset)
        return queryset.filter(unit_id__in=unit_ids_of(user))


def may_record_for(user, unit_ids):
    """Return for which of ``unit_ids`` the user may write down what was done."""
    if not user.has_perm("units.add_dutyrecord"):
        return frozenset()
    return unit_ids_of(user) & frozenset(unit_ids)


def sees_internal_details(user):
    """Return whether ``user`` may see what units keep internal: any role in the centre will do."""
    return user.is_authenticated and user.is_active and (user.is_superuser or bool(roles_of(user)))
