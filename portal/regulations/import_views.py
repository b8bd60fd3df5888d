"""Screens that bring a text in: upload or paste, look, correct, create draft pages."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.core.audit import record
from portal.regulations.forms import TextImportForm
from portal.regulations.importing import actions, screen
from portal.regulations.importing.blocks import children_of, position_of
from portal.regulations.importing.cutting import places_in
from portal.regulations.importing.forms import BLOCK_FORMS, DiscardForm, HeadForm
from portal.regulations.importing.rules import BlockGone, CorrectionRefused
from portal.regulations.models import RegulationImport

HEAD = "dau"
#: The tools of a block by the word that the address carries.
TOOLS = {"sua": "edit", "tach": "split", "cap": "kind", "bo": "leave_out"}
LISTED_IMPORTS = 20


def import_text(request):
    """Take a text, read it, keep both, and go on to its structure."""
    actions.index_to_add_to(request.user)
    form = TextImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        brought_in = actions.bring_in(
            form.cleaned_data["source_text"], user=request.user, file=form.cleaned_data["file"]
        )
        return redirect("regulations:import_preview", brought_in.pk)
    imports = Paginator(RegulationImport.objects.for_listing(), LISTED_IMPORTS)
    return render(
        request,
        "regulations/admin/import_text.html",
        {"form": form, "recent_imports": imports.get_page(request.GET.get("trang"))},
    )


def import_preview(request, pk):
    """Show structure and source side by side, and what an editor should look at.

    ``?sua=m12`` opens the tools of one block, ``?sua=dau`` the form of the head.
    """
    brought_in = _import_or_404(request, pk)
    chosen, tool = request.GET.get("sua", ""), request.GET.get("cach", "sua")
    panel = None
    if chosen and brought_in.is_open:
        panel = _panel(actions.working_copy(brought_in), chosen, TOOLS.get(tool, "edit"))
    return _page(request, brought_in, panel=panel)


def import_block(request, pk, block_id):
    """Answer with the tools of one block alone, for the script that puts them in place.

    ``lan`` is the revision of the page that asks: it is told to load again when it is older.
    """
    brought_in = _import_or_404(request, pk)
    if request.GET.get("lan", str(brought_in.revision)) != str(brought_in.revision):
        return HttpResponse(status=409)
    tool = TOOLS.get(request.GET.get("cach", ""), "edit")
    panel = _panel(actions.working_copy(brought_in), block_id, tool)
    if panel is None or not brought_in.is_open:
        raise Http404
    return render(
        request,
        "regulations/admin/import_panel.html",
        {"brought_in": brought_in, "panel": panel},
    )


@require_POST
def import_correct(request, pk):
    """Make one correction and go back to its block; what is refused is shown where it was typed."""
    brought_in = _import_or_404(request, pk)
    verb, block_id = request.POST.get("verb", ""), request.POST.get("block", "")
    form, refusal = None, ""
    try:
        form = _correction_form(request, actions.working_copy(brought_in), verb, block_id)
        if form is None or form.is_valid():
            target = actions.correct(
                pk,
                verb,
                block_id,
                form.cleaned_data if form else {},
                revision=_revision(request),
                user=request.user,
            )
            return _back(pk, HEAD if verb == "head" else target)
    except CorrectionRefused as refused:
        refusal = str(refused)
    brought_in.refresh_from_db()
    panel = _panel(
        actions.working_copy(brought_in), HEAD if verb == "head" else block_id, verb, form
    )
    return _page(
        request, brought_in, panel=panel, refusal=refusal, typed=_typed(request, verb, panel)
    )


def _correction_form(request, working, verb, block_id):
    """Return the form that a correction was sent with, None for one without words."""
    if verb == "head":
        return HeadForm(request.POST, head=working["head"])
    if verb in BLOCK_FORMS:
        position = position_of(working["blocks"], block_id)
        if position is None:
            raise BlockGone(_("This part is no longer in the structure."))
        return BLOCK_FORMS[verb](request.POST, block=working["blocks"][position])
    if verb not in actions.VERBS:
        raise CorrectionRefused(_("There is no such correction."))
    return None


@require_POST
def import_undo(request, pk):
    """Take the last correction back, or with ``again`` all of them."""
    brought_in = _import_or_404(request, pk)
    try:
        if request.POST.get("again"):
            actions.start_again(pk, revision=_revision(request), user=request.user)
            messages.success(
                request, _("The structure is again as it was read. This can be undone.")
            )
            return _back(pk, "")
        return _back(pk, actions.undo(pk, revision=_revision(request), user=request.user))
    except CorrectionRefused as refused:
        brought_in.refresh_from_db()
        return _page(request, brought_in, refusal=str(refused))


@require_POST
def import_tick(request, pk):
    """Note that a remark was looked at, or take the note back."""
    _import_or_404(request, pk)
    seen, unseen = request.POST.get("seen"), request.POST.get("unseen")
    if seen or unseen:
        actions.tick_lint(pk, (seen or unseen)[:40], seen=bool(seen), user=request.user)
    return redirect(f"{reverse('regulations:import_preview', args=[pk])}#viec")


@require_POST
def import_discard(request, pk):
    """Put an import aside with a reason."""
    brought_in = _import_or_404(request, pk)
    form = DiscardForm(request.POST)
    if not form.is_valid():
        return _page(request, brought_in, discard_form=form)
    try:
        actions.discard(pk, reason=form.cleaned_data["reason"], user=request.user)
    except CorrectionRefused as refused:
        return _page(request, brought_in, refusal=str(refused), discard_form=form)
    messages.success(request, _("The text was put aside. It stays in the list as a record."))
    return redirect("regulations:import_text")


@require_POST
def import_create(request, pk):
    """Create the draft pages of an imported text, once."""
    brought_in = _import_or_404(request, pk)
    try:
        revision = _revision(request) if "revision" in request.POST else None
        page = actions.create_pages(pk, revision=revision, user=request.user)
    except actions.ImportFinished:
        messages.warning(request, _("The draft pages of this text were already created."))
    except CorrectionRefused as refused:
        brought_in.refresh_from_db()
        return _page(request, brought_in, refusal=str(refused))
    else:
        if page is not None:
            messages.success(
                request,
                _("Draft pages stand. Nothing is public before you publish the regulation."),
            )
    return redirect("regulations:import_preview", pk)


def import_progress(request, pk):
    """Answer how far the creation of the pages is, for the script that asks again and again."""
    brought_in = _import_or_404(request, pk)
    return render(
        request,
        "regulations/admin/import_progress.html",
        {"running": actions.latest_job(brought_in)},
    )


def import_original(request, pk):
    """Give the text as it was received: the file, or what was pasted."""
    brought_in = _import_or_404(request, pk)
    record("regulations.download_original", brought_in, user=request.user)
    if brought_in.file:
        response = FileResponse(
            brought_in.file.open("rb"), as_attachment=True, filename=brought_in.filename
        )
    else:
        response = HttpResponse(brought_in.source_text, content_type="text/plain; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="van-ban-{pk}.txt"'
    response["Cache-Control"] = "private, no-store"
    return response


def _import_or_404(request, pk):
    actions.index_to_add_to(request.user)
    imports = RegulationImport.objects.select_related("regulation", "created_by", "discarded_by")
    return get_object_or_404(imports, pk=pk)


def _revision(request):
    """Return the revision that a form was made on; one that no import has for anything else."""
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def _back(pk, target):
    address = reverse("regulations:import_preview", args=[pk])
    return redirect(f"{address}#{target or 'cau-truc'}")


def _panel(working, chosen, tool, form=None):
    """Return the open tools: of a block, or of the head; None when the block is gone."""
    if chosen == HEAD:
        return {"id": HEAD, "form": form or HeadForm(head=working["head"])}
    position = position_of(working["blocks"], chosen)
    if position is None:
        return None
    blocks = working["blocks"]
    block = blocks[position]
    forms = {verb: BLOCK_FORMS[verb](block=block) for verb in BLOCK_FORMS}
    if form is not None:
        forms[form.verb] = form
    if not children_of(blocks, position):
        del forms["leave_out"].fields["with_children"]
    return {
        "id": chosen,
        "tool": tool if tool in forms else "edit",
        "row": screen.row_of(block),
        "forms": forms,
        "places": places_in(block),
        "words": screen.body_of(block),
        "can_merge": position > 0
        and (blocks[position - 1]["component"] == block["component"] or block["kind"] == "annex"),
        "can_begin": block["component"] != "annex",
    }


def _typed(request, verb, panel):
    """Return what was typed into a form whose block is gone, each text with its label."""
    if panel is not None or verb not in BLOCK_FORMS:
        return []
    fields = BLOCK_FORMS[verb].base_fields
    return [(fields[name].label, request.POST[name]) for name in fields if request.POST.get(name)]


def _page(request, brought_in, *, panel=None, refusal="", typed=(), discard_form=None):
    working = actions.working_copy(brought_in)
    open_lints, seen_lints = screen.lints_of(working, brought_in.seen_lints)
    running = actions.latest_job(brought_in) if brought_in.regulation_id is None else None
    is_running = running is not None and not running.is_finished
    same_source = RegulationImport.objects.for_listing().of_the_same_source(brought_in)
    return render(
        request,
        "regulations/admin/import_preview.html",
        {
            "brought_in": brought_in,
            "head": screen.head_of(working),
            "may_correct": brought_in.is_open and not is_running,
            "rows": screen.rows_of(working, open_lints),
            "is_long": len(working["blocks"]) > screen.MANY_BLOCKS,
            "lines": screen.source_rows(working, brought_in.source_lines),
            "left_out": screen.left_out_rows(working),
            "lint_groups": screen.groups_of(open_lints),
            "open_count": len(open_lints),
            "seen_lints": seen_lints,
            "summary": screen.summary_of(working[actions.FOUND]["counts"], len(open_lints)),
            "edited_count": working[actions.FOUND]["counts"]["edited"],
            "undoable": screen.undoable(brought_in),
            "corrections": screen.corrections_of(brought_in),
            "same_source": same_source[:3],
            "running": running,
            "panel": panel,
            "refusal": refusal,
            "typed": typed,
            "discard_form": discard_form or DiscardForm(),
        },
    )
