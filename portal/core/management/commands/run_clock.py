"""Call the periodic work of all apps until asked to stop."""

import signal
import threading
import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from portal.core.clock import load_jobs, tick

TICK_SECONDS = 60


class Command(BaseCommand):
    help = "Publish scheduled pages and call the apps' periodic work every minute. Run exactly one."

    def handle(self, **options):
        stopping = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopping.set())
        run_until(stopping, load_jobs())


def run_until(stopping, jobs):
    """Tick once a minute until ``stopping`` is set; a started job is allowed to finish."""
    last_runs = {}
    while not stopping.is_set():
        started = time.monotonic()
        # A database server that was restarted since the last tick must not end the clock.
        close_old_connections()
        tick(timezone.now(), last_runs, jobs)
        close_old_connections()
        stopping.wait(max(0, TICK_SECONDS - (time.monotonic() - started)))
