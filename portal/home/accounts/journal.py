"""The journal of logging in: what is written down, and in which words it is shown.

Written are the event, the account and a shortened network address; never what somebody typed,
for that is a password now and then.
"""

import ipaddress

from allauth.account import signals as account_signals
from allauth.mfa import signals as factor_signals
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as provider_signals
from django.contrib.auth.signals import user_logged_out
from django.utils.translation import gettext_lazy as _

from portal.core.addresses import client_address
from portal.core.audit import record
from portal.core.models import AuditEntry

PREFIX = "accounts."
LOGGED_IN, FAILED, LOCKED = "accounts.logged_in", "accounts.log_in_failed", "accounts.locked"
ACTIONS = {
    LOGGED_IN: _("logged in"),
    "accounts.logged_out": _("logged out"),
    FAILED: _("wrong password"),
    LOCKED: _("locked after wrong passwords"),
    "accounts.unlocked": _("unlocked"),
    "accounts.wrong_code": _("wrong code of the second factor"),
    "accounts.password_changed": _("changed the password"),
    "accounts.password_reset": _("set a new password by e-mail"),
    "accounts.factor_added": _("second factor set up"),
    "accounts.factor_removed": _("second factor removed"),
    "accounts.codes_renewed": _("recovery codes renewed"),
    "accounts.factor_reset": _("second factor reset by an administrator"),
    "accounts.address_changed": _("changed the e-mail address"),
    "accounts.linked": _("linked to the identity provider"),
    "accounts.unlinked": _("link to the identity provider removed"),
    "accounts.link_refused": _("identity without an account turned away"),
    "accounts.deactivated": _("account deactivated"),
    "accounts.reactivated": _("account reactivated"),
    "accounts.invited": _("invitation sent"),
    "accounts.invitation_resent": _("invitation sent again"),
    "accounts.invitation_revoked": _("invitation revoked"),
    "accounts.joined": _("invitation accepted"),
}
TONES = {FAILED: "warn", LOCKED: "bad", "accounts.wrong_code": "warn", LOGGED_IN: "good"}


def note(action, request, account=None, *, user=None, **data):
    """Write one line about ``account``; ``user`` is who did it, None when nobody is sure."""
    record(action, account, user=user, network=network_of(request), **data)


def entries():
    """Return the journal, newest first."""
    found = AuditEntry.objects.filter(action__startswith=PREFIX).select_related("actor")
    return found.order_by("-at", "-pk")


def network_of(request):
    """Return the network from which ``request`` comes: an office, not a desk."""
    try:
        address = ipaddress.ip_address(client_address(request))
    except ValueError:
        return ""
    bits = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))


def _on_account(action):
    """Return a receiver that writes ``action`` for the signal's ``user``, who did it."""

    def receiver(request, user=None, **_signal):
        if request is not None and user is not None and user.pk:
            note(action, request, user, user=user)

    return receiver


def _on_factor_added(request, user, authenticator, **_signal):
    if authenticator.type == Authenticator.Type.TOTP:  # recovery codes come with it
        note("accounts.factor_added", request, user, user=user)


def _on_failed_code(request, user, **_signal):
    note("accounts.wrong_code", request, user)


def _on_linked(request, sociallogin, **_signal):
    note("accounts.linked", request, sociallogin.user)


RECEIVERS = [
    (account_signals.user_logged_in, _on_account(LOGGED_IN)),
    (user_logged_out, _on_account("accounts.logged_out")),
    (account_signals.password_changed, _on_account("accounts.password_changed")),
    (account_signals.password_set, _on_account("accounts.password_changed")),
    (account_signals.password_reset, _on_account("accounts.password_reset")),
    (account_signals.email_changed, _on_account("accounts.address_changed")),
    (factor_signals.authenticator_added, _on_factor_added),
    (factor_signals.authenticator_removed, _on_account("accounts.factor_removed")),
    (factor_signals.authenticator_reset, _on_account("accounts.codes_renewed")),
    (factor_signals.authentication_failed, _on_failed_code),
    (provider_signals.social_account_added, _on_linked),
]


def listen():
    """Begin to write; the app calls it once when it starts."""
    for signal, receiver in RECEIVERS:
        signal.connect(receiver, weak=False)
