"""What datasets do when pages and duties change.

An indicator is read anew when its page is published: its binding may have changed. A due rule
that is replaced is kept, and datasets follow the duties that they say they follow. The search
knows a dataset by the name of its unit as long as that is open to everybody.
"""

from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.models import PageViewRestriction
from wagtail.search import index
from wagtail.signals import page_published

from portal.datasets.actions.due_terms import follow_obligation, keep_former_term
from portal.datasets.definitions.history import keep_definition
from portal.datasets.drafted_details import take_over
from portal.datasets.kept_values import derive_indicator
from portal.datasets.models import DatasetPage, IndicatorPage
from portal.units.models import Obligation, UnitPage


def _derive(sender, instance, **kwargs):
    derive_indicator(instance)


def _keep_definition(sender, instance, revision=None, **kwargs):
    take_over(instance)
    keep_definition(instance, user=revision.user if revision else None)


def _keep(sender, instance, raw=False, **kwargs):
    if instance.pk and not raw:
        keep_former_term(instance)


def _follow(sender, instance, created=False, raw=False, **kwargs):
    if not created and not raw:
        follow_obligation(instance)


def _index_anew(page):
    """Let the search know the datasets of the units at and below ``page`` by what is open now."""
    owned = DatasetPage.objects.filter(owner_unit__path__startswith=page.path)
    for dataset in owned.select_related("owner_unit"):
        index.insert_or_update_object(dataset)


def _index_after_restriction(sender, instance, raw=False, **kwargs):
    if not raw:
        _index_anew(instance.page)


def _index_after_publication(sender, instance, **kwargs):
    _index_anew(instance)


def connect():
    """Listen to the pages of indicators, datasets and units, to restrictions and to duties."""
    for signal in (post_save, post_delete):
        signal.connect(
            _index_after_restriction, sender=PageViewRestriction, dispatch_uid="index-open-names"
        )
    page_published.connect(
        _index_after_publication, sender=UnitPage, dispatch_uid="index-names-of-owners"
    )
    page_published.connect(_keep_definition, sender=DatasetPage, dispatch_uid="keep-definition")
    page_published.connect(_derive, sender=IndicatorPage, dispatch_uid="derive-indicator")
    pre_save.connect(_keep, sender=DatasetPage, dispatch_uid="keep-former-term")
    post_save.connect(_follow, sender=Obligation, dispatch_uid="follow-obligation")
