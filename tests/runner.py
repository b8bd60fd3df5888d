"""Runs the tests; each of several processes keeps the files of its own database apart."""

import os

from django.conf import settings
from django.test.runner import DiscoverRunner, ParallelTestSuite, _init_worker


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
