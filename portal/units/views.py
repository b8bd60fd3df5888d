"""Admin screens of units: take over those that a regulation names."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext

from portal.regulations.models import RegulationPage
from portal.units.actions import may_take_over, proposals_for, take_over_units
from portal.units.models import UnitIndexPage, UnitPage


def units_from_regulation(request, pk):
    """Show the units that a published regulation names; create those that are ticked."""
    if not may_take_over(request.user):
        raise PermissionDenied
    regulation = get_object_or_404(RegulationPage.objects.live(), pk=pk)
    rows = proposals_for(regulation)
    if request.method == "POST":
        wanted = set(request.POST.getlist("unit"))
        chosen = [proposal for proposal, _unit, _new in rows if proposal.key in wanted]
        taken = take_over_units(regulation, chosen, user=request.user)
        messages.success(
            request,
            ngettext(
                "%(count)d unit stands in the directory with its responsibilities.",
                "%(count)d units stand in the directory with their responsibilities.",
                len(taken),
            )
            % {"count": len(taken)},
        )
        return redirect("wagtailadmin_explore", UnitIndexPage.objects.get().pk)
    return render(
        request,
        "units/admin/units_from_regulation.html",
        {
            "regulation": regulation,
            "rows": [
                (proposal, UnitPage.Role(proposal.role).label, unit, new)
                for proposal, unit, new in rows
            ],
        },
    )
