"""From a duty to the dataset that will meet it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.permissions import get_visible_or_404
from portal.datasets.actions.drafted_columns import draft_columns
from portal.datasets.actions.drafts import draft_dataset_for
from portal.datasets.definitions.sources import ready_for, ready_made, ready_schema
from portal.datasets.duty_means import KINDS, may_add_dataset
from portal.units.models import Obligation, UnitPage
from portal.units.permissions import ObligationPolicy


class DraftForm(forms.Form):
    """Whose dataset it will be, and what it is called."""

    unit = forms.ModelChoiceField(
        label=gettext_lazy("owner unit"), queryset=UnitPage.objects.none()
    )
    title = forms.CharField(label=gettext_lazy("title"), max_length=255)
    ready = forms.ChoiceField(label=gettext_lazy("ready-made definition"), required=False)


def draft_for_duty(request, pk):
    """Ask for unit and title, and create the draft that the duty asks for."""
    if not may_add_dataset(request.user):
        raise PermissionDenied
    policy = ObligationPolicy(Obligation)
    obligation = get_visible_or_404(policy, request.user, "view", pk=pk, kind__in=KINDS)
    form = _form(request, obligation)
    if request.method == "POST" and form.is_valid():
        ready = form.cleaned_data.pop("ready")
        page = draft_dataset_for(obligation, user=request.user, **form.cleaned_data)
        if ready:
            draft_columns(page, ready_schema(ready), user=request.user)
        messages.success(request, _("The draft stands. Define its columns, then publish it."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    context = {
        "form": form,
        "obligation": obligation,
        "header_title": _("A dataset for this duty"),
        "header_icon": "table",
    }
    return render(request, "datasets/admin/draft_for_duty.html", context)


def _form(request, obligation):
    units = [unit.pk for unit in obligation.bound_units()]
    having = set(obligation.datasets.live().values_list("owner_unit", flat=True))
    words = f"{obligation.title} {obligation.text}"
    initial = {"title": obligation.title[:255], "ready": ready_for(words)}
    form = DraftForm(request.POST or None, initial=initial)
    titles = [(key, title) for key, title, *_rest in ready_made()]
    form.fields["ready"].choices = [("", _("none, I define the columns")), *titles]
    form.fields["unit"].queryset = UnitPage.objects.filter(pk__in=units).order_by("sort_key")
    form.fields["unit"].initial = next((pk for pk in units if pk not in having), None)
    return form
