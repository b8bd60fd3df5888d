"""What a reader finds of units."""

from django.utils.translation import gettext_lazy as _

from portal.core.search_sources import SearchHit, SearchSource, register_source
from portal.units.models import DutyListPage, Obligation, UnitPage


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


def _duties(request):
    readable = Obligation.objects.readable_by(request).in_force()
    return Obligation.objects.filter(pk__in=readable.order_by().values("pk")).select_related(
        "unit", "provision__regulation"
    )


def _duty_hits(duties, request):
    index = DutyListPage.objects.readable_by(request).first()
    return [
        SearchHit(
            title=duty.title,
            url=f"{index.get_url(request)}?don-vi={duty.unit.code}#nghia-vu-{duty.pk}"
            if index
            else duty.unit.get_url(request),
            context=f"{duty.unit.title} · {duty.provision.label}",
            text=duty.words or duty.text,
            badge=str(duty.rhythm),
        )
        for duty in duties
    ]


def register():
    """Make the units and their duties findable."""
    register_source(SearchSource("don-vi", _("Units"), _units, _hits, order=20))
    register_source(SearchSource("nghia-vu", _("Duties"), _duties, _duty_hits, order=25))
