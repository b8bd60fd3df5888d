"""The files of a version, and the hashes by which they and what is said of them are known."""

import hashlib
import json
import secrets
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from portal.core.canonical import canonical, sha256_of
from portal.core.lost_files import FileLost


def table_path(version):
    """Return where the version's table stands, or should stand."""
    return Path(settings.PORTAL_DATA_ROOT) / version.table_path


def table_file(version):
    """Return the path of the version's table; raise ``FileLost`` where it is no longer there."""
    path = table_path(version)
    if not path.is_file():
        raise FileLost(path)
    return path


def part_file(version):
    """Return the path of the rows as they were sent; None where the table holds no others."""
    part = version.report.get("part")
    return Path(settings.PORTAL_DATA_ROOT) / part["path"] if part else None


def sha256_of_file(path):
    """Return the SHA-256 of a file, read piece by piece; None when there is no such file."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def seal(data):
    """Return the SHA-256 of JSON data in its one canonical form."""
    return sha256_of(data)


def committed(value):
    """Return ``value`` with a salt of its own: what ``commitment`` is made of."""
    return {"salt": secrets.token_hex(32), "value": json.loads(canonical(value))}


def commitment(part):
    """Return the SHA-256 that binds to a salted ``part`` and tells nothing of its value."""
    return hashlib.sha256((part["salt"] + canonical(part["value"])).encode()).hexdigest()


def damaged_file_of(version, *, only_received=False):
    """Return a sentence when a file of ``version`` is not what was received or checked."""
    try:
        return _damage_of(version, only_received)
    except OSError as fault:
        told = {"file": Path(fault.filename or "").name, "reason": fault.strerror}
        return _("The file %(file)s cannot be read: %(reason)s.") % told


def _damage_of(version, only_received):
    if sha256_of_file(version.file.path) != version.sha256:
        return _("The received file is missing or has been changed.")
    if only_received:
        return ""
    if sha256_of_file(table_path(version)) != version.table_sha256:
        return _("The table is missing or has been changed.")
    part = part_file(version)
    if part and sha256_of_file(part) != version.report["part"]["sha256"]:
        return _("The rows as they were sent are missing or have been changed.")
    return ""
