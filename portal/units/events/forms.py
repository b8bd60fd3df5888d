"""The forms of the guided action: what happens, who takes over, who takes what."""

from itertools import zip_longest

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.core.text import nfc
from portal.units.events.rules import SHAPES
from portal.units.models import UnitEvent, UnitPage

MOST_NEW = 40


class ComposedCharField(forms.CharField):
    """A text in one normal form."""

    def to_python(self, value):
        return super().to_python(nfc(value) if value else value)


class UnitsField(forms.ModelMultipleChoiceField):
    """Several units, each a box to tick, with the code that tells namesakes apart."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, unit):
        return f"{unit.title} ({unit.code})"


def existing_units():
    """Return the units that an event may name, in the order of their names."""
    units = UnitPage.objects.live().filter(is_group=False).existing(timezone.localdate())
    return units.order_by("sort_key", "code")


class EventForm(forms.ModelForm):
    """What happens, when, by which document, and to which units."""

    predecessors = UnitsField(label=_("Units concerned"), queryset=None)

    class Meta:
        model = UnitEvent
        fields = [
            "kind",
            "happened_on",
            "instrument_number",
            "instrument_title",
            "instrument_url",
            "note",
        ]
        widgets = {
            "kind": forms.RadioSelect,
            "happened_on": forms.DateInput(
                attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy"}
            ),
            "instrument_number": forms.TextInput(attrs={"placeholder": "123/QĐ-UBND"}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "happened_on": _("The first day on which it is so."),
            "instrument_title": _("What the document says it is about, in its own words."),
            "note": _("Shown to the staff only."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = existing_units()
        if self.instance.pk:
            held = self.instance.predecessors.all()
            chosen = UnitPage.objects.filter(pk__in=chosen.values("pk")) | UnitPage.objects.filter(
                pk__in=held.values("pk")
            )
            self.initial["predecessors"] = list(held.values_list("pk", flat=True))
        self.fields["predecessors"].queryset = chosen.order_by("sort_key", "code")
        self.fields["kind"].choices = [(kind, shape.words) for kind, shape in SHAPES.items()]
        self.fields["instrument_url"].assume_scheme = "https"


class SuccessorsForm(forms.Form):
    """The existing units that take over."""

    existing = UnitsField(label=_("Existing units"), queryset=None, required=False)

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event
        units = existing_units()
        if event.kind in (UnitEvent.Kind.TRANSFER, UnitEvent.Kind.DISSOLVE):
            units = units.exclude(pk__in=event.predecessors.values("pk"))
        self.fields["existing"].queryset = units
        self.initial["existing"] = list(event.successors.values_list("pk", flat=True))


class NewUnitForm(forms.Form):
    """A unit that the event creates; the row of a unit without a name is left out."""

    title = ComposedCharField(label=_("name"), max_length=255)
    code = ComposedCharField(label=_("code"), max_length=32)
    short_names = ComposedCharField(label=_("short name"), max_length=128, required=False)
    kind = forms.ChoiceField(label=_("kind"), choices=UnitPage.Kind)
    level = forms.ChoiceField(
        label=_("level"), choices=[("", "–"), *UnitPage.Level.choices], required=False
    )
    parent = forms.ModelChoiceField(
        label=_("part of"), queryset=None, required=False, empty_label="–"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = existing_units()
        for field in self.fields.values():
            field.label = capfirst(field.label)

    def has_changed(self):
        """Count a row as filled in when it has a name or a code: the choices are preset."""
        return any(self[name].data for name in ("title", "code", "short_names"))

    def plain(self):
        """Return the fields as plain data for the event's plan."""
        data = dict(self.cleaned_data)
        data["parent"] = data["parent"].pk if data["parent"] else None
        return data


class NewUnitFormSet(forms.BaseFormSet):
    """The rows of new units."""

    def plain(self):
        """Return the units that were filled in."""
        return [form.plain() for form in self.forms if form.has_changed()]


def new_unit_forms(event, data=None, *, more=0):
    """Return the rows in which new units are written, ``more`` than there were."""
    if data is not None and more:
        data = data.copy()
        posted = data.get("new-TOTAL_FORMS", "")
        count = int(posted) if posted.isdecimal() and len(posted) < 4 else 0
        data["new-TOTAL_FORMS"] = str(min(count + more, MOST_NEW))
    planned = event.plan.get("new_units", [])
    rows = {UnitEvent.Kind.RENAME: 1, UnitEvent.Kind.MERGE: 1, UnitEvent.Kind.SPLIT: 3}
    made = forms.formset_factory(
        NewUnitForm,
        formset=NewUnitFormSet,
        extra=max(rows.get(event.kind, 1), len(planned)),
        max_num=MOST_NEW,
        absolute_max=MOST_NEW,
    )
    first = event.predecessors.order_by("sort_key").first()
    preset = {"kind": first.kind, "level": first.level, "parent": first.parent_unit_id}
    formset = made(data, prefix="new")
    for form, known in zip_longest(formset.forms, planned, fillvalue=None):
        if form is not None:
            form.initial = known or preset
    return formset
