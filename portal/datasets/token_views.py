"""Staff screens of the tokens with which units' systems send files."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from portal.core.roles import Role, has_role
from portal.datasets.access import has_issuer, units_issued_for
from portal.datasets.actions.tokens import LONGEST_DAYS, issue_token, revoke_token
from portal.datasets.models import DatasetPage, UploadToken
from portal.datasets.timeliness import expected_periods
from portal.units.models import UnitPage

TOKENS_PER_PAGE, USES_PER_PAGE = 30, 50


class TokenForm(forms.Form):
    """Of which unit, for which datasets, for how long; offers only what ``user`` may choose."""

    title = forms.CharField(
        label=_("what it is for"),
        max_length=120,
        help_text=_("Such as the name of the system that sends."),
    )
    datasets = forms.ModelMultipleChoiceField(
        DatasetPage.objects.none(),
        label=_("datasets"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All of one unit: the token is that unit's."),
    )
    days = forms.IntegerField(
        label=_("valid for how many days"), min_value=1, max_value=LONGEST_DAYS, initial=180
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        datasets = DatasetPage.objects.live().filter(owner_unit__in=units_issued_for(user))
        field = self.fields["datasets"]
        field.queryset = datasets.select_related("owner_unit").order_by("owner_unit", "title")
        field.label_from_instance = lambda each: f"{each.title} ({each.owner_unit.title})"

    def clean_datasets(self):
        chosen = self.cleaned_data["datasets"]
        if len({each.owner_unit_id for each in chosen}) > 1:
            raise ValidationError(_("Choose datasets of one unit only."))
        return chosen


def _tokens_for(user):
    """Return the tokens that ``user`` may issue and revoke; refuse who issues none."""
    units = units_issued_for(user)
    if not units and not has_role(user, Role.ADMINISTRATOR):
        raise PermissionDenied
    return UploadToken.objects.filter(unit__in=units).select_related("unit", "issued_by")


def tokens(request):
    """List the tokens, newest first."""
    found = _tokens_for(request.user).prefetch_related("datasets")
    page = Paginator(found, TOKENS_PER_PAGE).get_page(request.GET.get("trang"))
    return render(request, "datasets/admin/tokens.html", {"page_obj": page})


@never_cache
def new_token(request):
    """Issue a token; its secret is on the answer to this form and nowhere else."""
    _tokens_for(request.user)
    form = TokenForm(request.POST or None, user=request.user)
    context = {"form": form}
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["datasets"])
        unit = UnitPage.objects.get(pk=chosen[0].owner_unit_id)
        words = {"title": form.cleaned_data["title"], "days": form.cleaned_data["days"]}
        try:
            token, secret = issue_token(unit, chosen, user=request.user, **words)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            context |= {"token": token, "secret": secret, **_example(chosen[0])}
            return render(request, "datasets/admin/token_issued.html", context)
    return render(request, "datasets/admin/token_form.html", context)


def _example(dataset):
    """Return the dataset and the period with which the page shows how to send."""
    periods = expected_periods(dataset)
    return {"example": dataset, "period": periods[-1].code if periods else ""}


def token(request, pk):
    """Show one token: what it reaches, and each of its uses."""
    return _token_page(request, pk)


def _token_page(request, pk, refusal=""):
    shown = get_object_or_404(_tokens_for(request.user), pk=pk)
    uses = shown.uses.select_related("version")
    context = {
        "token": shown,
        "has_issuer": has_issuer(shown),
        "datasets": shown.datasets.order_by("title"),
        "page_obj": Paginator(uses, USES_PER_PAGE).get_page(request.GET.get("trang")),
        "refusal": refusal,
    }
    status = 409 if refusal else 200
    return render(request, "datasets/admin/token.html", context, status=status)


@require_POST
def revoke(request, pk):
    """End a token."""
    shown = get_object_or_404(_tokens_for(request.user), pk=pk)
    try:
        revoke_token(shown, user=request.user)
    except ValidationError as refusal:
        return _token_page(request, pk, " ".join(refusal.messages))
    return redirect("datasets:token", pk)
