"""An event's way: prepared, decided thing by thing, performed in one go, taken back if mistaken."""

from collections import defaultdict
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.formats import format_date
from portal.core.page_changes import change_page
from portal.core.statuses import born, move
from portal.units.actions import may_publish_units
from portal.units.events.new_units import check_new_units, create_unit
from portal.units.events.plan import END, STAY, Plan
from portal.units.events.rules import (
    check_nothing_later,
    check_predecessors,
    check_successors,
    ending_units,
)
from portal.units.handovers import HandoverRefused, possession_kind, possession_kinds
from portal.units.models import UnitEvent, UnitIndexPage, UnitPage

Status = UnitEvent.Status


class StalePlan(Exception):
    """What a person confirmed is no longer what the event would do."""


def may_perform(user):
    """Return whether ``user`` may let units merge, split, change names and end."""
    return user.has_perm("units.perform_unitevent") and may_publish_units(user)


def _require(user):
    if not may_perform(user):
        raise PermissionDenied


@transaction.atomic
def prepare_event(event, predecessors, *, user):
    """Keep the draft of an event: what happens, when, by which document, to which units."""
    _require(user)
    _require_draft(event)
    predecessors = list(predecessors)
    check_predecessors(event.kind, event.happened_on, predecessors)
    is_new = event.pk is None
    if is_new:
        event.created_by = user
    event._history_user = user
    event.save()
    event.predecessors.set(predecessors)
    if is_new:
        born(event, user=user)
    return event


@transaction.atomic
def name_successors(event, existing, new_units, *, user):
    """Keep which units take over: existing ones, and new ones given as plain fields."""
    _require(user)
    _require_draft(event)
    existing = list(existing)
    check_successors(
        event.kind, event.happened_on, event.predecessors.all(), existing, len(new_units)
    )
    check_new_units(new_units)
    event.plan["new_units"] = [
        {**fields, "key": f"new-{number}"} for number, fields in enumerate(new_units, start=1)
    ]
    event._history_user = user
    event.save(update_fields=["plan"])
    event.successors.set(existing)
    return event


def decide(event, decisions, *, user):
    """Keep who takes what: ``{line key: {"to": …, "reason": …}}``; the others stay as decided."""
    _require(user)
    _require_draft(event)
    known = event.plan.setdefault("decisions", {})
    for key, decision in decisions.items():
        known[key] = {"to": decision["to"], "reason": decision.get("reason", "")}
    event._history_user = user
    event.save(update_fields=["plan"])
    return event


def decide_all(event, choice, *, user, reason=""):
    """Decide everything alike where that is offered: all to one unit, all ends."""
    decisions = {
        line.key: {"to": choice, "reason": reason or line.reason}
        for line in Plan(event).lines
        if choice in dict(line.options)
    }
    return decide(event, decisions, user=user)


def check_ready(plan):
    """Refuse an event that cannot be performed as it is planned, with every reason."""
    event = plan.event
    faults = []
    if event.happened_on > timezone.localdate():
        faults.append(
            _("The event takes effect on %(day)s; it can be performed from that day on.")
            % {"day": format_date(event.happened_on)}
        )
    new = [target.fields for target in plan.targets if target.unit is None]
    existing = [target.unit for target in plan.targets if target.unit is not None]
    for check in (
        lambda: check_predecessors(event.kind, event.happened_on, plan.predecessors),
        lambda: check_successors(
            event.kind, event.happened_on, plan.predecessors, existing, len(new)
        ),
        lambda: check_new_units(new),
        lambda: check_nothing_later(event, ending_units(event)),
    ):
        try:
            check()
        except ValidationError as fault:
            faults += fault.messages
    if plan.open_lines:
        faults.append(_("Not everything has been decided yet."))
    if plan.moves_nothing:
        faults.append(_("Nothing is passed on: choose at least one thing."))
    if faults:
        raise ValidationError(faults)


@transaction.atomic
def perform_event(event, token, *, user):
    """Do everything that the plan says, or nothing.

    Raise ``StalePlan`` when it is not what ``token`` stands for, ``ValidationError`` when it
    cannot be done, ``TransitionRefused`` when it has been done already.
    """
    _require(user)
    event = UnitEvent.objects.select_for_update().get(pk=event.pk)
    if event.is_open:
        units = UnitPage.objects.select_for_update(of=("self",)).order_by("pk")
        list(units.filter(pk__in=event.predecessors.values("pk")))
        plan = Plan(event)
        if plan.token != token:
            raise StalePlan
        check_ready(plan)
        event.outcome = _carry_out(plan, user)
    move(
        event,
        Status.PERFORMED,
        user=user,
        outcome=event.outcome,
        performed_by=user,
        performed_at=timezone.now(),
    )
    record("units.event", event, user=user, kind=event.kind, lines=len(event.outcome["handed"]))
    return event


