"""Under which name a fetched file is kept: the readers choose by its ending."""

import re
from email.message import Message
from pathlib import PurePosixPath
from urllib.parse import unquote

from django.utils.translation import gettext as _

from portal.core.fetching.refusals import FetchRefused
from portal.datasets.actions.uploads import SUFFIXES

_KINDS = {
    "text/csv": ".csv",
    "application/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "text/plain": ".txt",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
}
_ODS = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_WEB_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S)


def file_name(fetched, head):
    """Return the name for what was fetched; ``head`` are its first bytes.

    What the bytes are decides over what the server calls them. Raise ``FetchRefused`` for what
    is no table: a web page, JSON, a picture.
    """
    kind = fetched.headers["content-type"].partition(";")[0].strip().lower()
    if _WEB_PAGE.match(head) or (kind == "text/html" and head.lstrip().startswith(b"<")):
        raise FetchRefused("kind", _("The address gives a web page and not a file with a table."))
    named = _told_name(fetched)
    suffix = _by_bytes(head) or _fitting(named) or _KINDS.get(kind)
    if suffix is None:
        if b"\0" in head or kind.startswith(("image/", "video/", "audio/", "application/json")):
            raise FetchRefused("kind", _("The address gives no CSV file and no workbook."))
        suffix = ".csv"
    stem = PurePosixPath(named).stem or "tep"
    return f"{stem[:100]}{suffix}"


def _told_name(fetched):
    """Return the name by which the server or the address calls the file."""
    message = Message()
    message["Content-Disposition"] = fetched.headers["content-disposition"]
    said = message.get_filename() or fetched.place.target.partition("?")[0]
    return PurePosixPath(unquote(said).replace("\\", "/")).name


def _fitting(name):
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if suffix in SUFFIXES else None


def _by_bytes(head):
    if head.startswith(b"PK\x03\x04"):
        return ".ods" if _ODS in head[:200] else ".xlsx"
    return ".xls" if head.startswith(b"\xd0\xcf\x11\xe0") else None
