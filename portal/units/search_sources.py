"""What a reader finds of units."""

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.search_sources import SearchHit, SearchSource, register_source
from portal.regulations.models import Provision
from portal.units.models import DutyListPage, Obligation, UnitPage, UnitResponsibility


def _units(request):
    """Return the readable units, each with the responsibilities whose provision is open."""
    open_text = Provision.objects.readable_by(request).values("pk")
    duties = UnitResponsibility.objects.filter(Q(provision=None) | Q(provision__in=open_text))
    parents = UnitPage.objects.readable_by(request)
    return UnitPage.objects.readable_by(request).prefetch_related(
        Prefetch("responsibilities", queryset=duties), Prefetch("parent_unit", queryset=parents)
    )


def _context(unit):
    """Say what the unit is: names alone do not tell two communes apart."""
    words = [_("group of units") if unit.is_group else unit.get_kind_display()]
    if unit.level:
        words.append(_("%(level)s level") % {"level": unit.get_level_display()})
    if unit.parent_unit:
        words.append(_("part of %(parent)s") % {"parent": unit.parent_unit.title})
    line = " · ".join([*map(str, words), str(unit.get_centre_role_display())])
    return f"{line[:1].upper()}{line[1:]}"


def _text(unit):
    return " ".join([*unit.other_names, *(duty.text for duty in unit.responsibilities.all())])


def _hits(units, request):
    return [
        SearchHit(
            title=unit.title,
            url=unit.get_url(request),
            context=_context(unit),
            text=" ".join(
                [*unit.other_names, *(duty.text for duty in unit.responsibilities.all())]
            ),
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
    register_source(SearchSource("don-vi", gettext_lazy("Units"), _units, _hits, order=20))
    register_source(SearchSource("nghia-vu", gettext_lazy("Duties"), _duties, _duty_hits, order=25))