def _carry_out(plan, user):
    """Create, hand over and end; return what is needed to take it back."""
    event = plan.event
    units, created = _take_overs(plan, user)
    handed = []
    for kind in possession_kinds():
        for (choice, reason), pks in _by_choice(plan, kind).items():
            try:
                if choice == END:
                    data = kind.end(pks, event, user, reason)
                else:
                    data = kind.hand_over(pks, units[choice], event, user)
            except HandoverRefused as fault:
                raise ValidationError(str(fault)) from fault
            handed.append({"kind": kind.key, "pks": pks, "to": choice, "data": data})
    ended = []
    for unit in ending_units(event):
        ended.append([unit.pk, unit.valid_to.isoformat() if unit.valid_to else None])
        _set_end(unit.pk, event.happened_on - timedelta(days=1), user)
    return {"created": created, "handed": handed, "ended": ended}


def _take_overs(plan, user):
    """Return ``({target key: UnitPage}, keys of the pages created)``."""
    index = UnitIndexPage.objects.get()
    units, created = {}, []
    for target in plan.targets:
        unit = target.unit or create_unit(index, plan, target.fields, user)
        units[target.key] = unit
        if target.unit is None:
            created.append(unit.pk)
            plan.event.successors.add(unit)
    return units, created


def _by_choice(plan, kind):
    """Return ``{(choice, reason of an end): [pk]}`` for the lines of a kind that go somewhere."""
    found = defaultdict(list)
    for line in plan.lines:
        if line.kind.key == kind.key and line.choice != STAY:
            reason = line.reason if line.choice == END else ""
            found[line.choice, reason].append(line.thing.pk)
    return found


def _set_end(pk, day, user):
    def end(page):
        page.valid_to = day

    change_page(UnitPage.objects.get(pk=pk), end, user=user)


def discard_event(event, *, user):
    """Give up an event that was only prepared."""
    _require(user)
    _require_draft(event)
    record("units.event_discarded", event, user=user, kind=event.kind)
    event.delete()


@transaction.atomic
def undo_event(event, *, user, reason):
    """Take a mistaken event back, as long as nothing rests on it yet.

    What was closed or changed since stays where it is; a new unit that has things of its own by
    now keeps the event standing.
    """
    _require(user)
    event = UnitEvent.objects.select_for_update().get(pk=event.pk)
    if not reason.strip():
        raise ValidationError(_("Give the reason."))
    parts = {*event.predecessors.values_list("pk", flat=True)}
    parts |= {*event.successors.values_list("pk", flat=True)}
    _refuse_when_built_upon(event, parts)
    outcome = event.outcome if event.status == Status.PERFORMED else {}
    try:
        for entry in reversed(outcome.get("handed", [])):
            possession_kind(entry["kind"]).take_back(entry["data"], event, user)
    except HandoverRefused as fault:
        raise ValidationError(str(fault)) from fault
    for pk, was in outcome.get("ended", []):
        _set_end(pk, was, user)
    for pk in outcome.get("created", []):
        _remove_created(event, pk)
    move(event, Status.UNDONE, user=user, note=reason)
    record("units.event_undone", event, user=user, reason=reason)
    return event


def _refuse_when_built_upon(event, parts):
    later = UnitEvent.objects.performed().touching(parts).exclude(pk=event.pk)
    later = later.filter(performed_at__gt=event.performed_at or timezone.now()).first()
    if later:
        raise ValidationError(
            _("Another event rests on this one: %(event)s. Take that back first.")
            % {"event": later}
        )
    drafts = UnitEvent.objects.filter(status=Status.DRAFT).touching(parts).first()
    if drafts and event.outcome.get("created"):
        raise ValidationError(
            _("An event in preparation names these units: %(event)s. Discard it first.")
            % {"event": drafts}
        )


def _remove_created(event, pk):
    page = UnitPage.objects.filter(pk=pk).first()
    if page is None:
        return
    event.successors.remove(page)
    try:
        page.delete()
    except ProtectedError as fault:
        raise ValidationError(
            _(
                "“%(unit)s” has things of its own by now, such as files it sent or tasks it was "
                "given; the event can no longer be taken back."
            )
            % {"unit": page}
        ) from fault


def _require_draft(event):
    if not event.is_open:
        raise ValidationError(_("The event has been performed; it is no longer changed."))
