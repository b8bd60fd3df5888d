"""Who may do what to the register of people, and who may have a person hand over.

An administrator keeps the whole register. A unit's head sees it for the own unit, and may name
data officers and members there, but no head: who leads a unit is decided above it. Nobody but an
administrator deletes: a membership that is over ends.
"""

from django.core.exceptions import PermissionDenied

from portal.core.roles import Role, has_role
from portal.units.models import Membership
from portal.units.permissions import UnitScopedPolicy

NAMED_BY_HEAD = (Membership.Role.DATA_OFFICER, Membership.Role.MEMBER)


def headed_unit_ids(user):
    """Return the ids of the units whose head ``user`` is today, as a query."""
    heads = Membership.objects.current().filter(user=user, role=Membership.Role.UNIT_HEAD)
    return heads.values("unit_id")


def keeps_people(user):
    """Return whether ``user`` keeps the register of all people."""
    return has_role(user, Role.ADMINISTRATOR)


def may_manage(user, person):
    """Return whether ``user`` may change ``person``: only superusers touch superusers."""
    return keeps_people(user) and (user.is_superuser or not person.is_superuser)


def require_manage(user, person):
    """Raise ``PermissionDenied`` unless ``user`` may change ``person``."""
    if not may_manage(user, person):
        raise PermissionDenied


class MembershipPolicy(UnitScopedPolicy):
    """The register as far as the unit reaches; changing it is for administrators and heads."""

    def scope(self, user, action, queryset):
        if action == "view":
            return super().scope(user, action, queryset)
        if keeps_people(user):
            return queryset
        if action == "delete":
            return queryset.none()
        return queryset.filter(unit__in=headed_unit_ids(user), role__in=NAMED_BY_HEAD)
