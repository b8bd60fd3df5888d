"""Which group stands for which role."""

from portal.core.models import RoleGroup


def group_of(role):
    """Return the group that stands for ``role``."""
    return RoleGroup.objects.select_related("group").get(role=role).group


def group_ids_of(roles):
    """Return ``{role: id of its group}`` of those ``roles`` whose group stands already."""
    rows = RoleGroup.objects.filter(role__in=roles)
    return dict(rows.values_list("role", "group_id"))
