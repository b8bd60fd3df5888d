"""The forms of a hand-over: who leaves when, and who takes what."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.units.hand_over import Leaving, candidates
from portal.units.models import UnitPage
from portal.units.people import name_of
from portal.units.personal_holdings import kind_named

NOBODY = "-"


class LeavingForm(forms.Form):
    """From which unit, with which last day, and why."""

    unit = forms.ModelChoiceField(
        label=_("Leaves"), queryset=UnitPage.objects.none(), required=False, empty_label=None
    )
    last_day = forms.DateField(
        label=_("Last day"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The membership still holds on this day."),
    )
    reason = forms.CharField(
        label=_("Reason and document"),
        required=False,
        max_length=255,
        help_text=_("Such as the decision that transfers the person."),
    )
    ends_account = forms.BooleanField(
        label=_("Close the account after the last day"),
        required=False,
        help_text=_("What the person did stays under the person's name."),
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person
        units = UnitPage.objects.filter(memberships__user=person).distinct()
        self.fields["unit"].queryset = units.order_by("sort_key")
        self.fields["unit"].empty_label = _("All units")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("ends_account") and cleaned.get("unit"):
            words = _("The account can be closed only when the person leaves all units.")
            self.add_error("ends_account", words)
        return cleaned

    def leaving(self):
        """Return the ``Leaving`` that the answers describe."""
        unit = self.cleaned_data["unit"]
        return Leaving(
            person=self.person,
            unit_id=unit.pk if unit else None,
            last_day=self.cleaned_data["last_day"],
            reason=self.cleaned_data["reason"],
            ends_account=self.cleaned_data["ends_account"],
        )


class SuccessorsForm(forms.Form):
    """Who takes each thing: one of those who act for its unit, or knowingly nobody."""

    def __init__(self, *args, leaving, **kwargs):
        super().__init__(*args, **kwargs)
        self.holdings = leaving.holdings()
        self.able = candidates(leaving, self.holdings)
        for holding in self.holdings:
            self.fields[holding.key] = self._field(holding)

    def _field(self, holding):
        able = self.able[holding.key]
        people = [(str(person.pk), name_of(person)) for person in able]
        nobody = (NOBODY, _("Nobody for now"))
        if holding.needs_successor:
            choices = [("", _("Choose a person")), *people, nobody]
        else:
            choices = [nobody, *people]
        return forms.ChoiceField(
            label=f"{kind_named(holding.kind).label}: {holding.title}",
            choices=choices,
            initial="" if holding.needs_successor else NOBODY,
            error_messages={
                "required": _("Say who takes this, or that nobody does for now."),
                "invalid_choice": _("This person does not act for the unit and cannot take it."),
            },
        )

    def rows(self):
        """Return ``[(holding, its kind in words, field, whether anybody can take it)]``."""
        return [
            (
                holding,
                kind_named(holding.kind).label,
                self[holding.key],
                bool(self.able[holding.key]),
            )
            for holding in self.holdings
        ]

    def successors(self):
        """Return ``{holding key: person or None}``."""
        people = {
            key: {str(person.pk): person for person in able} for key, able in self.able.items()
        }
        return {key: people[key].get(self.cleaned_data[key]) for key in people}

    def preview(self):
        """Return ``[(holding, its kind in words, person or None)]``."""
        chosen = self.successors()
        return [
            (holding, kind_named(holding.kind).label, chosen[holding.key])
            for holding in self.holdings
        ]
