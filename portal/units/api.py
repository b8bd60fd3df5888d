"""The unit directory as JSON."""

from datetime import date

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.errors import HttpError

from portal.regulations.models import Provision
from portal.units.as_of import as_of
from portal.units.models import UnitPage
from portal.units.succession import events_of, successors_of, successors_of_units

router = Router(tags=["don-vi"])


class UnitOut(Schema):
    code: str
    title: str
    kind: str
    centre_role: str
    is_group: bool
    valid_from: date | None
    valid_to: date | None
    successors: list[str]
    url: str


class EventOut(Schema):
    kind: str
    happened_on: date
    instrument_number: str
    instrument_title: str
    predecessors: list[str]
    successors: list[str]


class ResponsibilityOut(Schema):
    text: str
    name_as_written: str
    eid: str | None
    citation: str | None
    url: str | None


class UnitDetailOut(UnitOut):
    short_names: list[str]
    responsibilities: list[ResponsibilityOut]
    events: list[EventOut]


@router.get("", response=list[UnitOut], summary="Units that the reader may see")
def list_units(request, ngay: str = ""):
    """List every unit, those that have ended with the codes of their successors of today.

    With ``ngay`` (a day, YYYY-MM-DD or dd/mm/yyyy) only those that existed on that day.
    """
    readable = UnitPage.objects.readable_by(request)
    units = readable
    if ngay:
        asked = as_of(request)
        if asked.error:
            raise HttpError(422, asked.error)
        units = readable.existing(asked.day)
    units = list(units)
    successors = successors_of_units(units, among=readable)
    return [_unit(unit, request, successors.get(unit.pk, [])) for unit in units]


@router.get("{code}/", response=UnitDetailOut, summary="One unit with its responsibilities")
def get_unit(request, code: str):
    units = UnitPage.objects.readable_by(request)
    unit = get_object_or_404(units, code=code)
    duties = unit.responsibilities.select_related("provision__regulation")
    readable = set(
        Provision.objects.readable_by(request)
        .filter(responsibilities__unit=unit)
        .values_list("pk", flat=True)
    )
    return {
        **_unit(unit, request, successors_of(unit, among=units)),
        "events": [_event(*each) for each in events_of(unit, units)],
        "short_names": unit.short_names.split("\n") if unit.short_names else [],
        "responsibilities": [_duty(duty, readable) for duty in duties],
    }


def _event(event, predecessors, successors):
    return {
        "kind": event.kind,
        "happened_on": event.happened_on,
        "instrument_number": event.instrument_number,
        "instrument_title": event.instrument_title,
        "predecessors": [unit.code for unit in predecessors],
        "successors": [unit.code for unit in successors],
    }


def _unit(unit, request, successors):
    return {
        "code": unit.code,
        "title": unit.title,
        "kind": unit.kind,
        "centre_role": unit.centre_role,
        "is_group": unit.is_group,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "successors": [each.code for each in successors],
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
