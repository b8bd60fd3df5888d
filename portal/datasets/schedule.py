"""What datasets do by the clock."""

from portal.core.clock import every
from portal.datasets.actions.trials import forget_trials


@every(days=1)
def forget_old_trials():
    """Delete the files that were only checked, after some days."""
    forget_trials()
