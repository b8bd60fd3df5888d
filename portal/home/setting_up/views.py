"""Screens that set the portal up: choose a regulation, decide on its proposals, let them stand."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.home.models import SetupProposal, SetupRun
from portal.home.setting_up import actions, jobs, screen
from portal.home.setting_up.forms import FORMS
from portal.meetings.models import AssessmentIndexPage, MeetingIndexPage
from portal.regulations.models import RegulationPage
from portal.units.models import UnitIndexPage

RUNS_SHOWN = 10


def _require_administrator(request):
    if not actions.may_set_up(request.user):
        raise PermissionDenied


def choose(request):
    """Show the published regulations and what became of earlier set-ups."""
    _require_administrator(request)
    regulations = RegulationPage.objects.live().order_by("-issued_on", "title")
    runs = SetupRun.objects.select_related("regulation", "created_by")[:RUNS_SHOWN]
    return render(
        request,
        "home/setup/choose.html",
        {"regulations": regulations, "runs": runs, "applied": SetupRun.Status.APPLIED},
    )


@require_POST
def start(request, pk):
    """Read the proposals of a regulation and go on to decide on them."""
    _require_administrator(request)
    regulation = get_object_or_404(RegulationPage, pk=pk)
    try:
        run = actions.start_setup(regulation, user=request.user)
    except actions.SetupRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("setup:choose")
    return redirect("setup:step", run.pk, screen.STEPS[0].word)


def step(request, pk, word):
    """Show one step; a form that was sent keeps its decisions and goes on to the next."""
    _require_administrator(request)
    run = get_object_or_404(SetupRun.objects.select_related("regulation"), pk=pk)
    current = screen.step_called(word)
    if current is None:
        raise Http404
    if request.method == "POST":
        return _decided(request, run, current)
    names = screen.unit_names(run)
    context = {
        "run": run,
        "step": current,
        "steps": screen.steps_with_counts(run, current),
    }
    if current.kind:
        rows = screen.rows_of(run, current.kind, names)
        context["groups"] = screen.grouped(rows, current.kind)
        context["count"] = len(rows)
        return render(request, "home/setup/step.html", context)
    return render(
        request, "home/setup/confirm.html", {**context, **_progress(run), **_summary(run)}
    )


def _summary(run):
    return {
        "directory": UnitIndexPage.objects.first(),
        "rooms": [
            page.specific
            for model in (MeetingIndexPage, AssessmentIndexPage)
            for page in model.objects.live()
        ],
        "assumed": [
            proposal
            for proposal in run.proposals.of_kind(SetupProposal.Kind.OBLIGATION).accepted()
            if proposal.values.get("is_assumed")
        ],
    }


def _decided(request, run, current):
    seen = _ids(request.POST.getlist("seen"))
    accepted = _ids(request.POST.getlist("accepted"))
    try:
        actions.decide(run, accepted, among=seen, user=request.user)
    except actions.SetupRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("setup:step", run.pk, current.word)
    return redirect("setup:step", run.pk, screen.step_after(current).word)


def _ids(values):
    return {int(value) for value in values if value.isdecimal()}


def proposal(request, pk):
    """Correct one proposal, with the words it was read from beside it."""
    _require_administrator(request)
    thing = get_object_or_404(SetupProposal.objects.select_related("run__regulation"), pk=pk)
    names = screen.unit_names(thing.run)
    extra = {"groups": screen.group_keys(thing.run)} if thing.kind == "unit" else {}
    form = FORMS[thing.kind](request.POST or None, proposal=thing, names=names, **extra)
    current = screen.STEP_OF_KIND[thing.kind]
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(thing, form.values(), user=request.user)
        except actions.SetupRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Corrected and accepted."))
            return redirect("setup:step", thing.run_id, current.word)
    return render(
        request,
        "home/setup/proposal.html",
        {
            "proposal": thing,
            "run": thing.run,
            "form": form,
            "step": current,
            "provisions": screen.provisions_of(thing),
        },
    )


@require_POST
def apply(request, pk):
    """Have everything accepted stand by the worker, or say in one sentence why not."""
    _require_administrator(request)
    run = get_object_or_404(SetupRun, pk=pk)
    try:
        jobs.request_setup(run, user=request.user)
    except actions.SetupRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("setup:step", pk, screen.STEPS[-1].word)


def progress(request, pk):
    """Show how far the worker is with a set-up; the last step asks for it again and again."""
    _require_administrator(request)
    run = get_object_or_404(SetupRun, pk=pk)
    return render(request, "home/setup/progress.html", _progress(run))


def _progress(run):
    running = jobs.latest_job(run)
    return {"running": running, "running_label": jobs.STEPS.get(running.step) if running else None}


@require_POST
def abandon(request, pk):
    """Put the set-up aside."""
    _require_administrator(request)
    run = get_object_or_404(SetupRun, pk=pk)
    try:
        actions.abandon_setup(run, user=request.user)
    except actions.SetupRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("setup:choose")
