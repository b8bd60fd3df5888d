"""What tests of logging in share."""

import base64
import hashlib
import hmac
import struct
import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import TestCase
from django.urls import reverse

from portal.core.models import AuditEntry
from tests.factories import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class AccountCase(TestCase):
    """Begins without wrong passwords counted."""

    def setUp(self):
        cache.clear()
        self.addCleanup(cache.clear)

    def log_in(self, login, password=PASSWORD, client=None, **headers):
        """Send the log-in form."""
        return (client or self.client).post(
            reverse("account_login"), {"login": login, "password": password}, **headers
        )

    def assert_logged_in(self, client=None):
        self.assertIn("_auth_user_id", (client or self.client).session)

    def assert_logged_out(self, client=None):
        self.assertNotIn("_auth_user_id", (client or self.client).session)

    def actions(self):
        """Return what the journal holds, oldest first."""
        found = AuditEntry.objects.filter(action__startswith="accounts.")
        return list(found.order_by("pk").values_list("action", flat=True))

    def confirm_password(self, password=PASSWORD):
        """Enter the password once more, as before whatever touches safety."""
        self.client.post(reverse("account_reauthenticate"), {"password": password})


def give_factor(user, secret=SECRET):
    """Set up the second factor of ``user``; return the recovery codes."""
    TOTP.activate(user, secret)
    return RecoveryCodes.activate(user).get_unused_codes()


def code_now(secret=SECRET):
    """Return what an authenticator app shows now (RFC 6238)."""
    key = base64.b32decode(secret)
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


def link_in(body):
    """Return the link that a letter holds."""
    return next(line for line in body.splitlines() if line.startswith("http"))
