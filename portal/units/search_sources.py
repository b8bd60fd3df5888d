"""What a reader finds of units."""

from django.utils.translation import gettext_lazy as _

from portal.core.search_sources import SearchHit, SearchSource, register_source
from portal.units.models import UnitPage


def _units(request):
    return UnitPage.objects.readable_by(request).prefetch_related("responsibilities")


def _hits(units, request):
    return [
        SearchHit(
            title=unit.title,
            url=unit.get_url(request),
            context=str(unit.get_centre_role_display()),
            text=" ".join(duty.text for duty in unit.responsibilities.all()),
        )
        for unit in units
    ]


def register():
    """Make the units findable."""
    register_source(SearchSource("don-vi", _("Units"), _units, _hits, order=20))
