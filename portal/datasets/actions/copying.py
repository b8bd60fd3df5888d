"""The reading copy and the checksum of a large table are made by the worker, before a reader comes.

Small tables are copied in a moment by their first reader.
"""

from django.contrib.auth.models import AnonymousUser

from portal.core.jobs import enqueue, job
from portal.core.models import Job
from portal.datasets.cataloguing.measures import is_measured_ahead, measure_ahead
from portal.datasets.models import DatasetPointer
from portal.datasets.readers import Reader
from portal.datasets.rows.copies import copy_path, is_whole, reading_copy
from portal.datasets.sights import sight_of

COPY = "datasets.reading_copy"
#: Tables of fewer rows are not copied ahead.
AHEAD_FROM = 10_000


@job(COPY)
def copy_current(running):
    """Make what readers of the current version will ask for; what stands already is left alone."""
    pointer = _pointers().filter(pk=running.object_id).first()
    if pointer is None:
        return
    reading_copy(pointer.version)
    sight = _open_sight(pointer)
    if sight is not None:
        measure_ahead(sight)


def copy_ahead(pointer, version):
    """Let the worker copy a large table that readers see from now on."""
    if version.row_count >= AHEAD_FROM:
        enqueue(COPY, pointer)


def copy_missing():
    """Let the worker make the copies that are missing: of a killed job, of a new format."""
    large = _pointers().filter(version__row_count__gte=AHEAD_FROM)
    missing = [each for each in large if not _is_ready(each) and not _is_at_work(each)]
    for pointer in missing:
        enqueue(COPY, pointer)
    return len(missing)


def _pointers():
    return DatasetPointer.objects.select_related("version", "dataset")


def _open_sight(pointer):
    """Return what everybody sees of the version, or None."""
    return sight_of(Reader(AnonymousUser()), pointer.dataset, pointer.version)


def _is_ready(pointer):
    if not is_whole(copy_path(pointer.version)):
        return False
    sight = _open_sight(pointer)
    return sight is None or is_measured_ahead(sight)


def _is_at_work(pointer):
    return Job.objects.about(pointer).unfinished().exists()
