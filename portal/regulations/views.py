"""Admin screens of regulations: publish one as a whole."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.regulations.actions import enact_edition, publish_regulation
from portal.regulations.models import RegulationPage


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
