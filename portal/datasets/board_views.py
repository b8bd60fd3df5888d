"""The board of what is due: by unit and month, one unit's year, as a file; and extensions."""

import io

import xlsxwriter
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from portal.core.documents import document_response
from portal.core.form_errors import put_errors
from portal.core.formats import format_date, format_datetime
from portal.core.formulas import guarded
from portal.core.roles import runs_centre
from portal.core.tables.files import csv_bytes
from portal.datasets.access import may_extend
from portal.datasets.actions.extending import extend_due, open_state
from portal.datasets.board import HEADS, MONTHS, board_of, datasets_ever_of
from portal.datasets.models import DatasetPage
from portal.datasets.special_request_forms import time_input
from portal.datasets.views import dataset_or_404
from portal.units.models import UnitPage
from portal.units.permissions import unit_ids_of

FIRST_YEAR = 2000
FILES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def _asked_year(request):
    """Return the year that is asked for; this year when none, or none that makes sense, is."""
    text, today = request.GET.get("nam", ""), timezone.localdate()
    if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:5]) <= today.year + 1:
        return int(text)
    return today.year


def _board(request):
    """Return the board of the units that the user looks after."""
    year = _asked_year(request)
    if runs_centre(request.user):
        return board_of(DatasetPage.objects.live(), year)
    mine = unit_ids_of(request.user)
    if not mine:
        raise PermissionDenied
    return board_of(datasets_ever_of(mine), year, units=mine)


def board(request):
    """Show units and months of a year."""
    shown = _board(request)
    irregular = DatasetPage.objects.live().worked_on_by(request.user).filter(frequency="irregular")
    context = {"board": shown, "months": MONTHS, "irregular_count": irregular.count()}
    return render(request, "datasets/admin/board.html", context)


def unit_year(request, pk):
    """Show what one unit owed in a year, or in the month that ``thang`` names."""
    shown = _board(request)
    unit = get_object_or_404(UnitPage, pk=pk)
    if not runs_centre(request.user) and unit.pk not in unit_ids_of(request.user):
        raise Http404
    text = request.GET.get("thang", "")
    month = int(text) if text in map(str, MONTHS) else None
    context = {"board": shown, "unit": unit, "month": month, "states": shown.of(pk, month)}
    return render(request, "datasets/admin/board_unit.html", context)


def board_file(request, suffix):
    """Give the year as CSV or Excel, a line for each period, or the board on paper."""
    if suffix not in FILES:
        raise Http404
    shown = _board(request)
    if suffix == "pdf":
        return _paper(request, shown)
    lines = _lines(shown)
    content = csv_bytes(lines[0], lines[1:]) if suffix == "csv" else _xlsx(lines)
    response = HttpResponse(content, content_type=FILES[suffix])
    name = f"tien-do-du-lieu-{shown.year}.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _lines(shown):
    lines = [[str(head) for head in HEADS]]
    for unit, state in shown.states:
        due = state.due_in_force
        done = format_datetime(state.done_at) if state.done_at else ""
        lines.append(
            [unit.title, state.dataset.title, state.period.label, due, done, str(state.label)]
        )
    return lines


def _xlsx(lines):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_("Data"))
        head = book.add_format({"bold": True, "bg_color": "#E6EFF2"})
        for row, line in enumerate(lines):
            for place, cell in enumerate(line):
                sheet.write_string(row, place, guarded(cell), None if row else head)
        sheet.set_column(0, 1, 40)
        sheet.set_column(2, 5, 20)
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()


def _paper(request, shown):
    context = {"board": shown, "months": MONTHS, "today": timezone.localdate()}
    with translation.override("vi"):
        html = render_to_string("datasets/papers/board_pdf.html", context, request=request)
    return document_response(
        request,
        html,
        title=_("Progress of data %(year)s") % {"year": shown.year},
        filename=f"tien-do-du-lieu-{shown.year}.pdf",
        back_url=f"{reverse('datasets:board')}?nam={shown.year}",
    )


class ExtensionForm(forms.Form):
    """A later due day, why, and by which paper."""

    new_due_on = forms.DateField(label=gettext_lazy("new deadline"), widget=AdminDateInput())
    new_due_time = forms.TimeField(
        label=gettext_lazy("until what hour"),
        required=False,
        widget=time_input(),
        help_text=gettext_lazy("Empty: until the end of the day."),
    )
    reason = forms.CharField(
        label=gettext_lazy("reason"), max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    decision = forms.CharField(
        label=gettext_lazy("deciding document"), max_length=255, required=False
    )


def extend(request, pk, period):
    """Grant one period of a dataset a later due day."""
    dataset = dataset_or_404(request.user, pk)
    if not may_extend(request.user, dataset):
        raise PermissionDenied
    state = open_state(dataset, period)
    form = ExtensionForm(request.POST or None)
    if state and request.method == "POST" and form.is_valid():
        try:
            granted = extend_due(dataset, period, user=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            put_errors(form, refusal)
        else:
            messages.success(
                request,
                _("%(period)s is extended to %(day)s.")
                % {
                    "period": capfirst(state.period.label),
                    "day": format_datetime(granted.new_due)
                    if form.cleaned_data["new_due_time"]
                    else format_date(granted.new_due),
                },
            )
            return redirect("datasets:dataset", pk)
    context = {"dataset": dataset, "state": state, "form": form}
    return render(request, "datasets/admin/extend.html", context)
