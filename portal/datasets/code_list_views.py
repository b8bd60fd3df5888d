"""Staff screens of code lists beside Wagtail's own: items out as CSV, items in from a file."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.permissions import policy_registry

from portal.core.permissions import get_visible_or_404
from portal.datasets.actions.code_lists import bring_in_items, items_as_csv
from portal.datasets.actions.uploads import SUFFIXES
from portal.datasets.models import CodeList


class ItemsForm(forms.Form):
    """A file of two columns, code and label."""

    file = forms.FileField(
        label=gettext_lazy("file"),
        help_text=gettext_lazy("CSV or Excel with the columns “Code” and “Label”."),
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )


def _code_list(user, action, pk):
    return get_visible_or_404(policy_registry.get_by_type(CodeList), user, action, pk=pk)


def items_csv(request, pk):
    """Give the items of a code list as CSV."""
    code_list = _code_list(request.user, "view", pk)
    response = HttpResponse(items_as_csv(code_list), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code_list.code}.csv"'
    return response


def bring_in(request, pk):
    """Take items from a file."""
    code_list = _code_list(request.user, "change", pk)
    form = ItemsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            added, changed = bring_in_items(code_list, form.cleaned_data["file"], user=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request,
                _("%(added)s items added, %(changed)s labels changed.")
                % {"added": added, "changed": changed},
            )
            return redirect(reverse("code_lists:edit", args=[pk]))
    return render(
        request, "datasets/admin/bring_in_items.html", {"code_list": code_list, "form": form}
    )
