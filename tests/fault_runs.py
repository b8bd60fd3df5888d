"""Starts ``tests.faults`` in the database of the tests, or in a copy of the one in memory."""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def run_faults(way, count):
    """Return what ``python -m tests.faults`` found."""
    with tempfile.TemporaryDirectory(prefix="portal-faults-") as folder:
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            "DATABASE_URL": _address(Path(folder)),
            "TMPDIR": folder,
        }
        command = [sys.executable, "-m", "tests.faults", way, str(count)]
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode:
        raise AssertionError(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def _address(folder):
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        path = folder / "faults.sqlite3"
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
        return f"sqlite:///{path}"
    login = quote(settings["USER"] or "")
    if settings["PASSWORD"]:
        login += f":{quote(settings['PASSWORD'])}"
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    host = quote(settings["HOST"] or "", safe="")
    return f"postgres://{login}{'@' if login else ''}{host}{port}/{settings['NAME']}"
