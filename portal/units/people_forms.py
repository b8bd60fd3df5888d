"""The form of a membership, narrowed to whom and what its author may name."""

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm

from portal.core.roles import runs_centre
from portal.units.models import Membership, UnitPage
from portal.units.people import name_of, units_to_choose
from portal.units.people_rights import NAMED_BY_HEAD, headed_unit_ids, keeps_people
from portal.units.permissions import unit_ids_of


class PersonField(forms.ModelChoiceField):
    """Names people by their full name, and by their log-in where two share one.

    The form says whom it offers: a head names people without reaching their accounts.
    """

    narrowed = True

    def label_from_instance(self, person):
        name = name_of(person)
        return name if name == person.username else f"{name} ({person.username})"


class UnitField(forms.ModelChoiceField):
    """Names units with their code: two communes may bear one name."""

    def label_from_instance(self, unit):
        return f"{unit.title} ({unit.code})"


def people_to_choose(user):
    """Return the people whom ``user`` may name: everybody, or those of the units one heads."""
    people = get_user_model().objects.filter(is_active=True)
    if not keeps_people(user):
        known = Membership.objects.filter(unit__in=headed_unit_ids(user))
        people = people.filter(pk__in=known.values("user"))
    return people.order_by("last_name", "first_name", "username")


class MembershipForm(WagtailAdminModelForm):
    """Who acts for which unit; whom and for which unit is said once and stays."""

    user = PersonField(label=_("person"), queryset=get_user_model().objects.none())
    unit = UnitField(label=_("unit"), queryset=UnitPage.objects.none())

    def __init__(self, *args, for_user=None, **kwargs):
        super().__init__(*args, for_user=for_user, **kwargs)
        self.author = for_user
        if self.instance.pk:
            self._keep_person_and_unit()
        else:
            self._offer_people_and_units()
        if for_user is not None and not keeps_people(for_user):
            offered = [(role.value, role.label) for role in NAMED_BY_HEAD]
            self.fields["role"].choices = [*BLANK_CHOICE_DASH, *offered]

    def _keep_person_and_unit(self):
        people = get_user_model().objects.filter(pk=self.instance.user_id)
        units = UnitPage.objects.filter(pk=self.instance.unit_id)
        for name, queryset in (("user", people), ("unit", units)):
            self.fields[name].queryset = queryset
            self.fields[name].disabled = True

    def _offer_people_and_units(self):
        units = units_to_choose()
        people = get_user_model().objects.filter(is_active=True)
        if self.author is not None:
            people = people_to_choose(self.author)
            if not keeps_people(self.author):
                units = units.filter(pk__in=headed_unit_ids(self.author))
        self.fields["user"].queryset = people
        self.fields["unit"].queryset = units


class MembershipFilterSet(WagtailFilterSet):
    """What the list of people is narrowed to."""

    when = django_filters.ChoiceFilter(
        label=_("Time"),
        method="keep_when",
        choices=[("current", _("current")), ("past", _("past")), ("future", _("future"))],
        empty_label=_("all"),
    )
    watch = django_filters.ChoiceFilter(
        label=_("Worth a look"),
        method="keep_watched",
        choices=[
            ("several", _("act for several units")),
            ("leaving", _("leave within 30 days")),
        ],
        empty_label=_("all"),
    )

    class Meta:
        model = Membership
        fields = ["when", "watch", "role", "unit"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not runs_centre(self.request.user):
            own = UnitPage.objects.filter(pk__in=unit_ids_of(self.request.user))
            self.filters["unit"].queryset = own

    def keep_when(self, queryset, _name, value):
        """Keep what holds, held or will hold."""
        kept = {"current": "current", "past": "past", "future": "future"}[value]
        return queryset.filter(pk__in=getattr(Membership.objects, kept)().values("pk"))

    def keep_watched(self, queryset, _name, value):
        """Keep people of several units, or people who leave soon."""
        kept = {"several": "of_several_units", "leaving": "leaving_soon"}[value]
        return queryset.filter(pk__in=getattr(Membership.objects, kept)().values("pk"))
