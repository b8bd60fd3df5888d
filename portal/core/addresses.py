"""From where a request comes: one answer for the lockout, the journal and the tokens."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied


def client_address(request):
    """Return the address of who asks, or an empty text where nobody can tell.

    Behind a proxy it is the one that the last trusted proxy names; how many are trusted is
    ``ALLAUTH_TRUSTED_PROXY_COUNT``, by which logging in counts attempts as well.
    """
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:
        return ""
