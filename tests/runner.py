"""Runs the tests; each of several processes keeps the files of its own database apart.

What may ask no database at all would give the same answer beside each: it runs beside SQLite.
SQLite begins with the database that an earlier run migrated, as long as the migrations and the
packages are the same.
"""

import hashlib
import os
import sqlite3
from contextlib import closing
from unittest.loader import _FailedTest

from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.test.runner import DiscoverRunner, ParallelTestSuite, _init_worker, iter_test_cases

from tests.source_tree import ROOT, migration_files, relative

MIGRATED = ROOT / "var" / "test-databases"


def init_worker(*args, **kwargs):
    """Start a process as Django does, with a folder of its own.

    Receipt numbers begin anew in each database, and the folders of tables are named by them.
    """
    _init_worker(*args, **kwargs)
    settings.PORTAL_DATA_ROOT = settings.PORTAL_DATA_ROOT / f"process-{os.getpid()}"


class Suite(ParallelTestSuite):
    init_worker = init_worker


class Runner(DiscoverRunner):
    parallel_test_suite = Suite

    def setup_databases(self, **kwargs):
        name = connection.creation._get_test_db_name() if connection.vendor == "sqlite" else ""
        if not name or not connection.creation.is_in_memory_db(name):
            return super().setup_databases(**kwargs)
        kept = MIGRATED / f"{_state_of_migrations()}.sqlite3"
        with closing(sqlite3.connect(name, uri=True)) as memory:
            if kept.exists():
                with closing(sqlite3.connect(kept)) as file:
                    file.backup(memory)
            made = super().setup_databases(**kwargs)
            if not kept.exists():
                _keep(memory, kept)
        return made

    def load_tests_for_label(self, *args):
        """Leave out, beside other databases than SQLite, what asks none."""
        tests = super().load_tests_for_label(*args)
        if connection.vendor == "sqlite":
            return tests
        return self.test_suite(filter(_may_ask, iter_test_cases(tests)))


def _state_of_migrations():
    """Return a hash of all that decides what the migrations make of an empty database."""
    digest = hashlib.sha256()
    for path in (ROOT / "requirements.txt", *migration_files()):
        digest.update(f"{relative(path)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _keep(memory, kept):
    """Keep the migrated database for later runs, and no other."""
    MIGRATED.mkdir(parents=True, exist_ok=True)
    for old in MIGRATED.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    draft = kept.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(draft)) as file:
        memory.backup(file)
    draft.replace(kept)


def _may_ask(test):
    """Tell whether a test may ask the database; what could not be loaded is to be seen as well."""
    return isinstance(test, TransactionTestCase | _FailedTest)
