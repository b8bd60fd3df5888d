"""What datasets do when pages and duties change.

An indicator is read anew when its page is published: its binding may have changed. A due rule
that is replaced is kept, and datasets follow the duties that they say they follow.
"""

from django.db.models.signals import post_save, pre_save
from wagtail.signals import page_published

from portal.datasets.actions.due_terms import follow_obligation, keep_former_term
from portal.datasets.bindings import derive_indicator
from portal.datasets.definitions.history import keep_definition
from portal.datasets.models import DatasetPage, IndicatorPage
from portal.units.models import Obligation


def _derive(sender, instance, **kwargs):
    derive_indicator(instance)


def _keep_definition(sender, instance, revision=None, **kwargs):
    keep_definition(instance, user=revision.user if revision else None)


def _keep(sender, instance, raw=False, **kwargs):
    if instance.pk and not raw:
        keep_former_term(instance)


def _follow(sender, instance, created=False, raw=False, **kwargs):
    if not created and not raw:
        follow_obligation(instance)


def connect():
    """Listen to the pages of indicators and datasets, and to duties."""
    page_published.connect(_keep_definition, sender=DatasetPage, dispatch_uid="keep-definition")
    page_published.connect(_derive, sender=IndicatorPage, dispatch_uid="derive-indicator")
    pre_save.connect(_keep, sender=DatasetPage, dispatch_uid="keep-former-term")
    post_save.connect(_follow, sender=Obligation, dispatch_uid="follow-obligation")
