"""The answer when the system itself fails."""

import logging
import secrets

from django.http import HttpResponseServerError
from django.template.loader import render_to_string
from django.utils.translation import gettext

logger = logging.getLogger(__name__)


def server_error(request, *args, **kwargs):
    """Answer with a number to quote, and log that number."""
    incident = secrets.token_hex(4)
    logger.error("Incident %s at %s", incident, request.path)
    try:
        return HttpResponseServerError(render_to_string("500.html", {"incident": incident}))
    except ValueError:  # the static files were not collected: then no page has its form
        logger.exception("Incident %s: its page cannot be written", incident)
        sentence = gettext("The system has failed. Quote incident number %(incident)s.")
        return HttpResponseServerError(
            sentence % {"incident": incident}, content_type="text/plain; charset=utf-8"
        )
