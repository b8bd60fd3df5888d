"""A dataset of another portal of this kind, to be followed version by version."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.datasets.actions.sources import refuse_what_only_adds
from portal.datasets.models import DatasetPage
from portal.datasets.source_forms.base import HIDDEN, Kind, Rhythm, SourceForm, fetchable
from portal.datasets.sources.addresses import dataset_at


class PortalSourceForm(SourceForm):
    """A dataset of another portal of this kind."""

    dataset = forms.ModelChoiceField(
        DatasetPage.objects.none(),
        label=gettext_lazy("dataset"),
        help_text=gettext_lazy(
            "It has to have the columns of the dataset there: its definition can begin with the "
            "address of the page there. A file of it replaces everything."
        ),
    )
    address = forms.CharField(
        label=gettext_lazy("address of the other portal"),
        max_length=500,
        widget=forms.TextInput({"inputmode": "url", "spellcheck": "false"}),
        help_text=gettext_lazy("Such as https://ioc.tinh.gov.vn."),
    )
    remote_code = forms.SlugField(
        label=gettext_lazy("code of the dataset there"),
        max_length=64,
        required=False,
        help_text=gettext_lazy("It stands on the page of the dataset there."),
    )
    begins_with = forms.IntegerField(
        label=gettext_lazy("first version to be taken"),
        min_value=1,
        required=False,
        help_text=gettext_lazy("Left empty: the version that is the newest there now."),
    )
    token = forms.CharField(
        label=gettext_lazy("access token of the other portal"),
        max_length=2000,
        required=False,
        widget=forms.PasswordInput({"autocomplete": "off"}),
        help_text=HIDDEN,
    )

    KIND = Kind.PORTAL
    SECRET_FIELD = "token"  # noqa: S105 - a name
    ORDER = (
        *("dataset", "title", "address", "remote_code", "token", "begins_with", "rhythm", "hour"),
        *("weekday", "monthday", "submits"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rhythm"].choices = [
            (value, label) for value, label in Rhythm.choices if value != Rhythm.BEFORE_DUE
        ]

    def clean_dataset(self):
        dataset = self.cleaned_data["dataset"]
        refuse_what_only_adds(dataset)
        return dataset

    def clean_token(self):
        return self.clean_secret(self.cleaned_data["token"])

    def clean(self):
        data = super().clean()
        address, code = dataset_at(data.get("address", ""))
        if code:
            data["remote_code"] = data.get("remote_code") or code
        if "?" in address:
            self.add_error("address", _("Write the address of the portal only, without “?”."))
        elif address:
            try:
                data["address"] = fetchable(address.rstrip("/"), address)
            except ValidationError as refusal:
                self.add_error("address", refusal)
        if not data.get("remote_code") and "remote_code" not in self.errors:
            self.add_error("remote_code", _("Which dataset of the other portal?"))
        return data

    def secret(self):
        token = super().secret()
        return f"Bearer {token}" if token else None

    def settings(self):
        kept = self.secret() or (self.source and self.source.header_kept)
        return {**super().settings(), "header_name": "Authorization" if kept else ""}
