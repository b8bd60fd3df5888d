"""Forms that correct what was read: the centre, a unit, a responsibility, an obligation."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.deadlines import CADENCE_KINDS
from portal.units.due_rules import LAST_DAY_OF_A_MONTH
from portal.units.duties.forms import MONTH_CHOICES
from portal.units.models import Obligation, UnitPage

NAME_LENGTH = 255


class ProposalForm(forms.Form):
    """Fills in from a proposal's values; ``values()`` gives them back as data.

    ``names`` are the names of the units by their keys.
    """

    def __init__(self, *args, proposal, names, **kwargs):
        self.proposal, self.names = proposal, names
        super().__init__(*args, initial=self.initial_of(proposal.values), **kwargs)
        for field in self.fields.values():
            field.label = capfirst(field.label)

    def initial_of(self, values):
        return values

    def values(self):
        return dict(self.cleaned_data)


class CentreForm(ProposalForm):
    """Who the centre is."""

    name = forms.CharField(label=gettext_lazy("name of the centre"), max_length=NAME_LENGTH)
    short_name = forms.CharField(label=gettext_lazy("short name"), max_length=64, required=False)
    owner_name = forms.CharField(
        label=gettext_lazy("owning agency"), max_length=NAME_LENGTH, required=False
    )
    managing_name = forms.CharField(
        label=gettext_lazy("managing agency"), max_length=NAME_LENGTH, required=False
    )


class UnitForm(ProposalForm):
    """What the page of a unit will say, or which page it is that stands already."""

    existing = forms.ModelChoiceField(
        label=gettext_lazy("stands already as"),
        queryset=UnitPage.objects.none(),
        required=False,
        empty_label=gettext_lazy("no, it is a new unit"),
        help_text=gettext_lazy("Its page then only gets what the text adds."),
    )
    name = forms.CharField(label=gettext_lazy("name"), max_length=NAME_LENGTH)
    short_names = forms.CharField(
        label=gettext_lazy("short names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One on each line, the commonest first."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("kind"), choices=UnitPage.Kind.choices)
    level = forms.ChoiceField(label=gettext_lazy("level"), required=False)
    centre_role = forms.ChoiceField(
        label=gettext_lazy("role in the centre"), choices=UnitPage.Role.choices
    )
    is_group = forms.BooleanField(
        label=gettext_lazy("a kind of unit"),
        required=False,
        help_text=gettext_lazy("The regulation names several units by this one name."),
    )
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("belongs to the kinds of unit"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "What the regulation asks of such a kind, it asks of this unit too."
        ),
    )
    parent = forms.ChoiceField(label=gettext_lazy("part of"), required=False)

    def __init__(self, *args, groups=(), **kwargs):
        super().__init__(*args, **kwargs)
        others = [(key, name) for key, name in self.names.items() if key != self.proposal.key]
        self.fields["existing"].queryset = UnitPage.objects.live().order_by("sort_key")
        self.fields["level"].choices = [("", "–"), *UnitPage.Level.choices]
        self.fields["parent"].choices = [("", "–"), *others]
        self.fields["groups"].choices = [(key, name) for key, name in others if key in groups]
        if not self.fields["groups"].choices:
            del self.fields["groups"]

    def initial_of(self, values):
        return {**values, "short_names": "\n".join(values["short_names"])}

    def values(self):
        data = self.cleaned_data
        lines = [line.strip() for line in data["short_names"].splitlines()]
        return {
            **data,
            "short_names": [line for line in lines if line],
            "existing": data["existing"].pk if data["existing"] else None,
            "parent": data["parent"] or None,
            "groups": data.get("groups", []),
        }


class ResponsibilityForm(ProposalForm):
    """Whose responsibility it is, and how it is put."""

    unit = forms.ChoiceField(label=gettext_lazy("unit"))
    text = forms.CharField(
        label=gettext_lazy("responsibility"), widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = list(self.names.items())


class ObligationForm(ProposalForm):
    """Who owes what, how often, due when, to whom."""

    kind = forms.ChoiceField(label=gettext_lazy("kind"), choices=Obligation.Kind.choices)
    text = forms.CharField(label=gettext_lazy("duty"), widget=forms.Textarea(attrs={"rows": 4}))
    units = forms.MultipleChoiceField(
        label=gettext_lazy("who owes it"), widget=forms.CheckboxSelectMultiple
    )
    counterparts = forms.MultipleChoiceField(
        label=gettext_lazy("to whom"), required=False, widget=forms.CheckboxSelectMultiple
    )
    cadence = forms.ChoiceField(label=gettext_lazy("how often"), choices=Obligation.Cadence.choices)
    day = forms.IntegerField(
        label=gettext_lazy("due day of the month"),
        required=False,
        min_value=1,
        max_value=LAST_DAY_OF_A_MONTH,
        help_text=gettext_lazy("Empty where the text names no day."),
    )
    month_of_period = forms.ChoiceField(
        label=gettext_lazy("in which month"), required=False, choices=MONTH_CHOICES
    )
    strictly_before = forms.BooleanField(
        label=gettext_lazy("strictly before that day"),
        required=False,
        help_text=gettext_lazy("“Before the 25th” ends with the 24th."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("units", "counterparts"):
            self.fields[name].choices = list(self.names.items())

    def initial_of(self, values):
        return {**values, **(values.get("due") or {})}

    def clean(self):
        data = super().clean()
        if not data.get("day") and (data.get("month_of_period") or data.get("strictly_before")):
            self.add_error("day", _("Say which day, or leave the whole due rule empty."))
        cadence = data.get("cadence")
        if data.get("day") and cadence and cadence not in CADENCE_KINDS:
            self.add_error(
                "day", _("Only a monthly, quarterly, half-yearly or yearly duty has a due day.")
            )
        return data

    def values(self):
        data = self.cleaned_data
        due = None
        if data["day"]:
            due = {
                "day": data["day"],
                "month_of_period": data["month_of_period"] or None,
                "strictly_before": data["strictly_before"],
            }
        return {
            "kind": data["kind"],
            "text": data["text"],
            "units": data["units"],
            "counterparts": [key for key in data["counterparts"] if key not in data["units"]],
            "cadence": data["cadence"],
            "due": due,
            "is_assumed": False,
        }


class DefinitionForm(ProposalForm):
    """What a term means, and how else it is called."""

    text = forms.CharField(label=gettext_lazy("meaning"), widget=forms.Textarea(attrs={"rows": 6}))
    other_names = forms.CharField(
        label=gettext_lazy("other names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One per line."),
    )


FORMS = {
    "centre": CentreForm,
    "unit": UnitForm,
    "responsibility": ResponsibilityForm,
    "obligation": ObligationForm,
    "definition": DefinitionForm,
}
