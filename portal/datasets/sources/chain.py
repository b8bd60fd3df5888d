"""Whether the versions of another portal follow from those that were seen there before.

Each version there carries the SHA-256 of its manifest, and that of the manifest before it. What
was once seen must still stand there unchanged, and every new version must follow link by link.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _


class ChainBroken(Exception):
    """The other portal tells a past that differs from the one seen; ``str()`` says where."""


@dataclass(frozen=True)
class Entry:
    """One version as the other portal lists it."""

    number: int
    period: str
    status: str
    published_at: str
    sha256: str
    previous: str
    reason: str = ""

    @property
    def is_withdrawn(self):
        return self.status == "withdrawn"


def new_entries(entries, seen, begins_with=None):
    """Return the entries not seen yet, the first first, each following from the one before.

    ``seen`` is ``{number: sha256}``. Where nothing was seen the newest one begins, or those from
    the number ``begins_with`` on. Raise ``ChainBroken``.
    """
    listed = {entry.number: entry for entry in entries}
    for number, sha256 in seen.items():
        if number not in listed:
            raise ChainBroken(
                _("Version %(number)s, seen before, is no longer listed there.")
                % {"number": number}
            )
        if listed[number].sha256 != sha256:
            raise ChainBroken(
                _("Version %(number)s has another manifest there than when it was seen.")
                % {"number": number}
            )
    if not listed:
        return []
    first = max(seen) + 1 if seen else begins_with or _newest(listed)
    following = [listed[number] for number in sorted(listed) if number >= first]
    for place, entry in enumerate(following):
        _require_link(entry, listed.get(entry.number - 1), first + place)
    return following


def _newest(listed):
    """Return the number of the newest version that readers there may have."""
    readable = [number for number, entry in listed.items() if not entry.is_withdrawn]
    return max(readable or listed)


def _require_link(entry, before, expected):
    if entry.number != expected:
        raise ChainBroken(_("Version %(number)s is missing there.") % {"number": expected})
    if entry.previous != (before.sha256 if before else ""):
        raise ChainBroken(
            _("The manifest of version %(number)s does not follow from the version before it.")
            % {"number": entry.number}
        )
