"""The roles of a centre, and what each app says a role may do.

Groups and their permissions are built from this after every migration
(``portal.home.role_groups``); nothing is granted by hand.
"""

from collections import defaultdict

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("IOC administrator")
    IOC_LEADER = "ioc_leader", _("IOC leader")
    IOC_OFFICER = "ioc_officer", _("IOC officer")
    MINUTE_TAKER = "minute_taker", _("minute-taker")
    UNIT_HEAD = "unit_head", _("unit head")
    DATA_OFFICER = "data_officer", _("data officer")
    AUTHORITY = "authority", _("authority")
    READER = "reader", _("internal reader")


#: Roles that come with a membership of a unit; the others belong to the centre as a whole.
UNIT_ROLES = frozenset({Role.UNIT_HEAD, Role.DATA_OFFICER})
#: Roles of the people who run the centre: they see every unit's registers.
CENTRE_ROLES = frozenset({Role.ADMINISTRATOR, Role.IOC_LEADER, Role.IOC_OFFICER})
#: Roles that work in the staff area.
STAFF_ROLES = frozenset(set(Role) - {Role.READER})

_grants: dict[str, set[str]] = defaultdict(set)


def grant(role, *codenames):
    """Say that ``role`` holds these permissions, written ``app_label.codename``."""
    _grants[role].update(codenames)


def granted(role):
    """Return the permissions that the apps have granted to ``role``."""
    return frozenset(_grants[role])


def roles_of(user):
    """Return the roles of ``user`` as a frozen set; read once per user object."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if not hasattr(user, "_portal_roles"):
        user._portal_roles = frozenset(
            user.groups.filter(role_group__isnull=False).values_list("role_group__role", flat=True)
        )
    return user._portal_roles


def forget_roles(user):
    """Let the roles and permissions of ``user`` be read again: they have just changed."""
    for name in ("_portal_roles", "_perm_cache", "_user_perm_cache", "_group_perm_cache"):
        user.__dict__.pop(name, None)


def has_role(user, *roles):
    """Return whether ``user`` holds one of ``roles``; a superuser holds the administrator's."""
    if user.is_superuser and user.is_active and Role.ADMINISTRATOR in roles:
        return True
    return not roles_of(user).isdisjoint(roles)


def runs_centre(user):
    """Return whether ``user`` sees every unit's registers."""
    return has_role(user, *CENTRE_ROLES)
