"""What is asked of every request of somebody who is logged in; the anonymous cost no query."""

from django.conf import settings

from portal.home.accounts import factors, sessions


def session_limits(get_response):
    """End sessions that were idle too long."""

    def middleware(request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            reason = sessions.reason_to_end(request)
            if reason:
                return sessions.end(request, reason)
        return get_response(request)

    return middleware


def second_factor(get_response):
    """Let those whose role needs a second factor set it up before anything else."""

    def middleware(request):
        concerned = settings.PORTAL_MFA_REQUIRED_ROLES and (
            settings.SESSION_COOKIE_NAME in request.COOKIES
        )
        if concerned and factors.is_missing(request):
            return factors.lead_to_set_up(request)
        return get_response(request)

    return middleware
