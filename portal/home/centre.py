"""The centre's settings, told to the rooms below."""

from portal.core.centre import Centre, register_centre
from portal.home.models import CentreSettings

TOLD = ("name", "owner_name", "place_name", "email", "phone")


def centre_told(request):
    """Return the ``Centre`` of the settings."""
    settings = CentreSettings.for_request(request)
    return Centre(**{name: getattr(settings, name) for name in TOLD})


def register():
    """Tell who the centre is."""
    register_centre(centre_told)
