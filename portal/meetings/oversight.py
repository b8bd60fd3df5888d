"""Who looks after all meetings and tasks, all assessments, all reports; who writes and gets them.

Here and not in ``permissions``, because the querysets of the models ask too.
"""

from django.db.models import Q

from portal.core.roles import Role, has_role, runs_centre
from portal.units.models import Membership, UnitPage
from portal.units.permissions import unit_ids_of


def oversees_meetings(user):
    """Return whether ``user`` sees every meeting and task, drafts included."""
    return runs_centre(user) or has_role(user, Role.MINUTE_TAKER, Role.AUTHORITY)


def oversees_assessments(user):
    """Return whether ``user`` sees every unit's assessment before it is published."""
    return runs_centre(user) or has_role(user, Role.AUTHORITY)


def runs_reports(user):
    """Return whether ``user`` sees every unit's reports, drafts included."""
    return runs_centre(user)


def reviews_reports(user):
    """Return whether ``user`` sees every report that was sent."""
    return has_role(user, Role.AUTHORITY)


def oversees_reports(user):
    """Return whether ``user`` sees who reports to whom, and what is late, everywhere."""
    return runs_reports(user) or reviews_reports(user)


def headed_unit_ids(user):
    """Return the ids of the units whose head ``user`` is today."""
    return (
        Membership.objects.current()
        .filter(user=user, role=Membership.Role.UNIT_HEAD)
        .values_list("unit_id", flat=True)
    )


def _managing(user, *roles):
    """Return the managing agency for the centre's people in one of ``roles``, else nothing."""
    if has_role(user, *roles):
        return Q(centre_role=UnitPage.Role.MANAGING)
    return Q(pk__in=[])


def reporting_units(user):
    """Return the units for which ``user`` writes reports; the centre's, for the centre's people."""
    centre = _managing(user, Role.IOC_OFFICER, Role.IOC_LEADER)
    return UnitPage.objects.filter(Q(pk__in=unit_ids_of(user)) | centre)


def signing_units(user):
    """Return the units whose reports ``user`` approves and sends: headed, or the centre's own."""
    headed = Q(pk__in=headed_unit_ids(user))
    if has_role(user, Role.IOC_LEADER):
        headed |= Q(pk__in=reporting_units(user).values("pk"))
    return UnitPage.objects.filter(headed)


def receiving_units(user):
    """Return the units whose incoming reports ``user`` reads; the owner's, for the authority."""
    owner = Q(pk__in=[])
    if has_role(user, Role.AUTHORITY):
        owner = Q(centre_role=UnitPage.Role.OWNER)
    return UnitPage.objects.filter(Q(pk__in=reporting_units(user).values("pk")) | owner)


def accepting_units(user):
    """Return the units in whose name ``user`` accepts reports or sends them back."""
    accepted = Q(pk__in=signing_units(user).values("pk"))
    if has_role(user, Role.AUTHORITY):
        accepted |= Q(pk__in=receiving_units(user).values("pk"))
    return UnitPage.objects.filter(accepted)
