"""The second factor: who has to have one, and taking it from those who lost it."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from portal.core.roles import has_role

PROVEN = "portal_second_factor"
#: Where somebody without a second factor may go until there is one.
ON_THE_WAY = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
}


def is_required(user):
    """Return whether ``user`` holds a role that needs a second factor."""
    roles = settings.PORTAL_MFA_REQUIRED_ROLES
    return bool(roles) and user.is_authenticated and has_role(user, *roles)


def is_missing(request):
    """Return whether whoever asks has to set up a second factor first.

    A session in which one was found is not asked again; resetting it ends the session.
    """
    if request.session.get(PROVEN) or not is_required(request.user):
        return False
    if is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
        request.session[PROVEN] = True
        return False
    return not _is_on_the_way(request)


def _is_on_the_way(request):
    try:
        return resolve(request.path_info).url_name in ON_THE_WAY
    except Resolver404:
        return False


def lead_to_set_up(request):
    """Say why and lead to setting up a second factor."""
    messages.warning(request, _("Your role works with two-step log-in only. Please set it up now."))
    return redirect("mfa_activate_totp")


def has_factor(user):
    """Return whether ``user`` logs in with a second factor."""
    return is_mfa_enabled(user, [Authenticator.Type.TOTP])
