"""Forms of sharing: asking, granting, refusing, revoking, and tokens for reading."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from portal.datasets.access import current_version
from portal.datasets.actions.tokens import LONGEST_DAYS
from portal.datasets.narrowing import typed_filter
from portal.datasets.rows.operators import WORDS
from portal.datasets.sharing.requests import columns_to_ask_for, columns_to_share
from portal.datasets.sights import MASKED, whole_sight
from portal.units.models import UnitPage

OFFERED_LIMITS = 3
LIMIT_PARTS = ("column", "operator", "value")
USUAL_DAYS = 365


def _text(label, *, rows=2, required=True, help_text=""):
    return forms.CharField(
        label=label,
        max_length=4000,
        required=required,
        help_text=help_text,
        widget=forms.Textarea({"rows": rows}),
    )


class AskForm(forms.Form):
    """What a unit asks for; ``units`` are those in whose name the user may ask."""

    unit = forms.ModelChoiceField(UnitPage.objects.none(), label=gettext_lazy("asking unit"))
    purpose = _text(gettext_lazy("purpose"), help_text=gettext_lazy("What the data are used for."))
    legal_ground = _text(
        gettext_lazy("legal ground"),
        help_text=gettext_lazy("The law, decree, regulation or task that the request rests on."),
    )
    columns = forms.MultipleChoiceField(
        label=gettext_lazy("columns"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: all that may be shared."),
    )
    wanted = _text(
        gettext_lazy("which rows, and what else"),
        required=False,
        help_text=gettext_lazy("Such as the area or the years; columns not in the list above."),
    )
    wanted_until = forms.DateField(
        label=gettext_lazy("wanted until"), required=False, widget=AdminDateInput()
    )

    def __init__(self, *args, dataset, units, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        field.queryset = UnitPage.objects.filter(pk__in=units).order_by("title")
        if len(units) == 1:
            field.initial, field.widget = next(iter(units)), forms.HiddenInput()
        self.fields["columns"].choices = [
            (each.column_id, each.title) for each in columns_to_ask_for(dataset)
        ]


class GrantForm(forms.Form):
    """What the owner grants, to the unit of ``request`` or to one that is chosen."""

    unit = forms.ModelChoiceField(UnitPage.objects.none(), label=gettext_lazy("unit that may read"))
    columns = forms.MultipleChoiceField(
        label=gettext_lazy("columns that it may read"), widget=forms.CheckboxSelectMultiple
    )
    unmasked = forms.MultipleChoiceField(
        label=gettext_lazy("of these in clear"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Personal data come masked unless they are ticked here."),
    )
    valid_from = forms.DateField(label=gettext_lazy("from"), widget=AdminDateInput())
    valid_until = forms.DateField(label=gettext_lazy("valid until"), widget=AdminDateInput())
    purpose = _text(gettext_lazy("purpose"))
    legal_ground = _text(gettext_lazy("legal ground"))
    answer = _text(gettext_lazy("words to the asking unit"), required=False)

    def __init__(self, *args, dataset, request=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.dataset, self.request = dataset, request
        self.sight = self._sight()
        self._offer_columns()
        today = timezone.localdate()
        self.initial.setdefault("valid_from", today)
        if request is None:
            del self.fields["answer"]
            units = UnitPage.objects.live().filter(is_group=False).exclude(pk=dataset.owner_unit_id)
            self.fields["unit"].queryset = units.order_by("title")
        else:
            del self.fields["unit"]
            self.initial |= {
                "purpose": request.purpose,
                "legal_ground": request.legal_ground,
                "valid_until": request.wanted_until or today + timedelta(days=USUAL_DAYS),
            }
        if self.sight is not None:
            self._offer_limits()

    def _sight(self):
        """Return all of what is published now: by it the rows of a grant are chosen."""
        version = current_version(self.dataset)
        return whole_sight(version) if version else None

    def _offer_columns(self):
        offered = columns_to_share(self.dataset)
        self.fields["columns"].choices = [(each.column_id, _named(each)) for each in offered]
        asked = set(self.request.columns) if self.request else set()
        self.initial["columns"] = [
            each.column_id
            for each in offered
            if (each.column_id in asked if asked else each.is_public)
        ]
        hidden = [each for each in offered if each.personal == MASKED]
        self.fields["unmasked"].choices = [(each.column_id, each.title) for each in hidden]
        if not hidden:
            del self.fields["unmasked"]

    def _offer_limits(self):
        columns = [
            ("", "–"),
            *((each.name, each.title or each.name) for each in self.sight.columns),
        ]
        for place in range(OFFERED_LIMITS):
            self.fields[f"limit_column_{place}"] = forms.ChoiceField(
                label=_("only rows where the column"), choices=columns, required=False
            )
            self.fields[f"limit_operator_{place}"] = forms.ChoiceField(
                label=_("condition"), choices=list(WORDS.items()), required=False
            )
            self.fields[f"limit_value_{place}"] = forms.CharField(
                label=_("value"), max_length=200, required=False
            )

    @property
    def limit_fields(self):
        """Return the bound fields of each condition together."""
        if self.sight is None:
            return []
        return [
            [self[f"limit_{part}_{place}"] for part in LIMIT_PARTS]
            for place in range(OFFERED_LIMITS)
        ]

    @property
    def main_fields(self):
        return [field for field in self if not field.name.startswith("limit_")]

    def clean(self):
        cleaned = super().clean()
        cleaned["limits"] = []
        ids = {each.name: each.id for each in self.sight.columns} if self.sight else {}
        for place in range(OFFERED_LIMITS) if self.sight else ():
            column, operator, value = (
                cleaned.get(f"limit_{part}_{place}") or ""
                for part in ("column", "operator", "value")
            )
            try:
                written = typed_filter(self.sight, column, operator, value)
            except ValidationError as fault:
                self.add_error(f"limit_value_{place}", fault.messages)
                continue
            if written:
                key, _sign, text = written.partition(":")
                name, _mark, told = key.rpartition("__")
                cleaned["limits"].append([ids[name], told, text])
        return cleaned

    @property
    def decision(self):
        """Return what ``grant_access`` takes beside dataset, unit and user."""
        names = ("columns", "unmasked", "valid_from", "valid_until", "purpose", "legal_ground")
        told = {name: self.cleaned_data[name] for name in names if name in self.fields}
        if self.request is not None:
            told |= {"request": self.request, "answer": self.cleaned_data["answer"]}
        return {**told, "limits": self.cleaned_data["limits"]}


def _named(column):
    told = [column.title]
    if not column.is_public:
        told.append(_("not public"))
    if column.personal == MASKED:
        told.append(_("personal data, masked"))
    return f"{told[0]} ({', '.join(told[1:])})" if told[1:] else told[0]


class RefusalForm(forms.Form):
    """Why a request is refused, and by which law: the answer is in writing."""

    reason = _text(gettext_lazy("reason"), rows=3)
    legal_ground = _text(gettext_lazy("legal ground of the refusal"))


class RevocationForm(forms.Form):
    """Why access ends."""

    reason = _text(gettext_lazy("reason"))


class ReadTokenForm(forms.Form):
    """What a token for reading is for, and for how long."""

    title = forms.CharField(
        label=gettext_lazy("what it is for"),
        max_length=120,
        help_text=gettext_lazy("Such as the name of the system that reads."),
    )
    days = forms.IntegerField(
        label=gettext_lazy("valid for how many days"),
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=180,
    )
