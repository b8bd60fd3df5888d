"""Staff screens of one duty: how it stands, what was written down, who changed it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.form_errors import put_errors
from portal.core.models import Attachment
from portal.core.permissions import get_visible_or_404
from portal.core.statuses import TransitionRefused, history_of
from portal.units.duties.forms import RecordForm, WithdrawForm
from portal.units.duties.history import changes_of
from portal.units.duties.recording import record_duty, withdraw_record
from portal.units.duties.rows import rows_for
from portal.units.models import DutyListPage, DutyRecord, Obligation, UnitPage
from portal.units.permissions import DutyRecordPolicy, ObligationPolicy, may_record_for

_duties = ObligationPolicy(Obligation)
_records = DutyRecordPolicy(DutyRecord)
#: So many records of one duty are shown.
MOST_RECORDS = 100


def duty(request, pk):
    """Show one duty with all that acts on it; let its unit's people write down what they did."""
    obligation = _visible(request, pk)
    units = _own_units(request, obligation)
    form = None
    if units:
        data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        form = RecordForm(*data, obligation=obligation, units=units)
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid() and _record(request, obligation, form):
            return redirect("units:duty", pk)
    return render(request, "units/admin/duty.html", _context(request, obligation, form))


def _visible(request, pk):
    obligation = get_visible_or_404(_duties, request.user, "view", pk=pk)
    return Obligation.objects.for_listing(request).get(pk=obligation.pk)


def _own_units(request, obligation):
    bound = [unit.pk for unit in obligation.bound_units()]
    own = may_record_for(request.user, bound)
    return UnitPage.objects.filter(pk__in=own).order_by("sort_key") if own else None


def _record(request, obligation, form):
    try:
        record_duty(obligation, user=request.user, **form.cleaned_data)
    except ValidationError as refusal:
        put_errors(form, refusal)
        return False
    messages.success(request, _("It is written down."))
    return True


def _context(request, obligation, form):
    [row] = rows_for([obligation], request)
    records = _records.instances_user_has_permission_for(request.user, "view")
    records = records.filter(obligation=obligation).select_related("unit", "recorded_by")
    shown = list(records[:MOST_RECORDS])
    own = may_record_for(request.user, {record.unit_id for record in shown})
    files = _files_of(shown)
    title = obligation.title
    index = DutyListPage.objects.live().first()
    return {
        "row": row,
        "obligation": obligation,
        "form": form,
        "records": [(record, files.get(record.pk, []), record.unit_id in own) for record in shown],
        "changes": changes_of(obligation),
        "bound": obligation.bound_units() if obligation.unit.is_group else [],
        "can_edit": _duties.user_has_permission_for_instance(request.user, "change", obligation),
        "header_title": _("Duty"),
        "header_icon": "calendar-check",
        "breadcrumbs_items": [
            {"url": index.get_url(request) if index else "", "label": _("Duties")},
            {"url": "", "label": title[:80]},
        ],
    }


def _files_of(records):
    files = {}
    for attachment in Attachment.objects.about_all(DutyRecord, [each.pk for each in records]):
        files.setdefault(attachment.object_id, []).append(attachment)
    return files


def withdraw(request, pk):
    """Take back a record; it stays readable with the reason."""
    record = get_visible_or_404(_records, request.user, "view", pk=pk)
    if not may_record_for(request.user, [record.unit_id]):
        raise PermissionDenied
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_record(record, user=request.user, **form.cleaned_data)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The record is taken back."))
            return redirect("units:duty", record.obligation_id)
    obligation = record.obligation
    context = {
        "record": record,
        "form": form,
        "events": history_of(record),
        "header_title": _("Take back a record"),
        "header_icon": "calendar-check",
        "breadcrumbs_items": [
            {"url": reverse("units:duty", args=[obligation.pk]), "label": obligation.title[:80]},
            {"url": "", "label": _("Take back a record")},
        ],
    }
    return render(request, "units/admin/withdraw_record.html", context)


def record_file(request, pk):
    """Answer with a file of a record, to those who may read the record."""
    attachment = get_object_or_404(Attachment, pk=pk)
    if attachment.content_type.model_class() is not DutyRecord:
        raise Http404
    get_visible_or_404(_records, request.user, "view", pk=attachment.object_id)
    response = FileResponse(
        attachment.file.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type="application/octet-stream",
    )
    response["Cache-Control"] = "private, no-store"
    return response
