"""The periodic work of units."""

from portal.core.clock import every
from portal.units.duties.ending import rest_ended_duties
from portal.units.hand_over import end_accounts
from portal.units.unit_roles import sync_unit_roles


@every(hours=1)
def let_roles_follow_memberships():
    """Give and take the roles of memberships that began or ended since midnight."""
    sync_unit_roles()


@every(hours=1)
def end_accounts_of_people_who_left():
    """Close the accounts of those whose last day is over."""
    end_accounts()


@every(hours=1)
def let_ended_duties_rest():
    """Let series, schedules and planned reviews rest whose duty had its last day."""
    rest_ended_duties()
