"""Staff screens of editions: enact drafts together, see what waits, withdraw it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.core.formats import format_date
from portal.regulations.actions import EnactmentRefused, enact_changes, withdraw_edition
from portal.regulations.comparison import DRAFT
from portal.regulations.enactable import drafts_of, last_edition, repealable_parts
from portal.regulations.forms_editions import DecisionForm, DraftForm, RepealForm, WithdrawForm
from portal.regulations.importing.actions import may_bring_in
from portal.regulations.models import Edition, RegulationPage
from portal.regulations.standing import stands_of


def regulation_to_enact(request, pk):
    """Return the regulation if the visitor may publish it, or refuse."""
    regulation = get_object_or_404(RegulationPage, pk=pk)
    if not regulation.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    return regulation


def enact(request, pk):
    """Show every draft below a regulation, and enact those that are chosen."""
    regulation = regulation_to_enact(request, pk)
    drafts = drafts_of(regulation)
    data = request.POST or None
    decision = DecisionForm(data, initial={"effective_on": timezone.localdate()})
    rows = [DraftForm(data, draft=draft) for draft in drafts]
    repeals = RepealForm(
        data, parts=repealable_parts(regulation), pages=regulation.get_descendants()
    )
    forms = [decision, *rows, repeals]
    # Each is looked at, so that each says what is wrong with it.
    if request.method == "POST" and False not in [form.is_valid() for form in forms]:
        try:
            editions = enact_changes(
                regulation,
                decision.decision(),
                [row.chosen() for row in rows if row.cleaned_data["is_chosen"]] + repeals.chosen(),
                user=request.user,
            )
        except EnactmentRefused as refusal:
            decision.add_error(None, str(refusal))
        else:
            _tell(request, editions)
            return redirect("editions:editions", regulation.pk)
    context = {
        "regulation": regulation,
        "page_title": _("Enact an edition"),
        "page_subtitle": regulation.title,
        "header_icon": "doc-full-inverse",
        "decision": decision,
        "rows": rows,
        "repeals": repeals,
        "last": last_edition(regulation),
        "draft_key": DRAFT,
        "may_bring_in": may_bring_in(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "regulations/admin/enact.html", context)


def _tell(request, editions):
    for edition in editions:
        words = (
            _("Edition %(number)s is enacted and in force since %(day)s.")
            if edition.status == Edition.Status.APPLIED
            else _("Edition %(number)s is enacted. The pages change by themselves on %(day)s.")
        )
        day = format_date(edition.effective_on)
        messages.success(request, words % {"number": edition.number, "day": day})


def editions(request, pk, *, refused=None):
    """Show the editions of a regulation, and what can be done with each."""
    regulation = regulation_to_enact(request, pk)
    listed = regulation.editions.without_text().select_related("created_by")
    today = timezone.localdate()
    stands = stands_of(listed.prefetch_related("changes"), today)
    last = last_edition(regulation)
    rows = []
    for number in sorted(stands, reverse=True):
        edition = stands[number].edition
        waits = edition.status == Edition.Status.ENACTED
        form = WithdrawForm(prefix=str(edition.pk)) if waits and edition == last else None
        if refused is not None and refused[0] == edition.pk:
            form = refused[1]
        rows.append((stands[number], form, waits and edition.effective_on < today))
    context = {
        "regulation": regulation,
        "page_title": _("Editions"),
        "page_subtitle": regulation.title,
        "header_icon": "doc-full-inverse",
        "rows": rows,
    }
    return render(request, "regulations/admin/enact_editions.html", context)


@require_POST
def withdraw(request, pk):
    """Take back a coming edition, with a reason."""
    edition = get_object_or_404(Edition.objects.without_text(), pk=pk)
    regulation = regulation_to_enact(request, edition.regulation_id)
    form = WithdrawForm(request.POST, prefix=str(edition.pk))
    if form.is_valid():
        try:
            withdraw_edition(edition, user=request.user, reason=form.cleaned_data["reason"])
        except EnactmentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("Edition %(number)s is withdrawn. Its drafts stay drafts.")
            messages.success(request, words % {"number": edition.number})
            return redirect("editions:editions", regulation.pk)
    return editions(request, regulation.pk, refused=(edition.pk, form))
