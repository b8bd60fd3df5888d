"""Every responsibility and recurring duty on a line of its own, for lists and spreadsheets."""

from collections import defaultdict
from dataclasses import dataclass

from portal.regulations.models import Provision
from portal.units.bearings import kinds_of
from portal.units.duty_words import rhythm_words
from portal.units.matrix import owed_duties
from portal.units.models import UnitPage, UnitResponsibility


@dataclass(frozen=True)
class Line:
    """One thing that a unit has to do; ``kind`` is the kind of unit through which it is bound."""

    unit: UnitPage
    kind: UnitPage | None
    provision: Provision | None
    text: str
    name_as_written: str
    duty: str = ""  #: the kind of a recurring duty in words; empty for a responsibility
    rhythm: str = ""
    to_whom: str = ""


def lines_of(units, request, regulation=""):
    """Return the ``Line`` of everything that ``units`` have to do, in the order of the units."""
    lines = defaultdict(list)
    for line in _responsibilities(units, request, regulation):
        lines[line.unit.pk].append(line)
    for unit, duty, kind in owed_duties(units, request, regulation):
        lines[unit.pk].append(_duty_line(unit, duty, kind))
    return [line for unit in units for line in lines[unit.pk]]


def _responsibilities(units, request, regulation):
    kinds = kinds_of(units, request)
    bearers = {unit.pk for unit in units} | {kind for pks in kinds.values() for kind in pks}
    readable = Provision.objects.readable_by(request)
    duties = UnitResponsibility.objects.filter(unit__in=bearers).select_related(
        "unit", "provision__regulation"
    )
    cited = duties.filter(provision__in=readable.values("pk"))
    if regulation:
        duties = cited.filter(provision__regulation__slug=regulation)
    else:
        duties = cited | duties.filter(provision=None)
    by_bearer = defaultdict(list)
    for duty in duties.order_by("unit", "sort_order", "pk"):
        by_bearer[duty.unit_id].append(duty)
    for unit in units:
        for bearer in (unit.pk, *kinds.get(unit.pk, ())):
            for duty in by_bearer[bearer]:
                kind = duty.unit if bearer != unit.pk else None
                yield Line(unit, kind, duty.provision, duty.text, duty.name_as_written)


def _duty_line(unit, duty, kind):
    label = str(duty.get_kind_display())
    return Line(
        unit=unit,
        kind=kind,
        provision=duty.provision,
        text=duty.text or f"{label[:1].upper()}{label[1:]}",
        name_as_written=duty.name_as_written,
        duty=label,
        rhythm=rhythm_words(duty),
        to_whom="; ".join(sorted(unit.title for unit in duty.counterparts.all())),
    )
