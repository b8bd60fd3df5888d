"""Without Redis what is remembered lies in files, and every process sees the same."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.core.cache import cache
from django.test import SimpleTestCase, override_settings

from portal.core.management.commands.prepare import Command
from portal.settings.base import BASE_DIR

REMEMBER = "import django; django.setup(); from django.core.cache import cache; cache.set('a', 1)"


class KeptInFilesTests(SimpleTestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        files = "django.core.cache.backends.filebased.FileBasedCache"
        settings = {"default": {"BACKEND": files, "LOCATION": str(self.folder / "cache")}}
        here = override_settings(CACHES=settings)
        here.enable()
        self.addCleanup(here.disable)

    def test_another_process_remembers_the_same(self):
        """A second web process, or the worker, must not show what this one has made untrue."""
        env = {key: value for key, value in os.environ.items() if key != "REDIS_URL"}
        env |= {"PORTAL_VAR_DIR": str(self.folder), "DJANGO_SETTINGS_MODULE": "portal.settings.dev"}
        self.assertIsNone(cache.get("a"))
        subprocess.run([sys.executable, "-c", REMEMBER], cwd=BASE_DIR, env=env, check=True)
        self.assertEqual(cache.get("a"), 1)

    def test_a_new_database_remembers_nothing(self):
        """Who removes the database and starts again is not shown pages of the one before."""
        cache.set("a", 1)
        Command().forget_what_is_kept_in_files()
        self.assertIsNone(cache.get("a"))
