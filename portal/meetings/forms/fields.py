"""Fields and widgets that several forms share."""

from django import forms

from portal.units.models import UnitPage


def units():
    """Return the units that can be named, in the order of their names."""
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
        return person.get_full_name() or person.get_username()


class UnitsField(forms.ModelMultipleChoiceField):
    """Several units, each a box to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(queryset=units(), **kwargs)
