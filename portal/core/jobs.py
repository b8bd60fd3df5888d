"""Long work: queued after commit, shown step by step, watched over.

A job function takes the ``Job`` and must be idempotent: the watchdog may fail a job whose
worker died, and a person may start it again.
"""

import logging
import secrets
from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from portal.core.models.job import Job

logger = logging.getLogger(__name__)


class JobCancelled(Exception):
    """Somebody cancelled the job while it ran."""


class JobRefused(Exception):
    """The work cannot be done; ``str()`` is a sentence for the person who asked."""


_functions: dict[str, Callable] = {}
_at_once = ContextVar("jobs_at_once", default=False)


@contextmanager
def at_once():
    """Do the jobs enqueued inside in this process, as soon as their transaction commits.

    For commands that build many things in order and have no worker to wait for.
    """
    token = _at_once.set(True)
    try:
        yield
    finally:
        _at_once.reset(token)


def job(kind):
    """Register the decorated function as the work of jobs of this ``kind``."""

    def register(function):
        _functions[kind] = function
        return function

    return register


def enqueue(kind, subject, *, user=None):
    """Create a job about ``subject`` and hand it to the worker when the transaction commits."""
    new = Job.objects.create(kind=kind, subject=subject, requested_by=user)
    hand_over = run_job.call if _at_once.get() else run_job.enqueue
    transaction.on_commit(lambda: hand_over(new.pk))
    return new


def report_progress(running, step, percent):
    """Write down where the work is; raise ``JobCancelled`` when somebody has cancelled it.

    Call it outside the transaction that writes the result, or nobody sees it.
    """
    updated = Job.objects.filter(pk=running.pk, status=Job.Status.RUNNING).update(
        step=step, percent=percent, heartbeat_at=timezone.now()
    )
    if not updated:
        raise JobCancelled
    running.step, running.percent = step, percent


def cancel(running):
    """Ask an unfinished job to stop; it does at its next step."""
    return bool(
        Job.objects.unfinished()
        .filter(pk=running.pk)
        .update(status=Job.Status.CANCELLED, finished_at=timezone.now())
    )


@task(backend="worker")
def run_job(pk):
    """Do the work of one queued job; a job that is not queued any more is left alone."""
    now = timezone.now()
    claimed = Job.objects.filter(pk=pk, status=Job.Status.QUEUED).update(
        status=Job.Status.RUNNING, heartbeat_at=now
    )
    if not claimed:
        return
    running = Job.objects.get(pk=pk)
    try:
        _functions[running.kind](running)
    except JobCancelled:
        return
    except JobRefused as refusal:
        _finish(running, Job.Status.FAILED, error=str(refusal))
    except Exception:
        incident = secrets.token_hex(4)
        logger.exception("Job %s (%s) failed, incident %s", pk, running.kind, incident)
        _finish(
            running,
            Job.Status.FAILED,
            error=_("The system could not finish this. Please quote incident number %(incident)s.")
            % {"incident": incident},
            incident=incident,
        )
    else:
        _finish(running, Job.Status.DONE, percent=100)


def _finish(running, status, **changes):
    Job.objects.filter(pk=running.pk, status=Job.Status.RUNNING).update(
        status=status, finished_at=timezone.now(), **changes
    )
    running.refresh_from_db()


def fail_dead_jobs(now=None):
    """Fail the jobs whose worker gave no sign of life for too long; return how many."""
    limit = (now or timezone.now()) - timedelta(minutes=settings.PORTAL_JOB_TIMEOUT_MINUTES)
    return Job.objects.filter(status=Job.Status.RUNNING, heartbeat_at__lt=limit).update(
        status=Job.Status.FAILED,
        finished_at=now or timezone.now(),
        error=_("The worker stopped before it finished. Please start again."),
    )
