"""Staff screens of grants: granting, what a grant gives and who read by it, revoking."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal.core.form_errors import put_errors
from portal.datasets.access import (
    may_issue_read_tokens,
    may_share,
)
from portal.datasets.sharing.desk import (
    back_from_answered,
    decides_for,
    grant_or_404,
    request_or_404,
)
from portal.datasets.sharing.forms import (
    GrantForm,
    RevocationForm,
)
from portal.datasets.sharing.grants import (
    grant_access,
    revoke_grant,
)
from portal.datasets.sharing.overview import (
    columns_in_words,
    limits_in_words,
)
from portal.datasets.views import dataset_or_404

EVENTS_PER_PAGE = 50


def grant_request(request, pk):
    """Answer a request with a grant."""
    shown = request_or_404(request.user, pk)
    return back_from_answered(request, shown) or _grant_form(request, shown.dataset, shown)


def grant_directly(request, pk):
    """Grant a unit access without its having asked."""
    dataset = dataset_or_404(request.user, pk)
    if not may_share(request.user, dataset):
        raise PermissionDenied
    return _grant_form(request, dataset, None)


def _grant_form(request, dataset, shown):
    form = GrantForm(request.POST or None, dataset=dataset, request=shown)
    if request.method == "POST" and form.is_valid():
        unit = shown.unit if shown else form.cleaned_data["unit"]
        try:
            grant = grant_access(dataset, unit, user=request.user, **form.decision)
        except ValidationError as refusal:
            put_errors(form, refusal)
        else:
            messages.success(
                request,
                _("%(unit)s may read “%(dataset)s” now.")
                % {"unit": unit.title, "dataset": dataset.title},
            )
            return redirect("datasets:grant", grant.pk)
    context = {"dataset": dataset, "asked": shown, "form": form}
    return render(request, "datasets/admin/sharing/grant_form.html", context)


def grant(request, pk):
    """Show one grant: what it gives, its tokens, and who has read by it."""
    user, shown = request.user, grant_or_404(request.user, pk)
    events = shown.events.select_related("actor", "token", "version")
    context = {
        "grant": shown,
        "columns": columns_in_words(shown),
        "limits": limits_in_words(shown),
        "former_units": shown.former_units(),
        "tokens": shown.tokens.select_related("issued_by"),
        "page_obj": Paginator(events, EVENTS_PER_PAGE).get_page(request.GET.get("trang")),
        "may_revoke": shown.revoked_at is None and decides_for(user, shown.dataset, shown.unit_id),
        "may_issue": shown.is_in_force and may_issue_read_tokens(user, shown.unit_id),
    }
    return render(request, "datasets/admin/sharing/grant.html", context)


def end_grant(request, pk):
    """Revoke a grant, with the reason."""
    shown = grant_or_404(request.user, pk)
    if not decides_for(request.user, shown.dataset, shown.unit_id):
        raise PermissionDenied
    form = RevocationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            revoke_grant(shown, user=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            put_errors(form, refusal)
        else:
            return redirect("datasets:grant", pk)
    return render(request, "datasets/admin/sharing/revoke.html", {"grant": shown, "form": form})
