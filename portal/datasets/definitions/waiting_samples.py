"""A sample that can be read in several ways waits, with its questions, for a person's answer.

It lies beside the private files under a name that begins with its sender's number, is deleted
when the questions are answered, and otherwise after some hours.
"""

import json
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

KEPT = timedelta(hours=6)
_KEY = re.compile(r"[0-9a-f]{32}")
_SUFFIXES = ("table", "json")


@dataclass(frozen=True)
class WaitingSample:
    """A sample, what was said of its reading and what is asked, as a ``ReadingForm`` wants it.

    ``schema`` is the Table Schema by which it is read; an example has none.
    """

    key: str
    path: Path
    filename: str
    reading: dict
    schema: dict | None = None


def keep_sample(source, user, *, filename, reading, schema=None):
    """Keep a copy of the file at ``source`` with its questions; return the ``WaitingSample``.

    ``reading`` holds ``chosen`` (fields of a ``Reading``) and ``candidates``.
    """
    key = secrets.token_hex(16)
    path, said = _paths(user, key)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(source.read_bytes())
    sample = WaitingSample(key, path, filename, reading, schema)
    _write(said, sample)
    return sample


def ask_further(sample, user, reading):
    """Keep what was answered and what is asked now; return the ``WaitingSample``."""
    asked = WaitingSample(sample.key, sample.path, sample.filename, reading, sample.schema)
    _write(_paths(user, sample.key)[1], asked)
    return asked


def waiting_sample(user, key):
    """Return the sample that ``user`` sent and that waits under ``key``, or None."""
    if not _KEY.fullmatch(key):
        return None
    path, said = _paths(user, key)
    if not (path.exists() and said.exists()):
        return None
    told = json.loads(said.read_text(encoding="utf-8"))
    return WaitingSample(key, path, told["filename"], told["reading"], told["schema"])


def forget_sample(sample):
    """Delete a sample whose questions are answered."""
    for suffix in _SUFFIXES:
        sample.path.with_suffix(f".{suffix}").unlink(missing_ok=True)


def forget_samples(now=None):
    """Delete the samples that nobody answered for in time; return how many files went."""
    limit = ((now or timezone.now()) - KEPT).timestamp()
    old = [path for path in _folder().glob("*-*.*") if path.stat().st_mtime < limit]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _folder():
    return Path(settings.PORTAL_DATA_ROOT) / "samples"


def _paths(user, key):
    return [_folder() / f"{user.pk}-{key}.{suffix}" for suffix in _SUFFIXES]


def _write(path, sample):
    told = {"filename": sample.filename, "reading": sample.reading, "schema": sample.schema}
    path.write_text(json.dumps(told, ensure_ascii=False, default=str), encoding="utf-8")
