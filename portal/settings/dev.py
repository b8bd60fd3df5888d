"""Settings of ``make run``: one machine, demo data, no secrets worth keeping."""

from portal.settings.base import *

SECRET_KEY = SECRET_KEY or "demo-only-not-a-secret"
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
