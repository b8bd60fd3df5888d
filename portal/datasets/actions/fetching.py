"""The worker's part of a source: fetch, receive what is new, and write down how it went."""

import hashlib
import tempfile
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.fetching.client import Limits, fetch
from portal.core.fetching.refusals import FetchRefused
from portal.core.full_disk import is_disk_full
from portal.core.jobs import job
from portal.core.kept_secrets import SecretLost
from portal.core.models import Job
from portal.datasets.actions.fetch_outcomes import note_failure, note_success, pause_by_itself
from portal.datasets.actions.remote_versions import take_versions
from portal.datasets.actions.sources import FETCH, start_fetch
from portal.datasets.actions.uploads import receive_file
from portal.datasets.models import DatasetVersion, DataSource, SourceFetch
from portal.datasets.sources.chain import ChainBroken
from portal.datasets.sources.file_names import file_name
from portal.datasets.sources.origins import origin_of_file
from portal.datasets.sources.patterns import filled
from portal.datasets.sources.rhythms import NothingOwed, is_wanted, next_moment, period_for
from portal.datasets.sources.rights import source_reaches
from portal.units.people import name_of

Outcome = SourceFetch.Outcome
HEAD = 4096
#: A fetch without a job that is under way is lost after so long.
LOST_AFTER = timedelta(minutes=5)


def fetch_due_sources(now=None):
    """Hand the sources whose time has come to the worker; return how many.

    Of two clocks at once one moves the source on, and only that one has it fetched.
    """
    now = now or timezone.now()
    started = 0
    for source in DataSource.objects.due(now).select_related("dataset"):
        started += _start(source, now)
    return started


@transaction.atomic
def _start(source, now):
    moved = DataSource.objects.filter(
        pk=source.pk, status=DataSource.Status.ACTIVE, next_at=source.next_at
    ).update(next_at=next_moment(source, now))
    if not moved or not (source.is_portal or is_wanted(source, now)):
        return False
    try:
        with transaction.atomic():
            start_fetch(source)
    except IntegrityError:  # somebody asked for it a moment ago
        return False
    return True


def close_lost_fetches(now=None):
    """End the fetches whose worker is gone, as failed; return how many."""
    now = now or timezone.now()
    count = 0
    for each in SourceFetch.objects.filter(outcome=Outcome.WAITING, at__lt=now - LOST_AFTER):
        ended = Job.objects.about(each).first()
        if ended is None or ended.is_finished:
            note_failure(each, (ended and ended.error) or _("The worker stopped; try again."))
            count += 1
    return count


@job(FETCH)
def run_fetch(running):
    """Fetch once; what becomes of it is told by the fetch, and the source moved on."""
    found = SourceFetch.objects.select_related("source__dataset", "source__set_up_by").get(
        pk=running.object_id
    )
    if found.outcome != Outcome.WAITING:
        return
    source = found.source
    try:
        if not source_reaches(source, source.dataset):
            pause_by_itself(found, _why_not(source))
            return
        if source.is_portal:
            take_versions(found, running)
        else:
            take_file(found)
    except FetchRefused as refusal:
        found.answer = refusal.status
        note_failure(found, str(refusal))
    except SecretLost:
        pause_by_itself(found, _("The key of this source can no longer be read. Enter it anew."))
    except ValidationError as refusal:
        note_failure(found, " ".join(refusal.messages))
    except ChainBroken as fault:
        pause_by_itself(found, str(fault))
    except OSError as fault:
        if not is_disk_full(fault):
            raise
        note_failure(found, _("The server's disk is full, so nothing could be received."))


def _why_not(source):
    """Return why the source may not send, and who puts that right."""
    if source.status != DataSource.Status.ACTIVE:
        return _("The source was paused or ended before it was fetched.")
    if source.unit_id != source.dataset.owner_unit_id:
        return _(
            "The dataset belongs to another unit now, which sets up a source of its own. "
            "End this one for good."
        )
    if not source.dataset.live:
        return _("The dataset is not published any more. Publish its page, then press “Resume”.")
    return _(
        "%(person)s, in whose name it is fetched, may no longer let systems send for the unit. "
        "The unit's head or an administrator presses “Resume”; from then on it is fetched in "
        "that person's name."
    ) % {"person": name_of(source.set_up_by)}


def take_file(found):
    """Fetch the file of a source and receive it, unless it is the one fetched before."""
    source, now = found.source, timezone.now()
    try:
        period = period_for(source, now)
    except NothingOwed:
        note_success(found, Outcome.UNCHANGED)
        return
    address = filled(source.address, period, timezone.localdate(now))
    found.address_hash = hashlib.sha256(address.encode()).hexdigest()
    found.period = period.code if period else ""
    before = _last_of(found)
    limits = Limits(settings.PORTAL_UPLOAD_MAX_BYTES, settings.PORTAL_FETCH_SECONDS)
    with tempfile.TemporaryFile() as into:
        fetched = fetch(
            address, into, limits=limits, headers=_conditions(before), secret=source.secret
        )
        found.address, found.answer = fetched.place.told, fetched.status
        if not fetched.is_new:
            found.size, found.sha256 = before.size, before.sha256
            found.etag, found.last_modified = before.etag, before.last_modified
            found.version = before.version
            note_success(found, Outcome.UNCHANGED)
            return
        _note_what_came(found, fetched)
        if before is not None and before.sha256 == fetched.sha256:
            found.version = before.version
            note_success(found, Outcome.UNCHANGED)
            return
        into.seek(0)
        name = file_name(fetched, into.read(HEAD))
        into.seek(0)
        file = File(into, name=name)
        file.size = fetched.size
        with transaction.atomic():
            found.version = receive_file(
                source.dataset,
                file,
                user=source.set_up_by,
                source=source,
                period=found.period,
                chosen=source.reading,
                origin=origin_of_file(source, fetched, now),
            )
            found.taken_count = 1
            note_success(found, Outcome.TAKEN)


def _note_what_came(found, fetched):
    found.size, found.sha256 = fetched.size, fetched.sha256
    found.etag = fetched.headers["etag"]
    found.last_modified = fetched.headers["last-modified"]


def _last_of(found):
    """Return the last fetch that brought what stands at the same address, or None.

    Somebody who asks for a file that was laid aside gets it again; the clock does not bring it.
    """
    good = (
        found.source.fetches.filter(address_hash=found.address_hash)
        .filter(outcome__in=(Outcome.TAKEN, Outcome.UNCHANGED))
        .exclude(sha256="")
    )
    before = good.select_related("version").first()
    laid_aside = before is not None and (
        before.version is None or before.version.status == DatasetVersion.Status.DISCARDED
    )
    return None if laid_aside and found.asked_by_id else before


def _conditions(before):
    """Return the headers that ask only for what changed since ``before``."""
    if before is None:
        return {}
    told = {"If-None-Match": before.etag, "If-Modified-Since": before.last_modified}
    return {name: value for name, value in told.items() if value}
