"""Admin screens of a hand-over: say who leaves, name successors, look at it, do it, print it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from portal.core.documents import document_response
from portal.core.text import slugify_vi
from portal.units.hand_over import HandOverRefused, hand_over_person
from portal.units.hand_over_forms import LeavingForm, SuccessorsForm
from portal.units.models import PersonHandOver
from portal.units.people import name_of
from portal.units.people_rights import keeps_people, require_manage
from portal.units.people_views import people_frame, person_or_404


def hand_over(request, pk):
    """Ask who leaves when, then who takes what; show it once more; carry it out."""
    person = person_or_404(request, pk)
    require_manage(request.user, person)
    data = request.POST or (request.GET if "last_day" in request.GET else None)
    leaving_form = LeavingForm(data, person=person)
    if data is None or not leaving_form.is_valid():
        return _page(request, person, "hand_over_begin", leaving_form)
    leaving = leaving_form.leaving()
    is_first = request.method == "GET" or "again" in request.POST
    form = SuccessorsForm(None if request.method == "GET" else request.POST, leaving=leaving)
    if is_first or not form.is_valid():
        return _page(request, person, "hand_over_who", leaving_form, form)
    if "confirm" not in request.POST:
        return _page(request, person, "hand_over_preview", leaving_form, form)
    try:
        paper = hand_over_person(leaving, form.successors(), user=request.user)
    except HandOverRefused as refusal:
        for sentence in refusal.messages:
            form.add_error(None, sentence)
        return _page(request, person, "hand_over_who", leaving_form, form)
    messages.success(request, _("Everything is handed over. The record can be printed."))
    return redirect("units:hand_over_record", paper.pk)


def _page(request, person, template, leaving_form, form=None):
    context = {
        "person": person,
        "leaving_form": leaving_form,
        "form": form,
        **people_frame(
            _("Hand over"),
            (reverse("units:person", args=[person.pk]), name_of(person)),
            icon="resubmit",
        ),
    }
    return render(request, f"units/admin/{template}.html", context)


def _paper_or_404(request, pk):
    if not keeps_people(request.user):
        raise PermissionDenied
    return get_object_or_404(PersonHandOver.objects.select_related("person"), pk=pk)


def hand_over_record(request, pk):
    """Show what went to whom."""
    paper = _paper_or_404(request, pk)
    trail = (reverse("units:person", args=[paper.person_id]), paper.person_name)
    context = {"paper": paper, **people_frame(_("Record of the hand-over"), trail, icon="resubmit")}
    return render(request, "units/admin/hand_over_record.html", context)


def hand_over_pdf(request, pk):
    """Print the record, in the layout of the decree on clerical work."""
    paper = _paper_or_404(request, pk)
    with translation.override("vi"):
        html = render_to_string("units/papers/hand_over.html", {"paper": paper}, request=request)
        title = _("Record of the hand-over: %(person)s") % {"person": paper.person_name}
    name = f"bien-ban-ban-giao-{slugify_vi(paper.person_name)}-{paper.pk}.pdf"
    back = reverse("units:hand_over_record", args=[pk])
    return document_response(request, html, title=title, filename=name, back_url=back)
