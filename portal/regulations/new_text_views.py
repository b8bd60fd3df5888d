"""Staff screens of a whole new text: bring it in, see what it changes, enact it."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.regulations.comparison import shown_changes
from portal.regulations.enactable import last_edition
from portal.regulations.forms import TextImportForm
from portal.regulations.forms_editions import NewTextDecisionForm
from portal.regulations.importing import enacting
from portal.regulations.importing.actions import bring_in, latest_job, working_copy
from portal.regulations.importing.rules import CorrectionRefused
from portal.regulations.models import Edition, RegulationImport, RegulationPage
from portal.regulations.next_steps import next_steps

#: Of so many changed parts the words are shown at once, of the others on asking.
OPEN_CHANGES = 20
#: What the form carries of what was seen.
SEEN = {"revision", "base"}


def new_text(request, pk):
    """Take the amended text of a regulation, read it, and go on to what it changes."""
    regulation = get_object_or_404(RegulationPage, pk=pk)
    enacting.require_enacting(regulation, request.user)
    form = TextImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        brought_in = bring_in(
            form.cleaned_data["source_text"],
            user=request.user,
            file=form.cleaned_data["file"],
            amends=regulation,
        )
        return redirect("editions:new_text_preview", brought_in.pk)
    waiting = RegulationImport.objects.for_listing().filter(
        amends=regulation, regulation=None, discarded_at=None
    )
    context = {"form": form, "last": last_edition(regulation), "waiting": waiting[:5]}
    return render(request, "regulations/admin/new_text.html", {**context, **_head(regulation)})


def new_text_preview(request, pk):
    """Show what a text that was brought in changes; what is sent enacts exactly that."""
    imports = RegulationImport.objects.select_related("amends", "regulation")
    brought_in = get_object_or_404(imports, pk=pk)
    if brought_in.amends is None:
        raise Http404
    enacting.require_enacting(brought_in.amends, request.user)
    form = NewTextDecisionForm(request.POST or None, initial=_initial(brought_in))
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            enacting.enact_import(
                pk,
                form.decision(),
                revision=form.cleaned_data["revision"],
                base=form.cleaned_data["base"],
                user=request.user,
            )
        except CorrectionRefused as refused:
            refusal = str(refused)
            brought_in = imports.get(pk=pk)
        else:
            return redirect("editions:new_text_preview", pk)
    return _preview_page(request, brought_in, form, refusal)


def _preview_page(request, brought_in, form, refusal):
    regulation = brought_in.amends
    running = latest_job(brought_in) if brought_in.regulation_id is None else None
    is_running = running is not None and not running.is_finished
    context = {**_head(regulation), "brought_in": brought_in, "refusal": refusal}
    context |= {"form": form, "running": running, "is_running": is_running}
    if brought_in.regulation_id:
        context["editions"] = enacting.editions_made(brought_in)
        context["is_in_force"] = context["editions"][-1].status == Edition.Status.APPLIED
        context["next_steps"] = next_steps(regulation, request.user)
    elif brought_in.is_open and not is_running:
        try:
            context |= _changes(brought_in, form)
        except CorrectionRefused as refused:
            context["refusal"] = refusal or str(refused)
    return render(request, "regulations/admin/new_text_preview.html", context)


def _changes(brought_in, form):
    """Return what the preview shows; the form is told what the person sees now."""
    preview = enacting.preview_of(brought_in)
    if form.is_bound:
        form.data = form.data.copy()
        form.data.update({"revision": brought_in.revision, "base": preview.base})
    form.initial |= {"revision": brought_in.revision, "base": preview.base}
    head = working_copy(brought_in)["head"]
    return {
        "preview": preview,
        "changes": shown_changes(preview.redline, brought_in.amends),
        "open_changes": OPEN_CHANGES,
        "last": last_edition(brought_in.amends),
        "other_number": head["number"]
        if head["number"] != brought_in.amends.document_number
        else "",
    }


def _initial(brought_in):
    """Return what the form begins with: what was said before, else what the text's head says."""
    kept = enacting.decision_kept(brought_in)
    if kept is not None:
        return {name: getattr(kept, name) for name in NewTextDecisionForm.base_fields.keys() - SEEN}
    head = working_copy(brought_in)["head"]
    initial = {"effective_on": timezone.localdate()}
    if head["number"] and head["number"] != brought_in.amends.document_number:
        signed_on = date.fromisoformat(head["issued_on"]) if head["issued_on"] else None
        initial |= {"number": head["number"], "signed_on": signed_on, "title": head["title"]}
    return initial


def _head(regulation):
    return {
        "regulation": regulation,
        "page_title": _("Enact a new edition from a file"),
        "page_subtitle": regulation.title,
        "header_icon": "doc-full-inverse",
    }
