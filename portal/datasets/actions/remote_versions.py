"""New versions of another portal: received in order, each once, with where they come from."""

import tempfile
from os import SEEK_END

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.jobs import report_progress
from portal.datasets.actions.fetch_outcomes import note_success
from portal.datasets.actions.uploads import receive_file
from portal.datasets.json_rows import ROWS_NAME, reading_of_rows
from portal.datasets.models import SourceFetch
from portal.datasets.schemas import schema_of
from portal.datasets.sources.chain import ChainBroken, new_entries
from portal.datasets.sources.letters import tell_of_withdrawals
from portal.datasets.sources.lines import csv_of_lines
from portal.datasets.sources.origins import origin_of_version
from portal.datasets.sources.remote import RemoteDataset
from portal.datasets.sources.sealed import LINK, proof_of

Outcome = SourceFetch.Outcome
MOST_AT_ONCE = 20  #: versions taken by one fetch; the next one takes the others
TAKING = "taking"


def take_versions(found, running):
    """Receive the versions that the other portal published since, each in its own transaction.

    A version seen once is never taken again, so a killed worker's successor goes on where it was.
    """
    source = found.source
    remote = RemoteDataset(source.address, source.remote_code, source.secret)
    entries, fetched = remote.entries()
    found.address, found.answer = fetched.place.told, fetched.status
    followed = source.remote_versions.filter(is_followed=True)
    seen = dict(followed.values_list("number", "manifest_sha256"))
    coming = new_entries(entries, seen, source.begins_with)
    _note_withdrawals(source, entries)
    for place, entry in enumerate(coming[:MOST_AT_ONCE]):
        report_progress(running, TAKING, 100 * place // len(coming))
        _take(found, remote, entry)
    note_success(found, Outcome.TAKEN if found.taken_count else Outcome.UNCHANGED)


def _take(found, remote, entry):
    """Receive one version; what was withdrawn before it was taken is passed over and noted."""
    source, now = found.source, timezone.now()
    before = source.remote_versions.filter(is_followed=True).first()
    is_expected = before is not None and before.proof != LINK
    proof, rows_sha256 = proof_of(remote, entry, is_expected=is_expected)
    words = {"number": entry.number, "manifest_sha256": entry.sha256, "proof": proof}
    if entry.is_withdrawn:
        why = _("It was withdrawn there before it was taken.")
        source.remote_versions.create(**words, passed_over=why, withdrawn_at=now)
        return
    with tempfile.TemporaryFile() as lines, tempfile.TemporaryFile() as into:
        fetched = remote.rows(entry.number, lines, sealed=bool(rows_sha256))
        if rows_sha256 and fetched.sha256 != rows_sha256:
            raise ChainBroken(
                _("The rows of version %(number)s are not those that its manifest has the hash of.")
                % {"number": entry.number}
            )
        csv_of_lines(lines, into)
        file = File(into, name=ROWS_NAME)
        file.size = into.seek(0, SEEK_END)
        into.seek(0)
        proved = {"follows": before.number if before else None, "checked": proof}
        with transaction.atomic():
            version = receive_file(
                source.dataset,
                file,
                user=source.set_up_by,
                source=source,
                period=entry.period,
                note=entry.reason,
                chosen=reading_of_rows(schema_of(source.dataset)),
                origin=origin_of_version(source, entry, proved, now),
            )
            source.remote_versions.create(**words, version=version)
            SourceFetch.objects.filter(pk=found.pk).update(
                version=version, taken_count=found.taken_count + 1
            )
    found.version, found.taken_count = version, found.taken_count + 1
    found.period, found.size, found.sha256 = entry.period, fetched.size, fetched.sha256


def _note_withdrawals(source, entries):
    """Tell once of versions that were taken and are withdrawn there now."""
    withdrawn = [entry.number for entry in entries if entry.is_withdrawn]
    known = source.remote_versions.filter(number__in=withdrawn, withdrawn_at=None)
    with transaction.atomic():
        fresh = list(known.select_for_update(of=("self",)).select_related("version"))
        source.remote_versions.filter(pk__in=[each.pk for each in fresh]).update(
            withdrawn_at=timezone.now()
        )
    if fresh:
        tell_of_withdrawals(source, fresh)
