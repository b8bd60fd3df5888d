"""Who the centre is, for rooms below the one that keeps its settings."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Centre:
    """The centre as its settings describe it; what is not said is an empty text."""

    name: str = ""
    owner_name: str = ""
    place_name: str = ""
    email: str = ""
    phone: str = ""


_told_by = []


def register_centre(tell):
    """Let ``tell(request)`` return the ``Centre``."""
    _told_by[:] = [tell]


def centre_of(request):
    """Return the ``Centre`` of the site that ``request`` asks; a nameless one without settings."""
    return _told_by[0](request) if _told_by else Centre()
