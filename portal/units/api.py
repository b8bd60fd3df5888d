"""The unit directory as JSON."""

from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from portal.regulations.models import Provision
from portal.units.models import UnitPage

router = Router(tags=["don-vi"])


class UnitOut(Schema):
    code: str
    title: str
    kind: str
    centre_role: str
    is_group: bool
    url: str


class ResponsibilityOut(Schema):
    text: str
    name_as_written: str
    eid: str | None
    citation: str | None
    url: str | None


class UnitDetailOut(UnitOut):
    short_names: list[str]
    responsibilities: list[ResponsibilityOut]


@router.get("", response=list[UnitOut], summary="Units that the reader may see")
def list_units(request):
    return [_unit(unit, request) for unit in UnitPage.objects.readable_by(request)]


@router.get("{code}/", response=UnitDetailOut, summary="One unit with its responsibilities")
def get_unit(request, code: str):
    unit = get_object_or_404(UnitPage.objects.readable_by(request), code=code)
    duties = unit.responsibilities.select_related("provision__regulation")
    readable = set(
        Provision.objects.readable_by(request)
        .filter(responsibilities__unit=unit)
        .values_list("pk", flat=True)
    )
    return {
        **_unit(unit, request),
        "short_names": unit.short_names.split("\n") if unit.short_names else [],
        "responsibilities": [_duty(duty, readable) for duty in duties],
    }


def _unit(unit, request):
    return {
        "code": unit.code,
        "title": unit.title,
        "kind": unit.kind,
        "centre_role": unit.centre_role,
        "is_group": unit.is_group,
        "url": unit.get_url(request),
    }


def _duty(duty, readable):
    provision = duty.provision if duty.provision_id in readable else None
    return {
        "text": duty.text,
        "name_as_written": duty.name_as_written,
        "eid": provision.eid if provision else None,
        "citation": provision.citation if provision else None,
        "url": provision.url if provision else None,
    }
