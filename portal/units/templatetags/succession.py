"""What has become of a unit, wherever its name stands for a duty."""

from django import template

from portal.units.as_of import as_of
from portal.units.models import UnitPage
from portal.units.succession import events_of, named_otherwise, successors_for

register = template.Library()


@register.inclusion_tag("units/includes/now_called.html", takes_context=True)
def now_called(context, unit):
    """Write “nay là …” with links behind the name of a unit that has ended; else nothing."""
    request = context.get("request")
    successors = successors_for(request, unit) if request is not None else []
    return {"successors": successors, "request": request}


@register.inclusion_tag("units/includes/duty_bearer.html", takes_context=True)
def duty_bearer(context, duty):
    """Write who bears a duty: the name as the regulation wrote it, and what it is called now."""
    unit = duty.unit
    written = duty.name_as_written if named_otherwise(duty.name_as_written, unit) else ""
    return {"unit": unit, "written": written, "request": context.get("request")}


@register.inclusion_tag("units/includes/succession.html", takes_context=True)
def unit_timeline(context, unit):
    """Show the events in the life of a unit, each with the document it rests on."""
    request = context["request"]
    return {"events": events_of(unit, UnitPage.objects.readable_by(request)), "request": request}


@register.inclusion_tag("units/includes/tombstone.html", takes_context=True)
def unit_standing(context, unit):
    """Say that a unit has ended and what it is now, or how it stands on the day asked for."""
    request = context["request"]
    asked = as_of(request)
    is_over = bool(unit.valid_to and unit.valid_to < asked.day)
    ending = None
    if is_over:
        events = events_of(unit, UnitPage.objects.readable_by(request))
        ending = next((each for each in reversed(events) if _ended_by(unit, *each)), None)
    return {
        "unit": unit,
        "asked": asked,
        "is_over": is_over,
        "is_future": bool(unit.valid_from and unit.valid_from > asked.day),
        "ending": ending,
        "direct": ending[2] if ending else [],
        "successors": successors_for(request, unit) if is_over else [],
        "request": request,
    }


def _ended_by(unit, event, predecessors, successors):
    return (
        event.kind in event.ENDING
        and unit.pk in {each.pk for each in predecessors}
        and unit.pk not in {each.pk for each in successors}
    )
