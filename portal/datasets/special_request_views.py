"""Staff screens of special requests: the list, a new one, one with its answers, its withdrawal."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.form_errors import put_errors
from portal.core.roles import runs_centre
from portal.datasets.access import may_extend, units_sent_for
from portal.datasets.actions.special_requests import ask_for_data, withdraw_requested
from portal.datasets.models import DatasetPage, RequestedDataset, SpecialRequest
from portal.datasets.special_request_forms import SpecialRequestForm, WithdrawalForm
from portal.datasets.timeliness import timeliness_of_datasets
from portal.datasets.views import worked_on

REQUESTS_PER_PAGE = 30


def _asked_of(user):
    """Return what is asked of the datasets that ``user`` looks after."""
    asked = RequestedDataset.objects.filter(dataset__in=worked_on(user))
    return asked.select_related("request", "dataset__owner_unit", "unit")


def special_requests(request):
    """List the requests, the newest first, with how many of their answers came."""
    asked = _asked_of(request.user)
    found = SpecialRequest.objects.filter(pk__in=asked.values("request"))
    mine = Q(datasets__in=asked.values("pk"))
    found = found.annotate(
        asked_count=Count("datasets", filter=mine, distinct=True),
        withdrawn_count=Count(
            "datasets", filter=mine & Q(datasets__status="withdrawn"), distinct=True
        ),
    ).select_related("made_by")
    page = Paginator(found.order_by("-made_at", "-pk"), REQUESTS_PER_PAGE).get_page(
        request.GET.get("trang")
    )
    states = _states(asked.filter(request__in=[each.pk for each in page]))
    for each in page:
        own = [state for state in states if state.request.request_id == each.pk]
        each.done_count = sum(not state.is_open for state in own)
        each.overdue_count = sum(state.timeliness == "missing" for state in own)
    context = {"page_obj": page, "may_ask": runs_centre(request.user)}
    return render(request, "datasets/admin/special_requests.html", context)


def _states(asked):
    """Return the ``PeriodState`` list of what is asked for and not withdrawn."""
    asked = list(asked)
    wanted = {each.pk for each in asked}
    datasets = {each.dataset_id: each.dataset for each in asked}.values()
    return [
        state
        for states in timeliness_of_datasets(datasets).values()
        for state in states
        if state.request is not None and state.request.pk in wanted
    ]


def special_request(request, pk):
    """Show one request: what it asks of whom, and what came."""
    asked = list(_asked_of(request.user).filter(request=pk))
    shown = get_object_or_404(
        SpecialRequest.objects.select_related("made_by", "provision__regulation"),
        pk=pk,
        pk__in=[each.request_id for each in asked],
    )
    states = {state.request.pk: state for state in _states(asked)}
    rows = [
        {
            "asked": each,
            "state": states.get(each.pk),
            "answer": each.answers.counting().order_by("-uploaded_at").first(),
            "may_extend": may_extend(request.user, each.dataset),
        }
        for each in asked
    ]
    context = {
        "shown": shown,
        "rows": rows,
        "sends_for": units_sent_for(request.user),
        "may_withdraw": any(
            row["may_extend"] and row["state"] and row["state"].is_open for row in rows
        ),
    }
    return render(request, "datasets/admin/special_request.html", context)


def new_special_request(request):
    """Ask units for datasets by a day and hour."""
    if not runs_centre(request.user):
        raise PermissionDenied
    form = SpecialRequestForm(
        request.POST or None, user=request.user, chosen=_chosen(request), for_user=request.user
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = ask_for_data(user=request.user, **form.asked())
        except ValidationError as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The units are asked. They are told by letter as well."))
            return redirect("datasets:special_request", made.pk)
    return render(request, "datasets/admin/special_request_form.html", {"form": form})


def _chosen(request):
    """Return the datasets that the address names: one, or all of a unit."""
    wanted = Q(pk=None)
    for name, lookup in (("bo-du-lieu", "pk"), ("don-vi", "owner_unit")):
        text = request.GET.get(name, "")[:18]
        if text.isascii() and text.isdigit():
            wanted |= Q(**{lookup: int(text)})
    return list(DatasetPage.objects.live().filter(wanted).values_list("pk", flat=True))


def withdraw_special_request(request, pk):
    """Take back what a request asks for and has not got."""
    asked = [
        each
        for each in _asked_of(request.user).filter(request=pk)
        if may_extend(request.user, each.dataset)
    ]
    shown = get_object_or_404(SpecialRequest, pk=pk, pk__in=[each.request_id for each in asked])
    form = WithdrawalForm(request.POST or None, states=_states(asked))
    if request.method == "POST" and form.is_valid():
        try:
            withdrawn = withdraw_requested(
                form.cleaned_data["asked"], user=request.user, reason=form.cleaned_data["reason"]
            )
        except ValidationError as refusal:
            put_errors(form, refusal)
        else:
            words = ngettext(
                "The request for %(count)s dataset is withdrawn; it is not owed any more.",
                "The request for %(count)s datasets is withdrawn; they are not owed any more.",
                len(withdrawn),
            )
            messages.success(request, words % {"count": len(withdrawn)})
            return redirect("datasets:special_request", pk)
    context = {"shown": shown, "form": form}
    return render(request, "datasets/admin/special_request_withdrawal.html", context)
