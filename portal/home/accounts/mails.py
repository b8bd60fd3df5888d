"""Letters about accounts, and whose name they carry."""

import logging
import secrets

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from wagtail.models import Site

from portal.home.models import CentreSettings

logger = logging.getLogger(__name__)
#: Backends that write letters down instead of sending them.
SENDS_NOTHING = ("console", "dummy", "filebased")


def centre_name():
    """Return the short name of the centre, for subjects and apps that show codes."""
    site = Site.objects.filter(is_default_site=True).first()
    centre = CentreSettings.for_site(site) if site else None
    return (centre and (centre.short_name or centre.name)) or _("Operations centre portal")


def changes():
    """Return what each of allauth's notifications says happened."""
    return {
        "account/email/password_changed": _("The password was changed."),
        "account/email/password_set": _("A password was set."),
        "account/email/password_reset": _("A new password was set with a link from an e-mail."),
        "account/email/email_changed": _("The e-mail address was changed."),
        "mfa/email/totp_activated": _("Two-step log-in was switched on."),
        "mfa/email/totp_deactivated": _("Two-step log-in was switched off."),
        "mfa/email/recovery_codes_generated": _("New recovery codes were made."),
        "socialaccount/email/account_connected": _(
            "The account was linked to the identity provider."
        ),
        "portal/factor_reset": _("An administrator reset two-step log-in."),
    }


def send_invitation(invitation, link):
    """Send the letter; return whether it went out. What was not sent is handed over by hand."""
    if any(name in settings.EMAIL_BACKEND for name in SENDS_NOTHING):
        _send(invitation, link)
        return False
    try:
        _send(invitation, link)
    except OSError:
        incident = secrets.token_hex(4)
        logger.exception("Incident %s: invitation %s was not sent", incident, invitation.pk)
        return False
    return True


def _send(invitation, link):
    context = {"invitation": invitation, "link": link, "centre": centre_name()}
    body = render_to_string("account/email/invitation_message.txt", context)
    subject = _("[%(centre)s] Invitation to the portal") % {"centre": centre_name()}
    EmailMessage(subject, body.strip(), settings.DEFAULT_FROM_EMAIL, [invitation.email]).send()
