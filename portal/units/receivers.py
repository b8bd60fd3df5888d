"""What units do when something happens elsewhere: roles follow memberships."""

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, post_save
from simple_history.models import HistoricalRecords

from portal.units.models import Membership
from portal.units.unit_roles import sync_unit_roles


def connect():
    """Let the groups of unit roles follow every saved membership and every log-in."""
    post_save.connect(_follow_membership, sender=Membership, dispatch_uid="unit_roles_saved")
    post_delete.connect(_follow_membership, sender=Membership, dispatch_uid="unit_roles_deleted")
    user_logged_in.connect(_follow_log_in, dispatch_uid="unit_roles_log_in")


def _follow_membership(instance, raw=False, **_signal):
    if not raw:
        sync_unit_roles(instance.user, by=_who_does_it(instance))


def _follow_log_in(user, **_signal):
    sync_unit_roles(user)


def _who_does_it(instance):
    """Return who changes the membership, as its history will say."""
    request = getattr(HistoricalRecords.context, "request", None)
    return getattr(instance, "_history_user", None) or getattr(request, "user", None)
