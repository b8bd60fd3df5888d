"""How long a session lasts: until one has been away too long, or the working day is over."""

import time
from urllib.parse import urlsplit

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.views import redirect_to_login
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.roles import Role, has_role

STARTED, SEEN, IDLE_MINUTES = "portal_started", "portal_seen", "portal_idle_minutes"
#: A click within this many seconds of the one before is not written down.
GRAIN = 60
#: What an open window of the staff area asks by itself is not a person at work.
BY_ITSELF = ("/quan-tri/editing-sessions/", "/quan-tri/jsi18n/")


def begin(request, user, **_signal):
    """Note when the session starts and after how much idleness it ends."""
    now = int(time.time())
    is_administrator = has_role(user, Role.ADMINISTRATOR)
    name = "PORTAL_SESSION_IDLE_MINUTES"
    minutes = getattr(settings, f"{name}_ADMINISTRATOR" if is_administrator else name)
    request.session.update({STARTED: now, SEEN: now, IDLE_MINUTES: minutes})


def reason_to_end(request):
    """Return the sentence why the session of ``request`` is over; None while it goes on."""
    session, now = request.session, int(time.time())
    if SESSION_KEY not in session:
        return None
    if STARTED not in session:
        begin(request, request.user)
    minutes = session[IDLE_MINUTES]
    if now - session[SEEN] > minutes * 60:
        return ngettext(
            "You were logged out after %(minutes)d minute without activity. Please log in again.",
            "You were logged out after %(minutes)d minutes without activity. Please log in again.",
            minutes,
        ) % {"minutes": minutes}
    if now - session[STARTED] > settings.PORTAL_SESSION_HOURS * 3600:
        return _("A session lasts %(hours)d hours at most. Please log in again.") % {
            "hours": settings.PORTAL_SESSION_HOURS
        }
    if now - session[SEEN] >= GRAIN and not request.path.startswith(BY_ITSELF):
        session[SEEN] = now
    return None


def end(request, reason):
    """Log out and lead to the log-in, from there back to where the person was."""
    logout(request)
    messages.info(request, reason)
    return redirect_to_login(_way_back(request))


def _way_back(request):
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    return came_from.path if came_from.netloc == request.get_host() else "/"


def end_all(user):
    """End every session of ``user`` that the portal knows."""
    for session in UserSession.objects.filter(user=user):
        session.end()
