"""Log-in, log-out, and the answer when the system itself fails."""

import logging
import secrets

from django.contrib.auth.views import LoginView
from django.http import HttpResponseServerError
from django.template.loader import render_to_string
from django.urls import reverse

from portal.core.roles import STAFF_ROLES, has_role
from portal.home.forms import PortalLoginForm

logger = logging.getLogger(__name__)


class PortalLoginView(LoginView):
    """One log-in for readers and staff; each lands where the work is."""

    template_name = "login.html"
    authentication_form = PortalLoginForm
    redirect_authenticated_user = True

    def get_default_redirect_url(self):
        if has_role(self.request.user, *STAFF_ROLES) or self.request.user.is_superuser:
            return reverse("wagtailadmin_home")
        return "/"


def server_error(request, *args, **kwargs):
    """Answer with a number to quote, and log that number."""
    incident = secrets.token_hex(4)
    logger.error("Incident %s at %s", incident, request.path)
    return HttpResponseServerError(render_to_string("500.html", {"incident": incident}))
