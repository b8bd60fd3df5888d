"""What the portal answers to django-allauth's questions."""

import logging
import secrets

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.roles import STAFF_ROLES, has_role
from portal.home.accounts import factors, identity, journal, lockout, secrecy
from portal.home.accounts.mails import centre_name, changes
from portal.home.accounts.people import account_named
from portal.units.people import name_of

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Log-in, passwords and letters."""

    def is_open_for_signup(self, request):
        return False  # accounts come by invitation

    def get_login_redirect_url(self, request):
        if has_role(request.user, *STAFF_ROLES) or request.user.is_superuser:
            return reverse("wagtailadmin_home")
        return "/"

    def get_logout_redirect_url(self, request):
        return "/"

    def get_password_change_redirect_url(self, request):
        return reverse("account_overview")

    def get_email_verification_redirect_url(self, email_address):
        known = self.request.user.is_authenticated
        return reverse("account_overview" if known else "account_login")

    # --- Lock-out -----------------------------------------------------------------------------

    def _get_login_attempts_cache_key(self, request, **credentials):
        return lockout.key_for(credentials.get("username") or credentials.get("email") or "")

    def pre_authenticate(self, request, **credentials):
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as refusal:
            seconds = lockout.seconds_to_wait(request, self._key(request, credentials))
            raise ValidationError(lockout.wait_in_words(seconds), code=refusal.code) from None

    def authentication_failed(self, request, **credentials):
        account = account_named(credentials.get("username") or credentials.get("email") or "")
        journal.note(journal.FAILED, request, account)
        if lockout.seconds_to_wait(request, self._key(request, credentials)):
            journal.note(journal.LOCKED, request, account)

    def _key(self, request, credentials):
        return self._get_login_attempts_cache_key(request, **credentials)

    def validation_error(self, code, *args):
        sentence = _refusals().get(code)
        return (
            ValidationError(sentence, code=code)
            if sentence
            else super().validation_error(code, *args)
        )

    def clean_username(self, username, shallow=False):
        if "@" in username:
            raise ValidationError(
                _("A user name has no @: it could be taken for somebody's address."), code="invalid"
            )
        return super().clean_username(username, shallow)

    # --- Letters ------------------------------------------------------------------------------

    def format_email_subject(self, subject):
        return f"[{centre_name()}] {subject}"

    def send_mail(self, template_prefix, email, context):
        try:
            super().send_mail(template_prefix, email, {"centre": centre_name(), **context})
        except OSError:
            incident = secrets.token_hex(4)
            logger.exception("Incident %s: a letter could not be sent", incident)
            sentence = _(
                "The e-mail could not be sent just now. Please try again later; if it happens "
                "again, quote incident number %(incident)s."
            )
            messages.error(self.request, sentence % {"incident": incident})
            raise ImmediateHttpResponse(redirect(self.request.path)) from None

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Tell the owner what changed; that the letter cannot be sent undoes nothing."""
        what, address = changes().get(template_prefix), email or user.email
        if not what or not address:
            return
        letter = {"what": what, "user": user, "centre": centre_name(), "name": name_of(user)}
        body = render_to_string("account/email/notification_message.txt", letter)
        subject = self.format_email_subject(_("Your account was changed"))
        try:
            EmailMessage(subject, body.strip(), self.get_from_email(), [address]).send()
        except OSError:
            logger.exception("The letter on “%s” for account %s was not sent", what, user.pk)


def _refusals():
    """Return what is said better here than by allauth."""
    wrong = _("User name, e-mail address or password is wrong. Please check both fields.")
    return {
        "username_password_mismatch": wrong,
        "email_password_mismatch": wrong,
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your present password."),
        "too_many_login_attempts": _(
            "Too many failed attempts. Please wait a quarter of an hour, or ask an administrator."
        ),
    }


class SecondFactorAdapter(DefaultMFAAdapter):
    """One-time codes: stored encrypted, kept by those whose role needs them."""

    def get_totp_label(self, user):
        return user.get_username()

    def get_totp_issuer(self):
        return centre_name()

    def build_totp_svg(self, url):
        """Return the drawing as part of a page: without the head of a file of its own."""
        drawing = super().build_totp_svg(url)
        return drawing[drawing.index("<svg") :]

    def encrypt(self, text):
        return secrecy.encrypt(text)

    def decrypt(self, encrypted_text):
        return secrecy.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator):
        return not factors.is_required(authenticator.user)

    def validation_error(self, code, *args):
        sentence = {
            "incorrect_code": _("This code is wrong or too old. Please enter the newest one."),
            "cannot_delete_authenticator": _("Your role works with two-step log-in only."),
        }.get(code)
        return (
            ValidationError(sentence, code=code)
            if sentence
            else super().validation_error(code, *args)
        )


class IdentityProviderAdapter(DefaultSocialAccountAdapter):
    """Log-in by the identity provider: for accounts that exist, and for the invited."""

    def pre_social_login(self, request, sociallogin):
        if sociallogin.state.get("process") == "connect":
            raise PermissionDenied  # links come by the confirmed address only
        if not sociallogin.is_existing:
            identity.find_account(request, sociallogin)

    def is_open_for_signup(self, request, sociallogin):
        return False

    def on_authentication_error(self, request, provider, error=None, exception=None, **_more):
        if exception is not None:
            logger.error("Identity provider: %s", exception)
