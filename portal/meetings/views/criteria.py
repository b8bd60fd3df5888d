"""Sets of criteria: written line by line until a cycle uses them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.meetings.actions import criteria
from portal.meetings.forms.assessment import CriteriaFormSet, CriteriaSetForm
from portal.meetings.models import CriteriaSet
from portal.meetings.permissions import may, require, visible_or_404
from portal.meetings.views.frames import framed, page_of


def criteria_list(request):
    """Show the sets, and begin a new one."""
    if not may(request.user, "view", CriteriaSet):
        raise PermissionDenied
    form = CriteriaSetForm(request.POST or None)
    if request.method == "POST":
        require(request.user, "add", CriteriaSet)
        if form.is_valid():
            return redirect("meetings:criteria", form.save().pk)
    context = {
        "form": form,
        "page_obj": page_of(request, CriteriaSet.objects.all()),
        "can_create": may(request.user, "add", CriteriaSet),
        **framed(_("Criteria"), (reverse("meetings:cycles"), _("Assessment")), icon="tasks"),
    }
    return render(request, "meetings/admin/criteria_list.html", context)


def criteria_page(request, pk):
    """Show a set; while no cycle uses it, its lines can be written."""
    criteria_set = visible_or_404(CriteriaSet, request.user, pk=pk)
    can_change = may(request.user, "change", criteria_set) and not criteria_set.frozen_at
    rows = CriteriaFormSet(
        request.POST or None,
        queryset=criteria_set.criteria.all(),
        form_kwargs={"criteria_set": criteria_set},
        prefix="tieu-chi",
    )
    refusal = None
    if request.method == "POST":
        require(request.user, "change", criteria_set)
        if rows.is_valid():
            refusal = _save(criteria_set, rows, request.user)
            if refusal is None:
                messages.success(request, _("Saved."))
                return redirect("meetings:criteria", pk)
    context = {
        "criteria_set": criteria_set,
        "criteria": criteria_set.criteria.select_related("parent"),
        "rows": rows if can_change else None,
        "refusal": refusal,
        "can_copy": may(request.user, "add", CriteriaSet),
        **framed(
            str(criteria_set),
            (reverse("meetings:cycles"), _("Assessment")),
            (reverse("meetings:criteria_sets"), _("Criteria")),
            icon="tasks",
        ),
    }
    return render(request, "meetings/admin/criteria.html", context)


def _save(criteria_set, rows, user):
    """Keep the lines; return what was refused, or None."""
    kept = [
        form.save(commit=False)
        for form in rows.ordered_forms
        if form.has_changed() or form.instance.pk
    ]
    try:
        criteria.save_criteria(criteria_set, kept, user=user)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return None


@require_POST
def criteria_copy(request, pk):
    """Go on with a copy of a set that is in use."""
    criteria_set = visible_or_404(CriteriaSet, request.user, pk=pk)
    copy = criteria.new_version(criteria_set, user=request.user)
    messages.success(request, _("This is the new version; change what you need."))
    return redirect("meetings:criteria", copy.pk)
