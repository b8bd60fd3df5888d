"""What the portal does by the clock, without anybody asking.

An app lists its periodic work in its ``schedule.py``; ``manage.py run_clock`` imports those
files and calls what is due, once a minute::

    @every(hours=1)
    def remind_units_of_due_data():
        ...

Work that takes longer than a few seconds belongs in the worker: let the function enqueue a task.
One clock runs per centre, and a function may be called again after a restart, so every function
must be harmless when called twice.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.utils.module_loading import autodiscover_modules

logger = logging.getLogger(__name__)

_jobs = {}


class JobNameTaken(ValueError):
    """Two functions would share one name in the clock's log."""


@dataclass(frozen=True)
class PeriodicJob:
    """A function and how much time passes between two calls of it."""

    name: str
    function: object
    interval: timedelta

    def is_due(self, now, last_run):
        """Tell whether the job is to be called at ``now``; a job that never ran always is."""
        return last_run is None or now - last_run >= self.interval


def every(**interval):
    """Register the decorated function to be called every ``interval`` (words of ``timedelta``)."""
    period = timedelta(**interval)
    if period < timedelta(minutes=1):
        raise ValueError("The clock ticks once a minute; a shorter interval cannot be kept.")

    def register(function):
        name = f"{function.__module__}.{function.__qualname__}"
        if name in _jobs:
            raise JobNameTaken(name)
        _jobs[name] = PeriodicJob(name, function, period)
        return function

    return register


def load_jobs():
    """Import the ``schedule.py`` of every installed app and return all jobs."""
    autodiscover_modules("schedule")
    return list(_jobs.values())


def tick(now, last_runs, jobs):
    """Call each job that is due at ``now``; write the time into ``last_runs`` by its name.

    A job that fails counts as run: it is called again after its interval, not every minute.
    """
    for job in jobs:
        if job.is_due(now, last_runs.get(job.name)):
            last_runs[job.name] = now
            run_job(job)


def run_job(job):
    """Call one job; what it raises is logged and goes no further.

    This is the one place where every exception is caught: the jobs do not know each other, and
    the fault of one must neither stop the others nor end the clock.
    """
    try:
        job.function()
    except Exception:
        logger.exception("The periodic job %s failed", job.name)
