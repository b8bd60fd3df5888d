"""The settings as a server meets them: each case is a process of its own."""

import json
import os
import subprocess
import sys
import tempfile

from django.test import SimpleTestCase

from tests.source_tree import ROOT

SERVER = {
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "portal.example.vn",
    "PORTAL_SITE_URL": "https://portal.example.vn",
}
START = "import django; django.setup(); print('started')"
HEADERS = """
import json
import django
django.setup()
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.module_loading import import_string
respond = lambda request: HttpResponse()
django_s = [name for name in settings.MIDDLEWARE if name.startswith("django.middleware")]
for name in reversed(django_s):
    respond = import_string(name)(respond)
factory = RequestFactory(headers={"host": settings.ALLOWED_HOSTS[0]})
plain, secure = respond(factory.get("/a")), respond(factory.get("/a", secure=True))
print(json.dumps({
    "status": plain.status_code, "location": plain.headers.get("Location"),
    "headers": dict(secure.headers),
    "cookies": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE],
}))
"""
WRITERS = """
import json, sqlite3
import django
django.setup()
from django.db import connection, transaction
with connection.cursor() as cursor:
    mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
    cursor.execute("CREATE TABLE rooms (name text)")
    with transaction.atomic():
        other = sqlite3.connect(connection.settings_dict["NAME"], timeout=0, isolation_level=None)
        other.execute("SELECT * FROM rooms").fetchall()
        try:
            other.execute("BEGIN IMMEDIATE")
            second_writer = "let in"
        except sqlite3.OperationalError as error:
            second_writer = str(error)
print(json.dumps({"mode": mode, "second_writer": second_writer}))
"""


def run(code, settings, **variables):
    """Run ``code`` in a new process with only these variables of the portal set."""
    with tempfile.TemporaryDirectory() as folder:
        env = {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": f"portal.settings.{settings}",
            "PORTAL_VAR_DIR": folder,
            **variables,
        }
        return subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code],
            cwd=ROOT, env=env, capture_output=True, text=True,
        )  # fmt: skip


class ProductionRefusesTests(SimpleTestCase):
    def assert_refused(self, name, **variables):
        result = run(START, "production", **{**SERVER, **variables})

        self.assertNotEqual(result.returncode, 0)
        self.assertIn("ImproperlyConfigured", result.stderr)
        self.assertIn(name, result.stderr.strip().splitlines()[-1])

    def test_a_missing_secret(self):
        self.assert_refused("SECRET_KEY", SECRET_KEY="")

    def test_a_short_secret(self):
        self.assert_refused("SECRET_KEY", SECRET_KEY="k" * 49)

    def test_missing_hosts(self):
        self.assert_refused("ALLOWED_HOSTS", ALLOWED_HOSTS="")

    def test_any_host(self):
        self.assert_refused("ALLOWED_HOSTS", ALLOWED_HOSTS="portal.example.vn,*")

    def test_an_address_that_nobody_else_reaches(self):
        self.assert_refused("PORTAL_SITE_URL", PORTAL_SITE_URL="http://localhost:8000")

    def test_debug_pages(self):
        self.assert_refused("DEBUG", DEBUG="1")


class ProductionTests(SimpleTestCase):
    def run_production(self, code):
        result = run(code, "production", **SERVER)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    def test_starts_with_a_secret_and_named_hosts(self):
        self.assertEqual(self.run_production(START).strip(), "started")

    def test_sends_everyone_to_https_with_the_security_headers(self):
        answer = json.loads(self.run_production(HEADERS))

        self.assertEqual(
            (answer["status"], answer["location"]), (301, "https://portal.example.vn/a")
        )
        self.assertEqual(answer["cookies"], [True, True])
        headers = answer["headers"]
        self.assertIn("max-age=31536000", headers["Strict-Transport-Security"])
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(headers["X-Frame-Options"], "SAMEORIGIN")
        self.assertEqual(headers["Referrer-Policy"], "same-origin")
        self.assertEqual(headers["Cross-Origin-Opener-Policy"], "same-origin")


class SQLiteTests(SimpleTestCase):
    def test_readers_go_on_while_one_writer_holds_the_file_from_the_start(self):
        result = run(WRITERS, "dev")

        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(
            json.loads(result.stdout), {"mode": "wal", "second_writer": "database is locked"}
        )
