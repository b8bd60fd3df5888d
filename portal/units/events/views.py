"""The guided action's screens: translate what people chose, decide nothing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.core.statuses import TransitionRefused, history_of, label
from portal.units.events import actions
from portal.units.events.decisions import bulk_decisions, decisions_from
from portal.units.events.forms import EventForm, SuccessorsForm, new_unit_forms
from portal.units.events.plan import Plan, handed_over
from portal.units.models import UnitEvent

PER_PAGE = 30
STEPS = ("edit", "successors", "decisions", "preview")


def _event(request, pk, **lookup):
    if not actions.may_perform(request.user):
        raise PermissionDenied
    return get_object_or_404(UnitEvent.objects.select_related("created_by"), pk=pk, **lookup)


def _frame(event, step, title):
    """Return the frame of one step, with the steps that can be gone back to."""
    labels = (_("What happens"), _("Who takes over"), _("Passing on"), _("Preview"))
    here = STEPS.index(step)
    steps = [
        {
            "label": label,
            "is_current": number == here,
            "url": reverse(f"unit_events:{name}", args=[event.pk])
            if event.pk and number < here
            else "",
        }
        for number, (name, label) in enumerate(zip(STEPS, labels, strict=True))
    ]
    return {"event": event, "steps": steps, "title": title}


def _to(name, event):
    return redirect(f"unit_events:{name}", event.pk)


def index(request):
    """List the events, those in preparation first."""
    if not actions.may_perform(request.user):
        raise PermissionDenied
    events = UnitEvent.objects.for_listing().select_related("performed_by")
    drafts = list(events.filter(status=UnitEvent.Status.DRAFT))
    past = events.exclude(status=UnitEvent.Status.DRAFT)
    context = {
        "drafts": drafts,
        "page_obj": Paginator(past, PER_PAGE).get_page(request.GET.get("trang")),
    }
    return render(request, "units/admin/events/index.html", context)


def create(request):
    """Begin an event."""
    if not actions.may_perform(request.user):
        raise PermissionDenied
    return _describe(request, UnitEvent())


def edit(request, pk):
    """Go back to what happens, when and to whom."""
    event = _event(request, pk)
    return _describe(request, event) if event.is_open else _to("show", event)


def _describe(request, event):
    form = EventForm(request.POST or None, instance=event)
    if request.method == "POST" and form.is_valid():
        try:
            actions.prepare_event(
                form.instance, form.cleaned_data["predecessors"], user=request.user
            )
            return _to("successors", event)
        except ValidationError as fault:
            form.add_error("predecessors", fault.messages)
    context = {"form": form, **_frame(event, "edit", _("An event in the life of units"))}
    return render(request, "units/admin/events/describe.html", context)


def successors(request, pk):
    """Ask which units take over: existing ones, new ones."""
    event = _event(request, pk)
    if not event.is_open:
        return _to("show", event)
    data = request.POST or None
    wants_more = "more" in request.POST
    form = SuccessorsForm(data, event=event)
    formset = new_unit_forms(event, data, more=2 if wants_more else 0)
    if request.method == "POST" and not wants_more and _keep_successors(request, form, formset):
        return _to("decisions", event)
    context = {
        "form": form,
        "formset": formset,
        "may_choose": event.kind != UnitEvent.Kind.RENAME,
        "shows_errors": not wants_more,
        **_frame(event, "successors", _("Who takes over")),
    }
    return render(request, "units/admin/events/successors.html", context)


def _keep_successors(request, form, formset):
    if not (form.is_valid() and formset.is_valid()):
        return False
    try:
        actions.name_successors(
            form.event, form.cleaned_data["existing"], formset.plain(), user=request.user
        )
    except ValidationError as fault:
        form.add_error(None, fault.messages)
        return False
    return True


def decisions(request, pk):
    """Ask who takes each thing; what was chosen is kept at every click."""
    event = _event(request, pk)
    if not event.is_open:
        return _to("show", event)
    shows_errors = False
    if request.method == "POST":
        chosen = decisions_from(request.POST, Plan(event))
        if "bulk" in request.POST:
            chosen |= bulk_decisions(request.POST["bulk"], Plan(event), chosen)
        actions.decide(event, chosen, user=request.user)
        shows_errors = "next" in request.POST
        if shows_errors and not Plan(event).open_lines:
            return _to("preview", event)
        if not shows_errors:
            messages.success(request, _("The choices have been kept."))
    context = {
        "plan": Plan(event),
        "shows_errors": shows_errors,
        **_frame(event, "decisions", _("Passing on")),
    }
    return render(request, "units/admin/events/decisions.html", context)


def preview(request, pk):
    """Show everything that will happen; perform it when it is confirmed."""
    event = _event(request, pk)
    if not event.is_open:
        return _to("show", event)
    faults, is_stale = [], False
    if request.method == "POST":
        try:
            actions.perform_event(event, request.POST.get("token", ""), user=request.user)
        except actions.StalePlan:
            is_stale = True
        except ValidationError as fault:
            faults = fault.messages
        except TransitionRefused:
            return _to("show", event)  # a second click: it has been done
        else:
            messages.success(request, _("The event has been performed."))
            return _to("show", event)
        event.refresh_from_db()
    plan = Plan(event)
    context = {
        "plan": plan,
        "faults": faults or _faults(plan),
        "is_stale": is_stale,
        **_frame(event, "preview", _("Preview")),
    }
    return render(request, "units/admin/events/preview.html", context)


def _faults(plan):
    try:
        actions.check_ready(plan)
    except ValidationError as fault:
        return fault.messages
    return []


def show(request, pk):
    """Show an event that was performed, and what it did."""
    event = _event(request, pk)
    if event.is_open:
        return _to("successors" if not event.plan else "decisions", event)
    return _show(request, event)


def _show(request, event, refusal=(), reason=""):
    context = {
        "event": event,
        "handed": handed_over(event),
        "history": _steps(event),
        "refusal": refusal,
        "reason": reason,
        "title": capfirst(event.get_kind_display()),
    }
    return render(request, "units/admin/events/show.html", context)


def _steps(event):
    steps = list(history_of(event))
    for step in steps:
        step.label = label(event, step.to_status)
    return steps


@require_POST
def undo(request, pk):
    """Take a mistaken event back."""
    event = _event(request, pk)
    reason = request.POST.get("reason", "")[:500]
    try:
        actions.undo_event(event, user=request.user, reason=reason)
    except ValidationError as fault:
        return _show(request, event, fault.messages, reason)
    except TransitionRefused as fault:
        return _show(request, event, [str(fault)], reason)
    messages.success(request, _("The event has been taken back."))
    return _to("show", event)


@require_POST
def discard(request, pk):
    """Give up an event in preparation."""
    event = _event(request, pk)
    try:
        actions.discard_event(event, user=request.user)
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
        return _to("show", event)
    messages.success(request, _("The event in preparation has been given up."))
    return redirect("unit_events:index")
