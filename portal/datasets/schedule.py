"""What datasets do by the clock."""

from portal.core.clock import every
from portal.datasets.actions.copying import copy_missing
from portal.datasets.actions.fetching import close_lost_fetches, fetch_due_sources
from portal.datasets.actions.trials import forget_trials
from portal.datasets.definitions.waiting_samples import forget_samples
from portal.datasets.reminders import remind_of_due_data
from portal.datasets.rows.tidying import forget_copies


@every(days=1)
def forget_old_trials():
    """Delete the files that were only checked, after some days."""
    forget_trials()


@every(hours=1)
def remind_units_of_due_data():
    """Write to those who send for units: before a due day, on it, and weekly when overdue."""
    remind_of_due_data()


@every(minutes=5)
def fetch_from_sources():
    """Have the worker fetch what is due, and end the fetches whose worker is gone."""
    close_lost_fetches()
    fetch_due_sources()


@every(hours=1)
def forget_unanswered_samples():
    """Delete the samples of definitions whose questions nobody answered."""
    forget_samples()


@every(hours=1)
def copy_what_readers_see():
    """Have the copies of large tables made that are missing."""
    copy_missing()


@every(days=1)
def forget_old_copies():
    """Remove the reading copies that nobody needs."""
    forget_copies()
