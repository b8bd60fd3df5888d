"""Runs the tests; each of several processes keeps the files of its own database apart.

What may ask no database at all would give the same answer beside each: it runs beside SQLite.
"""

import os
from unittest.loader import _FailedTest

from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.test.runner import DiscoverRunner, ParallelTestSuite, _init_worker, iter_test_cases


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

    def load_tests_for_label(self, *args):
        """Leave out, beside other databases than SQLite, what asks none."""
        tests = super().load_tests_for_label(*args)
        if connection.vendor == "sqlite":
            return tests
        return self.test_suite(filter(_may_ask, iter_test_cases(tests)))


def _may_ask(test):
    """Tell whether a test may ask the database; what could not be loaded is to be seen as well."""
    return isinstance(test, TransactionTestCase | _FailedTest)
