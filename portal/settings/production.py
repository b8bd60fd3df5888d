"""Settings of a centre's own server. Starts only with a secret, named hosts and its own address."""

from django.core.exceptions import ImproperlyConfigured

from portal.settings.base import *

if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(
        "Set SECRET_KEY to a random text of at least 50 characters (docs/operations.md shows how)."
    )
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the names under which the portal is reached.")
if not environment.SITE_URL.startswith("https://"):
    raise ImproperlyConfigured(
        "Set PORTAL_SITE_URL to the portal's address, https://…: e-mails and documents lead there."
    )
if environment.DEBUG_WANTED:
    raise ImproperlyConfigured("DEBUG shows the inside of the system to everybody: unset it.")

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
if environment.SECURE_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
if environment.EMAIL_URL:
    vars().update(environment.env.email_url_config(environment.EMAIL_URL))

PORTAL_DEMO_ALLOWED = False
