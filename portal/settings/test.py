"""Settings of the tests: tasks run at once, files go to a folder of their own."""

import tempfile
from pathlib import Path

from portal.settings.base import *

SECRET_KEY = "tests-only-not-a-secret"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []},
    "worker": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []},
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
_scratch = Path(tempfile.mkdtemp(prefix="portal-tests-"))
MEDIA_ROOT = _scratch / "media"
PORTAL_DATA_ROOT = _scratch / "data"
TEST_RUNNER = "tests.runner.Runner"
if environment.REDIS_URL:
    CACHES["default"]["BACKEND"] = "tests.redis_cache.RedisCacheOfOneProcess"
else:
    # What one test remembers must not reach another that runs beside it.
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "CRITICAL"}}
