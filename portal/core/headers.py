"""What every answer tells the browser: what a page may load, and what it must not keep."""

from django.conf import settings
from django.urls import reverse

SELF = "'self'"
#: A page of the portal loads from the portal and runs no script that stands in it.
PUBLIC_POLICY = {
    "default-src": SELF,
    "img-src": f"{SELF} data:",
    "object-src": "'none'",
    "base-uri": SELF,
    "frame-ancestors": SELF,
}
#: Wagtail's editor still writes scripts and styles into its pages; nothing comes from elsewhere.
STAFF_POLICY = {
    **PUBLIC_POLICY,
    "script-src": f"{SELF} 'unsafe-inline'",
    "style-src": f"{SELF} 'unsafe-inline'",
    "img-src": f"{SELF} data: blob:",
}
#: A picture opened by itself draws with its own styles and does nothing else.
PICTURE_POLICY = {"default-src": "'none'", "style-src": "'unsafe-inline'", "sandbox": ""}


class AnswerHeadersMiddleware:
    """Adds the content policy, and forbids keeping what somebody with a session was given.

    A view that sets ``Content-Security-Policy`` itself, or calls its answer ``public``, knows why.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        policy = self._policy(request, response)
        if policy:
            response.headers.setdefault("Content-Security-Policy", policy)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not _is_public(response):
            response.headers["Cache-Control"] = "private, no-store"
        return response

    def _policy(self, request, response):
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if kind == "image/svg+xml":
            return written(PICTURE_POLICY)
        if kind != "text/html":
            return ""
        of_staff = request.path.startswith(reverse("wagtailadmin_home"))
        targets = " ".join([SELF, *settings.PORTAL_FORM_TARGETS])
        policy = STAFF_POLICY if of_staff else PUBLIC_POLICY
        return written({**policy, "form-action": targets})


def _is_public(response):
    return "public" in response.headers.get("Cache-Control", "")


def written(policy):
    """Return a content policy as the header says it."""
    return "; ".join(f"{name} {value}".strip() for name, value in policy.items())
