"""The answer when the system itself fails."""

import logging
import secrets

from django.http import HttpResponseServerError
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)


def server_error(request, *args, **kwargs):
    """Answer with a number to quote, and log that number."""
    incident = secrets.token_hex(4)
    logger.error("Incident %s at %s", incident, request.path)
    return HttpResponseServerError(render_to_string("500.html", {"incident": incident}))
