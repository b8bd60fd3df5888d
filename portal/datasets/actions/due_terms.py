"""Due rules that change: what held is kept, and datasets follow their duties."""

from django.db import transaction
from django.utils import timezone

from portal.datasets.due_terms import TERM_FIELDS
from portal.datasets.models import DatasetPage, DueTerm
from portal.units.actions import rewrite_page


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


@transaction.atomic
def follow_duty(before, after, *, user):
    """Let the datasets of a duty answer for the one that succeeds it; return those.

    A dataset whose duty ended without a successor stays as it is: its data may be wanted still.
    A corrected duty reaches its datasets when it is saved.
    """
    if after is None or after.pk == before.pk:
        return []
    datasets = list(DatasetPage.objects.filter(obligation=before))
    for dataset in datasets:
        rewrite_page(dataset, lambda page: _answers_for(page, before, after), user=user)
    return datasets


def _answers_for(page, before, after):
    page.obligation = after
    if page.provision_id == before.provision_id:
        page.provision = after.provision
    return True
