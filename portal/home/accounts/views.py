"""The pages of one's own account that are the portal's, and accepting an invitation."""

import logging
from functools import wraps

import requests
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from allauth.socialaccount.adapter import get_adapter as get_provider_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import RedirectView

from portal.home.accounts import factors, invitations, journal
from portal.home.accounts.forms import AcceptForm, OwnNameForm
from portal.home.accounts.identity import WORD
from portal.home.accounts.people import roles_in_words

GONE = 410
UNAUTHORIZED = 401

logger = logging.getLogger(__name__)


def trusting_no_server(view):
    """Answer with a page where the identity provider is away or says nothing sensible."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except (requests.RequestException, KeyError):
            logger.exception("The identity provider did not answer as it should")
            return render(request, "socialaccount/authentication_error.html", status=UNAUTHORIZED)

    return guarded


@login_required
@never_cache
def overview(request):
    """Show and change what is one's own; roles and units are for reading."""
    form = OwnNameForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The name was changed."))
        return redirect("account_overview")
    if form.is_bound:
        request.user.refresh_from_db()  # the header keeps the name that is saved
    address = EmailAddress.objects.get_primary(request.user)
    context = {
        "form": form,
        "roles": roles_in_words(request.user),
        "memberships": request.user.memberships.select_related("unit"),
        "has_factor": factors.has_factor(request.user),
        "factor_is_required": factors.is_required(request.user),
        "email": request.user.email,
        "email_is_verified": bool(address and address.verified),
        "sessions": UserSession.objects.filter(user=request.user).count(),
        "identities": SocialAccount.objects.filter(user=request.user),
    }
    return render(request, "account/overview.html", context)


@never_cache
@sensitive_post_parameters("password1", "password2")
def accept_invitation(request, word):
    """Let the invited person choose user name and password, and come in."""
    try:
        invitation = invitations.invitation_of(word)
    except invitations.InvitationGone:
        return _gone(request)
    context = {
        "invitation": invitation,
        "provider": settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect"),
    }
    if request.user.is_authenticated:
        return render(request, "account/invitation_other_account.html", context)
    if "identity" in request.POST and context["provider"]:
        request.session[WORD] = word
        return _go_to_provider(request)
    suggestion = {"username": invitations.free_username(invitation.email)}
    form = AcceptForm(request.POST or None, initial=suggestion, invitation=invitation)
    if request.method == "POST" and form.is_valid():
        return _join(request, word, form.cleaned_data)
    return render(request, "account/invitation.html", {**context, "form": form})


@trusting_no_server
def _go_to_provider(request):
    provider = get_provider_adapter().get_provider(request, "openid_connect")
    return provider.redirect(request, process="login")


def _join(request, word, answers):
    try:
        account = invitations.accept(
            word, username=answers["username"], password=answers["password1"]
        )
    except invitations.InvitationGone:
        return _gone(request)
    journal.note("accounts.joined", request, account, user=account)
    record_authentication(request, account, method="password", username=account.username)
    messages.success(request, _("Welcome. Your account is ready."))
    return perform_login(request, account)


def _gone(request):
    return render(request, "account/invitation_gone.html", status=GONE)


class OurDoor(RedirectView):
    """Leads from a log-in page of Wagtail to the portal's own, where lock-out and codes are."""

    pattern_name = "account_login"
    query_string = True

    def get_redirect_url(self, *args, **kwargs):
        return super().get_redirect_url()
