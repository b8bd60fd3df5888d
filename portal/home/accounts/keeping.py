"""What administrators do to accounts: letting in again, shutting, taking a lost second factor.

Each deed ends the sessions that the account has where that is its point, and is written into the
journal. Only a superuser touches the account of a superuser.
"""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.core.roles import Role, has_role
from portal.home.accounts import journal, lockout, sessions


def may_keep(user, account=None):
    """Return whether ``user`` looks after accounts, and after this one when it is given."""
    if not has_role(user, Role.ADMINISTRATOR):
        return False
    return account is None or user.is_superuser or not account.is_superuser


def _require(request, account, *, not_own=False):
    own = account.pk == request.user.pk
    if not may_keep(request.user, account) or (not_own and own):
        raise PermissionDenied


@transaction.atomic
def reset_factor(request, account):
    """Take the second factor, so that its owner sets up a new one; tell the owner."""
    _require(request, account)
    Authenticator.objects.filter(user=account).delete()
    sessions.end_all(account)
    journal.note("accounts.factor_reset", request, account, user=request.user)
    get_adapter().send_notification_mail("portal/factor_reset", account)


def unlock(request, account):
    """Forget the wrong passwords of ``account``."""
    _require(request, account)
    lockout.unlock(request, account)
    journal.note("accounts.unlocked", request, account, user=request.user)


@transaction.atomic
def unlink(request, account):
    """Remove the link to the identity provider."""
    _require(request, account)
    SocialAccount.objects.filter(user=account).delete()
    sessions.end_all(account)
    journal.note("accounts.unlinked", request, account, user=request.user)


@transaction.atomic
def deactivate(request, account):
    """Let the person in no more, and end the sessions; nobody does that to themselves."""
    _require(request, account, not_own=True)
    account.is_active = False
    account.save(update_fields=["is_active"])
    sessions.end_all(account)
    journal.note("accounts.deactivated", request, account, user=request.user)


@transaction.atomic
def reactivate(request, account):
    """Let the person in again."""
    _require(request, account)
    account.is_active = True
    account.save(update_fields=["is_active"])
    journal.note("accounts.reactivated", request, account, user=request.user)


DEEDS = {
    "mo-khoa": unlock,
    "dat-lai-hai-lop": reset_factor,
    "bo-lien-ket": unlink,
    "ngung": deactivate,
    "mo-lai": reactivate,
}
