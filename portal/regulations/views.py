"""Admin screens of regulations: bring a text in, look at its structure, make pages, publish."""

import hashlib

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.regulations.actions import create_draft_pages, enact_edition, publish_regulation
from portal.regulations.forms import TextImportForm
from portal.regulations.models import RegulationImport, RegulationIndexPage, RegulationPage
from portal.regulations.parsing import as_json, parse_text


def require_right_to_add(user):
    """Return the index below which ``user`` may add regulations, or refuse."""
    index = RegulationIndexPage.objects.first()
    if index is None or not index.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied
    return index


def import_text(request):
    """Take a text, read it, keep both, and go on to the preview."""
    require_right_to_add(request.user)
    form = TextImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        text, file = form.cleaned_data["source_text"], form.cleaned_data["file"]
        brought_in = RegulationImport.objects.create(
            file=file or "",
            filename=file.name if file else "",
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            source_text=text,
            parsed=as_json(parse_text(text)),
            created_by=request.user,
        )
        return redirect("regulations:import_preview", brought_in.pk)
    recent = RegulationImport.objects.select_related("regulation", "created_by")[:10]
    return render(
        request, "regulations/admin/import_text.html", {"form": form, "recent_imports": recent}
    )


def import_preview(request, pk):
    """Show source and structure side by side, and what an editor should look at."""
    require_right_to_add(request.user)
    brought_in = get_object_or_404(RegulationImport, pk=pk)
    return render(
        request,
        "regulations/admin/import_preview.html",
        {
            "brought_in": brought_in,
            "parsed": brought_in.parsed,
            "lines": brought_in.source_text.splitlines(),
        },
    )


@require_POST
def import_create(request, pk):
    """Create the draft pages of an imported text, once."""
    index = require_right_to_add(request.user)
    brought_in = get_object_or_404(RegulationImport, pk=pk)
    if brought_in.regulation is None:
        brought_in.regulation = create_draft_pages(
            brought_in.parsed, parent=index, user=request.user
        )
        brought_in.save(update_fields=["regulation"])
        messages.success(
            request, _("Draft pages stand. Nothing is public before you publish the regulation.")
        )
    else:
        messages.warning(request, _("The draft pages of this text were already created."))
    return redirect("regulations:import_preview", pk)


@require_POST
def publish(request, pk):
    """Publish a regulation with all its pages, and freeze its first edition."""
    regulation = get_object_or_404(RegulationPage, pk=pk)
    if not regulation.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    publish_regulation(regulation, user=request.user)
    if not regulation.editions.exists():
        enact_edition(
            regulation,
            effective_on=regulation.effective_on or regulation.first_published_at.date(),
            decision_number=regulation.document_number,
            user=request.user,
        )
    messages.success(request, _("The regulation is published."))
    return HttpResponseRedirect(reverse("wagtailadmin_explore", args=[regulation.pk]))
