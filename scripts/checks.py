"""Checks that need settings of their own: ``migrations`` and ``deploy``."""

import os
import secrets
import subprocess
import sys
import tempfile

from prepare import ROOT


def manage(*arguments, **variables):
    """Run ``manage.py`` away from the data of this folder; return its exit code."""
    with tempfile.TemporaryDirectory(prefix="portal-check-") as scratch:
        env = dict(os.environ, PORTAL_VAR_DIR=scratch, **variables)
        env.pop("DATABASE_URL", None)
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=env).returncode


def check_migrations():
    """Fail when a model differs from what its migrations make."""
    return manage(
        *("makemigrations", "--check", "--dry-run"),
        DJANGO_SETTINGS_MODULE="portal.settings.test",
    )


def check_deploy():
    """Fail on any warning that Django, Wagtail or the portal has about the production settings."""
    return manage(
        *("check", "--deploy", "--fail-level", "WARNING"),
        DJANGO_SETTINGS_MODULE="portal.settings.production",
        SECRET_KEY=secrets.token_urlsafe(64),
        ALLOWED_HOSTS="portal.example.vn",
        PORTAL_SITE_URL="https://portal.example.vn",
    )


CHECKS = {"migrations": check_migrations, "deploy": check_deploy}

if __name__ == "__main__":
    sys.exit(CHECKS[sys.argv[1]]())
