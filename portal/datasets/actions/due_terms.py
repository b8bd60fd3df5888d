"""Due rules that change: what held is kept, and datasets follow their duties."""

from django.db import transaction
from django.utils import timezone

from portal.datasets.due_terms import TERM_FIELDS
from portal.datasets.models import DatasetPage, DueTerm


def keep_former_term(dataset):
    """Keep the due rule that is about to be replaced in a dataset that readers can see."""
    stored = DatasetPage.objects.filter(pk=dataset.pk, live=True).values(*TERM_FIELDS).first()
    if stored is None or all(stored[name] == getattr(dataset, name) for name in TERM_FIELDS):
        return None
    return DueTerm.objects.create(dataset_id=dataset.pk, until=timezone.now(), **stored)


@transaction.atomic
def follow_obligation(obligation):
    """Bring the datasets that follow a duty up to date with it; return those."""
    following = list(DatasetPage.objects.filter(obligation=obligation, due_by_obligation=True))
    for dataset in following:
        dataset.obligation = obligation
        dataset.save(clean=False)  # saving takes the duty's due rule, and keeps the former one
    return following
