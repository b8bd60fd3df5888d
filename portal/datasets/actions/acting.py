"""In whose name a person acts on a dataset."""

from portal.core.roles import Role, roles_of
from portal.units.models import Membership
from portal.units.permissions import unit_ids_of


def acting_as(user, dataset):
    """Return in whose name ``user`` acts on ``dataset``: a unit, or a role of the centre."""
    mine = unit_ids_of(user)
    if dataset.owner_unit_id in mine:
        return dataset.owner_unit.title[:64]
    own = Membership.objects.current().filter(user=user).select_related("unit").first()
    if own:
        return own.unit.title[:64]
    roles = [role for role in Role if role in roles_of(user)]
    return str(roles[0].label)[:64] if roles else ""
