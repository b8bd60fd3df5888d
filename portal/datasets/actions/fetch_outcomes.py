"""How a fetch ended, what that means for its source, and who is told."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.jobs import JobRefused
from portal.core.statuses import move
from portal.datasets.models import DataSource, SourceFetch
from portal.datasets.sources.letters import tell_of_failure
from portal.datasets.sources.rhythms import MOST_FAILURES, moment_after_failure

Outcome = SourceFetch.Outcome


@transaction.atomic
def note_success(found, outcome):
    """Write down how a fetch ended; earlier failures are over."""
    _end(found, outcome)
    DataSource.objects.filter(pk=found.source_id).update(failures=0)


@transaction.atomic
def note_failure(found, sentence):
    """Write down that a fetch failed: try again later, pause after many, tell the unit once."""
    now = timezone.now()
    _end(found, Outcome.FAILED, sentence)
    source = DataSource.objects.select_for_update(of=("self",)).get(pk=found.source_id)
    source.failures += 1
    if source.failures >= MOST_FAILURES and source.status == DataSource.Status.ACTIVE:
        words = {"count": source.failures, "error": sentence}
        _pause(source, _("It failed %(count)s times in a row, at last: %(error)s") % words)
    else:
        if source.status == DataSource.Status.ACTIVE:
            source.next_at = moment_after_failure(source, source.failures, now)
        source.save(update_fields=["failures", "next_at"])
    if source.failures == 1 or source.status == DataSource.Status.PAUSED:
        transaction.on_commit(lambda: tell_of_failure(source, sentence))


@transaction.atomic
def pause_by_itself(found, sentence):
    """Pause a source that cannot go on without a person, and tell the unit."""
    _end(found, Outcome.FAILED, sentence)
    source = DataSource.objects.select_for_update(of=("self",)).get(pk=found.source_id)
    source.failures += 1
    if source.status == DataSource.Status.ACTIVE:
        _pause(source, sentence)
        transaction.on_commit(lambda: tell_of_failure(source, sentence))


def _pause(source, sentence):
    move(
        source,
        DataSource.Status.PAUSED,
        user=None,
        note=sentence,
        paused_because=sentence,
        next_at=None,
        failures=source.failures,
    )


def _end(found, outcome, error=""):
    """Close a fetch that is under way; one that was given up meanwhile brings nothing any more."""
    waiting = SourceFetch.objects.select_for_update().filter(pk=found.pk, outcome=Outcome.WAITING)
    if not waiting.exists():
        raise JobRefused(_("This fetch was given up before it had finished."))
    found.outcome, found.finished_at, found.error = outcome, timezone.now(), error
    found.save()
