"""Choosing a provision in the admin: by its place (“khoản 2 Điều 5”, “5.2.đ”) or by its words.

Every form of the admin with a link to a provision gets it instead of a list of hundreds.
"""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    ChooseResultsView,
    ChooseView,
    ChosenMultipleView,
    ChosenView,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.search.backends import get_search_backend

from portal.core.text import nfc
from portal.regulations.citations import letter_id
from portal.regulations.going_to import numbers_in
from portal.regulations.models import Provision

WORDS_SHOWN = 160


def provisions_at(typed, provisions):
    """Return the part of ``provisions`` at the place that ``typed`` names, with what is below it.

    None when it names no article.
    """
    article, clause, point = map(letter_id, numbers_in(typed))
    if not article:
        return None
    place = f"dieu-{article}" + (f"/khoan-{clause}" if clause else "")
    if point and clause:
        place += f"/diem-{point}"
    found = Q()
    for start in (place, f"qd-{place}"):
        found |= Q(path=start) | Q(path__startswith=f"{start}/")
    provisions = provisions.filter(found)
    return provisions.filter(path__endswith=f"/diem-{point}") if point else provisions


def find_provisions(typed, provisions):
    """Return what of ``provisions`` stands at the place that was typed, else what has its words."""
    typed = nfc(typed).replace("\x00", "").strip()[:200]
    found = provisions_at(typed, provisions)
    if found is not None and found.exists():
        return found
    return get_search_backend().search(typed, provisions)


class ProvisionFilterForm(BaseFilterForm):
    q = forms.CharField(
        label=_("Place or words"),
        widget=forms.TextInput(attrs={"placeholder": _("khoản 2 Điều 5, 5.2.a, or words")}),
        required=False,
        strip=True,
    )

    def filter(self, objects):
        objects = super().filter(objects)
        self.search_query = self.cleaned_data.get("q")
        if not self.search_query:
            return objects
        self.is_searching = True
        return find_provisions(self.search_query, objects)


class _ReadableMixin:
    """Offers what the person may read of texts in force, and nothing else."""

    filter_form_class = ProvisionFilterForm

    def get_object_list(self):
        return Provision.objects.readable_by(self.request).select_related("regulation")

    @property
    def columns(self):
        return [*super().columns, Column("words", label=_("Wording"), accessor=_words)]


def _words(provision):
    text = " ".join(filter(None, (provision.heading, provision.text)))
    return f"{text[:WORDS_SHOWN]}…" if len(text) > WORDS_SHOWN else text


class ProvisionChooseView(_ReadableMixin, ChooseView):
    pass


class ProvisionResultsView(_ReadableMixin, ChooseResultsView):
    pass


class ProvisionChosenView(ChosenView):
    def get_object(self, pk):
        if not pk.isascii() or not pk.isdigit():
            raise Provision.DoesNotExist
        return Provision.objects.readable_by(self.request).get(pk=int(pk))


class ProvisionsChosenView(ChosenMultipleView):
    def get_objects(self, pks):
        known = [int(pk) for pk in pks if pk.isascii() and pk.isdigit()]
        return Provision.objects.readable_by(self.request).filter(pk__in=known)


class ProvisionChooserViewSet(ChooserViewSet):
    """The chooser; registering it makes it the widget of every link to a provision."""

    model = Provision
    name = "provision_chooser"
    url_prefix = "quy-che/chon-dieu-khoan"
    icon = "openquote"
    per_page = 20
    choose_one_text = _("Choose a provision")
    choose_another_text = _("Choose another provision")
    choose_view_class = ProvisionChooseView
    choose_results_view_class = ProvisionResultsView
    chosen_view_class = ProvisionChosenView
    chosen_multiple_view_class = ProvisionsChosenView
