"""What one person has to do with sharing: as owner, as asker, or as one who runs the centre."""

from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.roles import runs_centre
from portal.datasets.access import may_issue_read_tokens, may_share
from portal.datasets.models import AccessGrant, AccessRequest
from portal.datasets.sharing.overview import grants_told
from portal.units.permissions import unit_ids_of


def refuse_outsiders(user):
    """Refuse who has nothing to do with any dataset."""
    if not runs_centre(user) and not unit_ids_of(user):
        raise PermissionDenied


class Desk:
    """The requests and grants of one person."""

    LISTS = {
        "cho-tra-loi": gettext_lazy("To be answered"),
        "da-gui": gettext_lazy("What we asked for"),
        "da-tra-loi": gettext_lazy("Answered"),
        "da-cap": gettext_lazy("Granted to others"),
        "duoc-cap": gettext_lazy("Granted to us"),
    }

    def __init__(self, user):
        self.user, self.units = user, unit_ids_of(user)
        self.is_centre = runs_centre(user)

    @cached_property
    def own(self):
        """Return the condition for what concerns datasets that the person looks after."""
        return Q() if self.is_centre else Q(dataset__owner_unit__in=self.units)

    @property
    def requests(self):
        """Return the requests that the person may know of."""
        found = AccessRequest.objects.for_listing()
        return found if self.is_centre else found.filter(self.own | Q(unit__in=self.units))

    @property
    def grants(self):
        """Return the grants that the person may know of."""
        found = AccessGrant.objects.for_listing()
        return found if self.is_centre else found.filter(self.own | Q(unit__in=self.units))

    def list(self, name):
        """Return what stands in one of ``LISTS``."""
        if name == "cho-tra-loi":
            return self.requests.open().filter(self.own).order_by("answer_due", "asked_at")
        if name == "da-tra-loi":
            return self.requests.exclude(status=AccessRequest.Status.SENT).filter(self.own)
        if name == "da-gui":
            return self.requests.filter(unit__in=self.units)
        grants = grants_told(self.grants)
        return grants.filter(self.own) if name == "da-cap" else grants.filter(unit__in=self.units)


def request_or_404(user, pk):
    """Return a request that ``user`` may know of, or answer as if it did not exist."""
    return get_object_or_404(Desk(user).requests, pk=pk)


def grant_or_404(user, pk):
    """Return a grant that ``user`` may know of, or answer as if it did not exist."""
    return get_object_or_404(Desk(user).grants, pk=pk)


def may_answer(user, request):
    """Return whether ``user`` may answer a request now."""
    return request.status == AccessRequest.Status.SENT and decides_for(
        user, request.dataset, request.unit_id
    )


def back_from_answered(request, asked):
    """Lead back from a form for answering to a request that somebody has answered meanwhile.

    None comes while it waits; who would never answer it is refused.
    """
    if not decides_for(request.user, asked.dataset, asked.unit_id):
        raise PermissionDenied
    if asked.status == AccessRequest.Status.SENT:
        return None
    messages.error(
        request, _("Meanwhile this request is %(status)s.") % {"status": asked.get_status_display()}
    )
    return redirect("datasets:request", asked.pk)


def decides_for(user, dataset, unit_id):
    """Return whether ``user`` decides what the unit may read of ``dataset``."""
    return may_share(user, dataset) and unit_id not in unit_ids_of(user)


def may_revoke(user, token):
    """Return whether ``user`` may end a token for reading: its unit, or who gave the grant."""
    return may_issue_read_tokens(user, token.unit_id) or (
        token.grant is not None and decides_for(user, token.grant.dataset, token.unit_id)
    )
