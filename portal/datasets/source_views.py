"""Staff screens of what is fetched: the sources, one of them with its fetches, and its steps."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from portal.core.form_errors import put_errors
from portal.core.roles import Role, has_role, runs_centre
from portal.core.statuses import TransitionRefused, labelled_history
from portal.datasets.access import units_issued_for
from portal.datasets.actions import sources as actions
from portal.datasets.models import DataSource, SourceFetch
from portal.datasets.source_forms import FORMS
from portal.datasets.sources.rhythms import MOST_FAILURES
from portal.datasets.sources.rights import may_keep_sources
from portal.datasets.version_views import sentence_of
from portal.units.permissions import unit_ids_of

SOURCES_PER_PAGE, FETCHES_PER_PAGE = 30, 30
KINDS = {"tep": DataSource.Kind.FILE, "cong": DataSource.Kind.PORTAL}
SHOWN_REMOTE = 20


class StepForm(forms.Form):
    """The words that go with a step of a source."""

    note = forms.CharField(required=False, max_length=2000)
    number = forms.IntegerField(required=False, min_value=1, max_value=10**8)


def _sources_for(user):
    """Return the sources that ``user`` sees: of the own units, or all when running the centre."""
    found = DataSource.objects.select_related("dataset", "unit", "set_up_by")
    if runs_centre(user):
        return found
    units = unit_ids_of(user)
    if not units:
        raise PermissionDenied
    return found.of_units(units)


def _require_keeper(user):
    if not units_issued_for(user) and not has_role(user, Role.ADMINISTRATOR):
        raise PermissionDenied


def sources(request):
    """List the sources; those in trouble first."""
    newest = SourceFetch.objects.filter(source=OuterRef("pk")).order_by("-at", "-pk")
    found = _sources_for(request.user).annotate(last_pk=Subquery(newest.values("pk")[:1]))
    found = found.order_by("-failures", "status", "title", "pk")
    page = Paginator(found, SOURCES_PER_PAGE).get_page(request.GET.get("trang"))
    lasts = SourceFetch.objects.in_bulk([each.last_pk for each in page if each.last_pk])
    rows = [{"source": each, "last": lasts.get(each.last_pk)} for each in page]
    may_keep = has_role(request.user, Role.ADMINISTRATOR) or bool(units_issued_for(request.user))
    context = {"page_obj": page, "rows": rows, "may_keep": may_keep}
    return render(request, "datasets/admin/sources.html", context)


@never_cache
def new_source(request, kind):
    """Set a source up."""
    _require_keeper(request.user)
    if kind not in KINDS:
        raise Http404
    form = FORMS[KINDS[kind]](
        request.POST or None, user=request.user, initial={"dataset": request.GET.get("bo")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.set_up_source(
                form.cleaned_data["dataset"],
                user=request.user,
                kind=KINDS[kind],
                secret=form.secret() or "",
                **form.settings(),
            )
        except ValidationError as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The source is set up. Fetch it now to see what comes."))
            return redirect("datasets:source", made.pk)
    return render(request, "datasets/admin/source_form.html", {"form": form, "kind": KINDS[kind]})


@never_cache
def change_source(request, pk):
    """Change a source; its secret is never shown."""
    shown = _kept_or_404(request.user, pk)
    form = FORMS[shown.kind](request.POST or None, user=request.user, source=shown)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_source(shown, user=request.user, secret=form.secret(), **form.settings())
        except ValidationError as refusal:
            put_errors(form, refusal)
        else:
            return redirect("datasets:source", pk)
    context = {"form": form, "kind": shown.kind, "source": shown}
    return render(request, "datasets/admin/source_form.html", context)


def _kept_or_404(user, pk):
    """Return a source that ``user`` may change."""
    shown = get_object_or_404(_sources_for(user), pk=pk)
    if not may_keep_sources(user, shown.unit_id):
        raise PermissionDenied
    return shown


def source(request, pk):
    """Show one source, what it fetched, and what can be done with it."""
    return _source_page(request, get_object_or_404(_sources_for(request.user), pk=pk))


def _source_page(request, shown, *, refusal="", step="", note=""):
    fetches = shown.fetches.select_related("version", "asked_by")
    page = Paginator(fetches, FETCHES_PER_PAGE).get_page(request.GET.get("trang"))
    may_keep = may_keep_sources(request.user, shown.unit_id)
    context = {
        "source": shown,
        "page_obj": page,
        "is_under_way": shown.fetches.filter(outcome=SourceFetch.Outcome.WAITING).exists(),
        "may_keep": may_keep,
        "may_resume": may_keep and shown.is_resumable,
        "remote": shown.remote_versions.select_related("version")[:SHOWN_REMOTE],
        "history": labelled_history(shown),
        "most_failures": MOST_FAILURES,
        "refusal": refusal,
        "refused_step": step,
        "typed_note": note,
    }
    status = 409 if refusal else 200
    return render(request, "datasets/admin/source.html", context, status=status)


STEPS = {
    "lay-ngay": lambda source, user, note, number: actions.ask_now(source, user=user),
    "tam-dung": lambda source, user, note, number: actions.pause_source(
        source, user=user, note=note
    ),
    "tiep-tuc": lambda source, user, note, number: actions.resume_source(source, user=user),
    "ket-thuc": lambda source, user, note, number: actions.end_source(source, user=user, note=note),
    "bat-dau-lai": lambda source, user, note, number: actions.begin_anew(
        source, user=user, number=number or 0, note=note
    ),
}


@require_POST
def take_step(request, pk, key):
    """Do one step with a source; a refusal is shown on its page."""
    shown = _kept_or_404(request.user, pk)
    if key not in STEPS:
        raise Http404
    form = StepForm(request.POST)
    if not form.is_valid():
        return _source_page(request, shown, refusal=_("Write a number and a short note."), step=key)
    note = form.cleaned_data["note"]
    try:
        STEPS[key](shown, request.user, note, form.cleaned_data["number"])
    except (ValidationError, TransitionRefused) as refusal:
        again = get_object_or_404(_sources_for(request.user), pk=pk)
        return _source_page(request, again, refusal=sentence_of(refusal), step=key, note=note)
    return redirect("datasets:source", pk)
