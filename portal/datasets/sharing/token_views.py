"""Staff screens of tokens for reading: by a grant, or what is shared with a unit by default."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from portal.core.form_errors import put_errors
from portal.core.roles import Role, has_role
from portal.datasets.access import (
    may_issue_read_tokens,
    units_sent_for,
)
from portal.datasets.models import AccessToken
from portal.datasets.sharing.desk import (
    grant_or_404,
    may_revoke,
)
from portal.datasets.sharing.forms import (
    ReadTokenForm,
)
from portal.datasets.sharing.grants import (
    issue_read_token,
    revoke_read_token,
)
from portal.units.models import UnitPage

PAGE_SIZE = 30


@never_cache
def new_grant_token(request, pk):
    """Issue a token that reads by a grant; its secret is on the answer and nowhere else."""
    shown = grant_or_404(request.user, pk)
    if not may_issue_read_tokens(request.user, shown.unit_id):
        raise PermissionDenied
    return _token_form(request, shown.unit, shown)


def _token_form(request, unit, grant):
    form = ReadTokenForm(request.POST or None)
    context = {"form": form, "unit": unit, "grant": grant}
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = issue_read_token(
                unit, user=request.user, grant=grant, **form.cleaned_data
            )
        except ValidationError as refusal:
            put_errors(form, refusal)
        else:
            context |= {"token": token, "secret": secret}
            return render(request, "datasets/admin/sharing/token_issued.html", context)
    return render(request, "datasets/admin/sharing/token_form.html", context)


def _units_with_tokens(user):
    """Return the units whose tokens for reading the person issues; refuse who issues none."""
    if has_role(user, Role.ADMINISTRATOR):
        return UnitPage.objects.live()
    units = units_sent_for(user)
    if not units:
        raise PermissionDenied
    return UnitPage.objects.filter(pk__in=units)


def read_tokens(request):
    """List the tokens by which systems of the person's units read."""
    units = _units_with_tokens(request.user)
    found = AccessToken.objects.filter(unit__in=units)
    found = found.select_related("unit", "issued_by", "grant__dataset")
    context = {
        "page_obj": Paginator(found, PAGE_SIZE).get_page(request.GET.get("trang")),
        "units": units.order_by("title") if units.count() < PAGE_SIZE else [],
    }
    return render(request, "datasets/admin/sharing/tokens.html", context)


@never_cache
def new_unit_token(request, pk):
    """Issue a token that reads what is shared with a unit by default."""
    unit = get_object_or_404(_units_with_tokens(request.user), pk=pk)
    return _token_form(request, unit, None)


def end_token(request, pk):
    """Revoke a token for reading."""
    token = get_object_or_404(AccessToken.objects.select_related("grant__dataset", "unit"), pk=pk)
    if not may_revoke(request.user, token):
        raise Http404
    if request.method == "POST":
        try:
            revoke_read_token(token, user=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        if token.grant_id:
            return redirect("datasets:grant", token.grant_id)
        return redirect("datasets:read_tokens")
    return render(request, "datasets/admin/sharing/end_token.html", {"token": token})
