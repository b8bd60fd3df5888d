"""Fields and widgets that several forms share."""

from django import forms
from django.db.models import Q
from django.utils import timezone

from portal.units.models import UnitPage
from portal.units.people import name_of


def units(*kept):
    """Return the units that can be named, in the order of their names: those that exist.

    Units that a thing names already may be ``kept`` though they have ended since.
    """
    existing = UnitPage.objects.live().existing(timezone.localdate())
    offered = UnitPage.objects.filter(
        Q(pk__in=existing.values("pk")) | Q(pk__in=[pk for pk in kept if pk])
    )
    return offered.order_by("sort_key", "title")


def units_of_all_times():
    """Return the units by which lists are narrowed, those that have ended included."""
    return UnitPage.objects.live().order_by("sort_key", "title")


def date_input():
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def moment_input():
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def lines(rows=4):
    return forms.Textarea(attrs={"rows": rows})


class PersonChoiceField(forms.ModelChoiceField):
    """Names people by their full name."""

    def label_from_instance(self, person):
        return name_of(person)


class UnitsField(forms.ModelMultipleChoiceField):
    """Several units, each a box to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(queryset=units(), **kwargs)

    def __deepcopy__(self, memo):
        """Ask anew for each form which units exist: the process outlives the day."""
        field = super().__deepcopy__(memo)
        field.queryset = units()
        return field
