"""The ground's periodic work."""

from django.core.management import call_command

from portal.core.clock import every


@every(minutes=1)
def publish_scheduled_pages():
    """Publish and expire the pages whose time has come."""
    call_command("publish_scheduled", verbosity=0)


@every(days=1)
def forget_finished_tasks():
    """Remove the records of background tasks that ended a while ago."""
    call_command("prune_db_task_results", backend="worker", verbosity=0)
