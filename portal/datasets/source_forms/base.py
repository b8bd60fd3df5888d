"""What is set of every source: when it is fetched, and whether it submits by itself."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.fetching.places import read_place
from portal.core.fetching.refusals import FetchRefused
from portal.datasets.access import may_submit, units_issued_for
from portal.datasets.models import DatasetPage, DataSource
from portal.datasets.timeliness import kind_of

Kind, Rhythm = DataSource.Kind, DataSource.Rhythm
HIDDEN = gettext_lazy("Kept for use only: nobody is shown it again.")


class SourceForm(forms.Form):
    """What both kinds of sources have; ``source`` is the one to be changed, or None."""

    dataset = forms.ModelChoiceField(DatasetPage.objects.none(), label=gettext_lazy("dataset"))
    title = forms.CharField(
        label=gettext_lazy("what it is"),
        max_length=120,
        help_text=gettext_lazy("Such as the name of the system that gives the file."),
    )
    rhythm = forms.ChoiceField(label=gettext_lazy("when it is fetched"), choices=Rhythm)
    hour = forms.TypedChoiceField(
        label=gettext_lazy("at what hour"),
        coerce=int,
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
        initial=6,
    )
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("day of the week"),
        coerce=int,
        choices=DataSource.Weekday,
        help_text=gettext_lazy("Counts for “every week”."),
        required=False,
        empty_value=0,
    )
    monthday = forms.IntegerField(
        label=gettext_lazy("day of the month"),
        min_value=1,
        max_value=31,
        initial=1,
        help_text=gettext_lazy(
            "Counts for “every month”; a month without that day has it on its last."
        ),
    )
    submits = forms.BooleanField(
        label=gettext_lazy("submit by itself when there is nothing to ask"),
        required=False,
        help_text=gettext_lazy(
            "Only for who may submit for the unit. Files with warnings, and corrections without "
            "a reason, wait for a person all the same."
        ),
    )

    KIND = Kind.FILE
    SECRET_FIELD = "header_value"  # noqa: S105 - a name
    ORDER = ()

    def __init__(self, *args, user, source=None, **kwargs):
        if source is not None:
            kwargs["initial"] = {**self.initial_of(source), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.user, self.source = user, source
        self.order_fields(self.ORDER)
        if source is not None:
            del self.fields["dataset"]
            if source.header_kept:
                self.fields[self.SECRET_FIELD].help_text = _(
                    "One is kept. Leave this empty to keep it, as long as address and header stay "
                    "the same."
                )
            return
        datasets = DatasetPage.objects.live().filter(owner_unit__in=units_issued_for(user))
        field = self.fields["dataset"]
        field.queryset = datasets.select_related("owner_unit").order_by("owner_unit", "title")
        field.label_from_instance = lambda each: f"{each.title} ({each.owner_unit.title})"
        if not field.queryset:
            field.help_text = _("No unit for which you may do this has a dataset yet.")

    def initial_of(self, source):
        """Return what the form of a source begins with; never its secret."""
        return {name: getattr(source, name) for name in self.base_fields if hasattr(source, name)}

    @property
    def chosen_dataset(self):
        return self.source.dataset if self.source else self.cleaned_data.get("dataset")

    def clean(self):
        data = super().clean()
        dataset = self.chosen_dataset
        if dataset and data.get("submits") and not may_submit(self.user, dataset):
            self.add_error(
                "submits", _("Only who may submit for the unit lets files be submitted so.")
            )
        if dataset and data.get("rhythm") == Rhythm.BEFORE_DUE and kind_of(dataset) is None:
            self.add_error("rhythm", _("This dataset has no due days; choose another time."))
        return data

    def clean_secret(self, text):
        """Return the text of a header; refuse what would break out of it."""
        text = text.strip()
        if not text.isascii() or not text.isprintable():
            raise ValidationError(_("A header holds letters, digits and signs of ASCII only."))
        return text

    def settings(self):
        """Return the settings of the source, without dataset and secret."""
        names = set(self.cleaned_data) - {"dataset", self.SECRET_FIELD}
        return {name: self.cleaned_data[name] for name in names}

    def secret(self):
        """Return the secret that was typed; None where an old one may be kept."""
        return self.cleaned_data.get(self.SECRET_FIELD) or None


def fetchable(address, example):
    """Return ``address`` when ``example``, made from it, can be asked at all."""
    try:
        read_place(example).refuse_closed_number()
    except FetchRefused as refusal:
        raise ValidationError(str(refusal)) from refusal
    return address
