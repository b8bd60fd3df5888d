"""What the log-in page asks."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def identity_provider():
    """Return name and address part of the OpenID Connect server; None where none is set."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return apps[0] if apps else None
