"""Files that the portal keeps and has lost: who asks is told, and the operator by the log."""

import logging
import secrets
from contextlib import contextmanager

from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.core.full_disk import is_disk_full

logger = logging.getLogger(__name__)


class FileLost(Exception):
    """A kept file is missing or damaged; the words say which, for the log."""


@contextmanager
def lost_if_broken(path, *faults):
    """Take ``faults`` of the block, but a full disk, to say that the file ``path`` is lost."""
    try:
        yield
    except faults as fault:
        if is_disk_full(fault):
            raise
        raise FileLost(str(path)) from fault


class LostFilesMiddleware:
    """Answers in words, with the status 503, where a kept file is lost."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, FileLost):
            return None
        incident = secrets.token_hex(4)
        logger.critical("Incident %s at %s: lost file %s", incident, request.path, exception)
        sentence = _(
            "The data behind this page are missing or damaged on the server. Nothing else is "
            "touched. Quote incident number %(incident)s to the administrator."
        ) % {"incident": incident}
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": sentence}, status=503)
        return render(request, "503.html", {"sentence": sentence}, status=503)
