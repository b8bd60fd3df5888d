"""The steps of a version, as screens tell them."""

from portal.core.statuses import labelled_history
from portal.datasets.models import DatasetVersion

Status = DatasetVersion.Status
STEPS_OF_THE_CENTRE = (Status.VERIFIED, Status.PUBLISHED)
MAIN_STEPS = (Status.RECEIVED, Status.SUBMITTED, *STEPS_OF_THE_CENTRE)


def told_history(version, *, inside):
    """Return the steps of a version; outsiders get the main ones, and no name of the sender."""
    events = labelled_history(version)
    if inside:
        return events
    events = [event for event in events if event.to_status in MAIN_STEPS]
    for event in events:
        if event.to_status not in STEPS_OF_THE_CENTRE:
            event.acting_unit = ""
    return events
