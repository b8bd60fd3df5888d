"""Another portal of this kind, asked over HTTP: its versions, and the rows of one of them."""

import io
import json
import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from portal.core.fetching.client import Limits, fetch
from portal.core.fetching.refusals import FetchRefused
from portal.datasets.sources.chain import Entry

LONGEST_LIST = 10 * 1024 * 1024
LIST_SECONDS = 60
#: A person waits for a description; the clock waits for lists.
LONGEST_SCHEMA, SCHEMA_SECONDS = 2 * 1024 * 1024, 15
MOST_VERSIONS = 20_000
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PERIOD = re.compile(r"[0-9]{4}(-[0-9HQ]{2})?|")


@dataclass(frozen=True)
class RemoteDataset:
    """A dataset of the portal at ``base``; ``secret`` is the header that it is asked with."""

    base: str
    code: str
    secret: tuple | None = None

    def entries(self):
        """Return (``Entry`` list, ``Fetched``): the versions ever published there."""
        into = io.BytesIO()
        limits = Limits(LONGEST_LIST, LIST_SECONDS)
        fetched = self.get(f"api/v1/du-lieu/{self.code}/phien-ban/", into, limits)
        try:
            listed = json.loads(into.getvalue())
            if not isinstance(listed, list) or len(listed) > MOST_VERSIONS:
                raise ValueError("no list of versions")
            return [_entry(each) for each in listed], fetched
        except (ValueError, TypeError, KeyError, RecursionError) as fault:
            raise FetchRefused(
                "list",
                _("What answers there is no portal of this kind, or one that is too old."),
            ) from fault

    def schema_text(self):
        """Return the JSON (Table Schema) by which the dataset describes its columns there."""
        into = io.BytesIO()
        limits = Limits(LONGEST_SCHEMA, SCHEMA_SECONDS)
        self.get(f"du-lieu-tai/{self.code}/cau-truc.json", into, limits)
        return into.getvalue().decode("utf-8-sig", "replace")

    def rows(self, number, into, *, sealed):
        """Write the rows of a version into ``into``, line by line; return ``Fetched``.

        ``sealed`` asks for the form of which the manifest has the hash.
        """
        path = f"api/v1/du-lieu/{self.code}/phien-ban/{number}/dong/?dinh_dang=ndjson"
        if sealed:
            path = f"du-lieu-tai/{self.code}/{number}/bang-doi-chieu.jsonl"
        limits = Limits(settings.PORTAL_UPLOAD_MAX_BYTES, settings.PORTAL_FETCH_SECONDS)
        return self.get(path, into, limits)

    def get(self, path, into, limits):
        """Write what stands at ``path`` of the portal into ``into``; return ``Fetched``."""
        address = f"{self.base.rstrip('/')}/{path}"
        return fetch(address, into, limits=limits, secret=self.secret)


def _entry(told):
    """Return one entry of the list; raise ``ValueError`` for what cannot be one."""
    entry = Entry(
        number=told["number"],
        period=told["period"],
        status=told["status"],
        published_at=str(told["published_at"])[:40],
        sha256=told["manifest_sha256"],
        previous=told["previous_manifest_sha256"],
        reason=str(told.get("correction_reason") or "")[:4000],
    )
    if type(entry.number) is not int or not 0 < entry.number < 10**9:
        raise ValueError(entry.number)
    if not _SHA256.fullmatch(entry.sha256) or not _PERIOD.fullmatch(entry.period):
        raise ValueError(entry.sha256)
    if entry.previous and not _SHA256.fullmatch(entry.previous):
        raise ValueError(entry.previous)
    if not isinstance(entry.status, str):
        raise TypeError(entry.status)
    return entry
