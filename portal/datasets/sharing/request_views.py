"""Staff screens of requests for data: the lists, asking, what was asked, refusing, withdrawing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from portal.core.form_errors import put_errors
from portal.core.roles import Role, has_role
from portal.core.statuses import labelled_history
from portal.datasets.access import (
    may_ask_for,
    units_asked_for,
)
from portal.datasets.models import AccessGrant, AccessRequest, DatasetPage, SharingTerm
from portal.datasets.sharing.desk import (
    Desk,
    back_from_answered,
    may_answer,
    refuse_outsiders,
    request_or_404,
)
from portal.datasets.sharing.forms import (
    AskForm,
    RefusalForm,
)
from portal.datasets.sharing.overview import titles_of
from portal.datasets.sharing.requests import ask_access, refuse_access, withdraw_request

PAGE_SIZE = 30


def index(request):
    """Show one of the lists; what waits for an answer comes first."""
    refuse_outsiders(request.user)
    desk = Desk(request.user)
    asked = request.GET.get("muc", "")
    name = asked if asked in Desk.LISTS else "cho-tra-loi"
    context = {
        "lists": [(key, words, desk.list(key).count()) for key, words in Desk.LISTS.items()],
        "name": name,
        "of_grants": name in ("da-cap", "duoc-cap"),
        "page_obj": Paginator(desk.list(name), PAGE_SIZE).get_page(request.GET.get("trang")),
        "term": SharingTerm.load(request_or_site=request),
        "is_centre": desk.is_centre,
        "may_set_term": has_role(request.user, Role.ADMINISTRATOR),
    }
    return render(request, "datasets/admin/sharing/index.html", context)


def ask(request, pk):
    """Ask the owner for a dataset in the name of a unit."""
    dataset = get_object_or_404(DatasetPage.objects.readable_by(request), pk=pk)
    units = units_asked_for(request.user, dataset)
    if not units:
        raise PermissionDenied
    form = AskForm(request.POST or None, dataset=dataset, units=units)
    if request.method == "POST" and form.is_valid():
        words = dict(form.cleaned_data)
        unit = words.pop("unit")
        try:
            asked = ask_access(dataset, unit, user=request.user, **words)
        except ValidationError as refusal:
            put_errors(form, refusal)
        else:
            messages.success(
                request, _("The request %(number)s is sent.") % {"number": asked.number}
            )
            return redirect("datasets:request", asked.pk)
    context = {"dataset": dataset, "form": form, "term": SharingTerm.load(request_or_site=request)}
    return render(request, "datasets/admin/sharing/ask.html", context)


def asked(request, pk):
    """Show one request: what is asked, why, and how it was answered."""
    shown = request_or_404(request.user, pk)
    titles = titles_of(shown.dataset)
    context = {
        "asked": shown,
        "columns": [titles.get(each, each) for each in shown.columns],
        "events": labelled_history(shown),
        "grant": AccessGrant.objects.filter(request=shown).first(),
        "may_answer": may_answer(request.user, shown),
        "may_withdraw": shown.status == AccessRequest.Status.SENT
        and may_ask_for(request.user, shown.unit_id),
    }
    return render(request, "datasets/admin/sharing/request.html", context)


def refuse_request(request, pk):
    """Refuse a request, with reason and law."""
    shown = request_or_404(request.user, pk)
    if back := back_from_answered(request, shown):
        return back
    form = RefusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            refuse_access(shown, user=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            put_errors(form, refusal)
        else:
            return redirect("datasets:request", pk)
    return render(request, "datasets/admin/sharing/refuse.html", {"asked": shown, "form": form})


def take_back(request, pk):
    """Withdraw a request; asked before it is done."""
    shown = request_or_404(request.user, pk)
    if not may_ask_for(request.user, shown.unit_id):
        raise PermissionDenied
    if request.method == "POST":
        try:
            withdraw_request(shown, user=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect("datasets:request", pk)
    return render(request, "datasets/admin/sharing/withdraw.html", {"asked": shown})
