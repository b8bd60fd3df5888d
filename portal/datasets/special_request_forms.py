"""What the centre fills in to ask for data beside the calendar, and to take it back."""

from itertools import groupby

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from portal.core.deadlines import moment_on
from portal.core.text import sort_key
from portal.datasets.access import may_extend
from portal.datasets.models import DatasetPage, SpecialRequest


def time_input():
    """Return a field's widget for an hour of the day."""
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class SpecialRequestForm(WagtailAdminModelForm):
    """Which datasets, by when, by which paper and why."""

    datasets = forms.TypedMultipleChoiceField(
        label=_("datasets"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one dataset.")},
    )
    due_on = forms.DateField(label=_("due day"), widget=AdminDateInput())
    due_time = forms.TimeField(
        label=_("until what hour"),
        required=False,
        widget=time_input(),
        help_text=_("Empty: until the end of the day."),
    )

    class Meta:
        model = SpecialRequest
        fields = ["instrument", "reason", "provision"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 4})}

    field_order = ["instrument", "reason", "datasets", "due_on", "due_time", "provision"]

    def __init__(self, *args, user, chosen=(), **kwargs):
        super().__init__(*args, **kwargs)
        live = DatasetPage.objects.live().select_related("owner_unit")
        self.known = {each.pk: each for each in live if may_extend(user, each)}
        self.fields["datasets"].choices = _by_unit(self.known.values())
        self.initial["datasets"] = [pk for pk in chosen if pk in self.known]
        field = self.fields["provision"]
        if hasattr(field.queryset, "for_choices"):
            field.queryset = field.queryset.for_choices()

    def clean_datasets(self):
        return [self.known[pk] for pk in self.cleaned_data["datasets"]]

    def _post_clean(self):
        """Leave the request to the action, which makes it of these words."""

    def asked(self):
        """Return what ``ask_for_data`` is told."""
        words = dict(self.cleaned_data)
        words["due_at"] = moment_on(words.pop("due_on"), words.pop("due_time"))
        return words


def _by_unit(datasets):
    """Return choices grouped by the name of the unit."""

    def unit(dataset):
        return (sort_key(dataset.owner_unit.title), dataset.owner_unit.title)

    ordered = sorted(datasets, key=lambda each: (unit(each), sort_key(each.title)))
    return [
        (title, [(each.pk, each.title) for each in group])
        for (_key, title), group in groupby(ordered, key=unit)
    ]


class WithdrawalForm(forms.Form):
    """Which of what was asked for is taken back, and why."""

    asked = forms.TypedMultipleChoiceField(
        label=_("datasets"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one dataset.")},
    )
    reason = forms.CharField(
        label=_("why it is withdrawn"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args, states, **kwargs):
        super().__init__(*args, **kwargs)
        self.open = {each.request.pk: each.request for each in states if each.is_open}
        self.fields["asked"].choices = [
            (pk, f"{each.dataset.title} ({each.unit.title})") for pk, each in self.open.items()
        ]
        self.initial["asked"] = list(self.open)

    def clean_asked(self):
        return [self.open[pk] for pk in self.cleaned_data["asked"]]
