"""The one place where the process environment is read.

Every other settings module imports names from here. A value that is missing gets the
default of a single machine: SQLite, files on disk, an in-process cache.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.Env()

#: Where the running portal keeps what it writes: database, uploads, versions, static files.
VAR_DIR = Path(env.str("PORTAL_VAR_DIR", default=str(BASE_DIR / "var")))

SECRET_KEY = env.str("SECRET_KEY", default="")
#: Keys of before: what they signed or closed is still accepted.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
#: Never obeyed, only refused: a server with Django's debug pages shows its inside to everybody.
DEBUG_WANTED = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DATABASE_URL = env.str("DATABASE_URL", default="")
REDIS_URL = env.str("REDIS_URL", default="")
SITE_URL = env.str("PORTAL_SITE_URL", default="http://localhost:8000")
EMAIL_URL = env.str("EMAIL_URL", default="")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")
SECURE_PROXY = env.bool("PORTAL_BEHIND_TLS_PROXY", default=False)
#: Origins to which a form of the portal may lead: the page of an outside log-in.
FORM_TARGETS = env.list("PORTAL_FORM_TARGETS", default=[])
if not FORM_TARGETS and env.str("PORTAL_OIDC_SERVER_URL", default=""):
    FORM_TARGETS = ["{0.scheme}://{0.netloc}".format(urlsplit(env.str("PORTAL_OIDC_SERVER_URL")))]
#: Networks and hosts, beside everybody's, from which files may be fetched.
FETCH_ALLOWED = env.list("PORTAL_FETCH_ALLOWED", default=[])
#: A file that ``manage.py test --keepdb`` may keep, instead of a database in memory.
TEST_DATABASE = env.str("PORTAL_TEST_DATABASE", default="")
LOG_LEVEL = env.str("PORTAL_LOG_LEVEL", default="INFO")
#: Wrong passwords that an account takes before it is locked, and for how many minutes.
LOGIN_ATTEMPTS = env.int("PORTAL_LOGIN_ATTEMPTS", default=5)
LOCK_MINUTES = env.int("PORTAL_LOCK_MINUTES", default=15)
#: Minutes without a click after which one has to log in again; administrators sooner.
SESSION_IDLE_MINUTES = env.int("PORTAL_SESSION_IDLE_MINUTES", default=120)
SESSION_IDLE_MINUTES_ADMINISTRATOR = env.int(
    "PORTAL_SESSION_IDLE_MINUTES_ADMINISTRATOR", default=60
)
SESSION_HOURS = env.int("PORTAL_SESSION_HOURS", default=12)
INVITATION_DAYS = env.int("PORTAL_INVITATION_DAYS", default=7)
#: Roles whose people cannot work without a second factor, such as administrator,ioc_leader.
MFA_REQUIRED_ROLES = env.list("PORTAL_MFA_REQUIRED_ROLES", default=[])
OIDC_SERVER_URL = env.str("PORTAL_OIDC_SERVER_URL", default="")
OIDC_CLIENT_ID = env.str("PORTAL_OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.str("PORTAL_OIDC_CLIENT_SECRET", default="")
OIDC_NAME = env.str("PORTAL_OIDC_NAME", default="")


def database(default_name="portal.sqlite3"):
    """Return Django's ``DATABASES["default"]`` for ``DATABASE_URL``, or SQLite in WAL."""
    if DATABASE_URL:
        config = env.db_url_config(DATABASE_URL)
    else:
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        config = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(VAR_DIR / default_name)}
        if TEST_DATABASE:
            config["TEST"] = {"NAME": TEST_DATABASE}
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    else:
        config["CONN_HEALTH_CHECKS"] = True
    config["CONN_MAX_AGE"] = 60  # of SQLite too: Django teaches each connection fifty functions
    return config


def caches():
    """Return Django's ``CACHES``: Redis when ``REDIS_URL`` is set, files if not.

    Both are shared by all processes, so that none shows what another has made untrue.
    """
    if REDIS_URL:
        backend = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    else:
        backend = {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(VAR_DIR / "cache"),
            "OPTIONS": {"MAX_ENTRIES": 5000},
        }
    return {"default": backend}


def identity_providers():
    """Return allauth's ``SOCIALACCOUNT_PROVIDERS``: the OpenID Connect server, where one is set."""
    if not OIDC_SERVER_URL:
        return {}
    server = {"server_url": OIDC_SERVER_URL, "oauth_pkce_enabled": True}
    app = {
        "provider_id": "sso",
        "name": OIDC_NAME or "OpenID Connect",
        "client_id": OIDC_CLIENT_ID,
        "secret": OIDC_CLIENT_SECRET,
        "settings": server,
    }
    return {"openid_connect": {"APPS": [app]}}
