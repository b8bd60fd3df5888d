"""The roles that come with a membership: in the group exactly while a membership says so.

Nobody is put into these groups by hand. They follow when a membership is saved or deleted, when
a person logs in, and by the clock, because days pass. The group alone opens nothing of a unit:
every right on a unit's things is asked from today's memberships (``unit_ids_of``).
"""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from portal.core.audit import record_many
from portal.core.role_groups import group_ids_of
from portal.core.roles import UNIT_ROLES, forget_roles
from portal.units.models import Membership


@transaction.atomic
def sync_unit_roles(*users, by=None, on=None):
    """Put people into the groups of unit roles, and out, as the memberships of the day say.

    With ``users`` only theirs are looked at. Return ``(added, removed)``. Repeating it changes
    nothing; the number of queries does not depend on how many people there are.
    """
    group_ids = group_ids_of(UNIT_ROLES)
    links = get_user_model().groups.through.objects.filter(group_id__in=group_ids.values())
    due = Membership.objects.current(on or timezone.localdate()).filter(role__in=group_ids)
    if users:
        links = links.filter(user__in=users)
        due = due.filter(user__in=users)
    held = {(link.user_id, link.group_id): link.pk for link in links}
    wanted = {(user, group_ids[role]) for user, role in due.values_list("user_id", "role")}
    added, removed = wanted - held.keys(), held.keys() - wanted
    if removed:
        links.model.objects.filter(pk__in=[held[link] for link in removed]).delete()
    if added:
        rows = [links.model(user_id=user, group_id=group) for user, group in sorted(added)]
        links.model.objects.bulk_create(rows, ignore_conflicts=True)
    if added or removed:
        _note(added, removed, {pk: role for role, pk in group_ids.items()}, by)
    for user in users:
        forget_roles(user)
    return len(added), len(removed)


def _note(added, removed, roles, by):
    people = get_user_model().objects.in_bulk({user for user, _group in added | removed})
    for action, links in (("units.role_given", added), ("units.role_taken", removed)):
        record_many(
            action,
            [(people[user], {"role": str(roles[group])}) for user, group in sorted(links)],
            user=by,
        )
