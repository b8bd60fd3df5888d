"""Where a fetched file came from: what its manifest tells, and the words for people."""

from django.utils.translation import gettext as _

FILE, PORTAL = "file", "portal"


def origin_of_file(source, fetched, at):
    """Return what is kept of a file fetched from an address; a query may hold keys and is not."""
    return {
        "kind": FILE,
        "source": source.title,
        "address": fetched.place.told,
        "fetched_at": at.isoformat(),
    }


def origin_of_version(source, entry, proof, at):
    """Return what is kept of a version of another portal, and how far its chain was followed."""
    return {
        "kind": PORTAL,
        "source": source.title,
        "portal": source.address,
        "dataset": source.remote_code,
        "version": entry.number,
        "period": entry.period,
        "published_at": entry.published_at,
        "manifest_sha256": entry.sha256,
        **proof,
        "fetched_at": at.isoformat(),
    }


def origin_told(version, *, inside):
    """Return the words for where ``version`` came from; empty for what a person sent.

    Which address a unit fetches from is told to people inside only; another portal is public.
    """
    origin = version.origin
    if not origin:
        return ""
    if origin["kind"] == PORTAL:
        return _("portal %(portal)s, dataset %(code)s, version %(number)s") % {
            "portal": origin["portal"],
            "code": origin["dataset"],
            "number": origin["version"],
        }
    return origin["address"] if inside else _("fetched from the unit's own system")
