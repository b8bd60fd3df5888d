"""The ground's periodic work."""

from django.core.management import call_command
from django_tasks import task_backends
from django_tasks_db import DatabaseBackend

from portal.core.clock import every
from portal.core.documents import fail_lost_documents, forget_unused_documents
from portal.core.jobs import fail_dead_jobs
from portal.core.ledgers import seal_ledgers


@every(minutes=1)
def publish_scheduled_pages():
    """Publish and expire the pages whose time has come."""
    call_command("publish_scheduled", verbosity=0)


@every(minutes=5)
def watch_over_jobs():
    """Fail the jobs and the documents whose worker is gone."""
    fail_dead_jobs()
    fail_lost_documents()


@every(days=1)
def forget_documents():
    """Remove the rendered documents that nobody has asked for in a long time."""
    forget_unused_documents()


@every(days=1)
def forget_finished_tasks():
    """Remove the queue's records of tasks that ended a while ago; jobs keep their own."""
    if isinstance(task_backends["worker"], DatabaseBackend):
        call_command(
            "prune_db_task_results", "--backend", "worker", "--queue-name", "*", verbosity=0
        )


@every(hours=1)
def seal_what_was_added():
    """Hash what the ledgers held an hour ago, so that a change of it shows."""
    seal_ledgers()
