"""Which reading copies nobody needs: they are removed by the clock, and made again when asked for.

Kept are the copies of what readers see now, and of earlier versions that were read within some
days. A reader who has a copy open keeps it: Linux takes the name away, not the file.
"""

import time
from datetime import timedelta

from portal.datasets.access import READABLE
from portal.datasets.models import DatasetPointer, DatasetVersion
from portal.datasets.rows.copies import FORMAT, copies_folder

#: How long an earlier version's copy stays after it was read last.
KEPT = timedelta(days=14)
#: What a killed process left, and copies of a former format that a running server may still read.
LEFT_OVER = timedelta(days=1)


def forget_copies(now=None):
    """Remove what nobody needs of the reading copies; return how many files."""
    now = time.time() if now is None else now
    folder = copies_folder()
    if not folder.exists():
        return 0
    current, readable = _current(), _readable()
    count = 0
    for path in folder.iterdir():
        age = _age(path, now)
        if age is None or not _is_needless(path, age, current, readable):
            continue
        path.unlink(missing_ok=True)
        count += 1
    return count


def _age(path, now):
    """Return for how many seconds the copy was not read; None for what is gone, or no file.

    That of the rows one by one is that of the copy beside them.
    """
    beside = path.with_suffix(".duckdb")
    for each in (beside, path):
        if each.is_file():
            return now - each.stat().st_mtime
    return None


def _is_needless(path, age, current, readable):
    if path.suffix == ".lock" or path.stem.endswith(".draft") or path.suffix in (".draft", ".wal"):
        return age > LEFT_OVER.total_seconds()
    sha256, _sign, rest = path.stem.partition("-")
    if path.suffix != ".json" and rest != str(FORMAT):
        return age > LEFT_OVER.total_seconds()
    if sha256 in current:
        return False
    return sha256 not in readable or age > KEPT.total_seconds()


def _current():
    return set(DatasetPointer.objects.values_list("version__table_sha256", flat=True))


def _readable():
    versions = DatasetVersion.objects.filter(number__isnull=False, status__in=READABLE)
    return set(versions.values_list("table_sha256", flat=True))
