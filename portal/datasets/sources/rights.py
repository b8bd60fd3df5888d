"""Who sets up what is fetched, who sees it, and for how long a source may send."""

from portal.datasets.access import may_issue_tokens
from portal.datasets.models import DataSource

Status = DataSource.Status


def may_keep_sources(user, unit_id):
    """Return whether ``user`` sets up sources of the unit: who may issue its tokens."""
    return may_issue_tokens(user, unit_id)


def source_reaches(source, dataset):
    """Return whether the source may send for the dataset, today.

    It must be active, its dataset live and still its unit's, and who set it up must still be one
    who may.
    """
    return (
        source.status == Status.ACTIVE
        and source.dataset_id == dataset.pk
        and source.unit_id == dataset.owner_unit_id
        and dataset.live
        and source.set_up_by.is_active
        and may_keep_sources(source.set_up_by, source.unit_id)
    )
