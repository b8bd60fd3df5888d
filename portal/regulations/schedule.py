"""What the clock does for regulations."""

import logging

from django.utils import timezone

from portal.core.clock import every
from portal.regulations.actions import PagesDiffer, apply_due_editions
from portal.regulations.edition_papers import keep_papers
from portal.regulations.models import Edition, RegulationPage

logger = logging.getLogger(__name__)


@every(minutes=1)
def bring_editions_into_force():
    """Apply the editions whose day has come; one that cannot be applied stops no other text."""
    due = Edition.objects.coming().filter(effective_on__lte=timezone.localdate())
    for regulation in RegulationPage.objects.filter(pk__in=due.values("regulation_id")):
        try:
            apply_due_editions(regulation)
        except PagesDiffer:
            logger.exception("An edition of %s waits: its pages say something else", regulation)


@every(minutes=5)
def keep_papers_of_editions():
    """Keep the PDF of every edition beside its text."""
    keep_papers()
