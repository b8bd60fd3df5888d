"""Logging in."""

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.home.demo.people import DEMO_PASSWORD


class PortalLoginForm(AuthenticationForm):
    """User name and password; in production the demo's password opens nothing."""

    def confirm_login_allowed(self, user):
        super().confirm_login_allowed(user)
        is_demos = self.cleaned_data.get("password") == DEMO_PASSWORD
        if is_demos and not settings.PORTAL_DEMO_ALLOWED:
            raise ValidationError(
                _(
                    "The password of the demo opens nothing here: everybody knows it. "
                    "Ask an administrator for a new one."
                ),
                code="demo_password",
            )
