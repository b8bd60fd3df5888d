"""A file at an http(s) address, and how it is to be read."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.periods import Period, PeriodKind
from portal.datasets.forms import DELIMITERS, ENCODINGS, NOT_RECORDS
from portal.datasets.models import DataSource
from portal.datasets.source_forms.base import HIDDEN, SourceForm, fetchable
from portal.datasets.sources.patterns import filled, unknown_marks

_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
#: What the portal itself says in a request; no header of a unit takes its place.
OWN_HEADERS = frozenset(
    {"host", "connection", "content-length", "transfer-encoding", "te", "upgrade"}
    | {"accept-encoding", "range", "expect", "user-agent", "if-none-match", "if-modified-since"}
    | {"proxy-authorization"}
)
_UNDECIDED = ("", gettext_lazy("found in the file"))


class FileSourceForm(SourceForm):
    """A file at an http(s) address, and how it is to be read."""

    address = forms.CharField(
        label=gettext_lazy("address"),
        max_length=2000,
        widget=forms.TextInput({"inputmode": "url", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Of a CSV file or a workbook. {nam}, {thang}, {quy} and {ky} in it become year, "
            "month, quarter and code of the period, such as 2026, 03, 1, 2026-Q1."
        ),
    )
    header_name = forms.CharField(
        label=gettext_lazy("header"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Where the server asks for a key: such as X-Api-Key."),
    )
    header_value = forms.CharField(
        label=gettext_lazy("key (value of the header)"),
        max_length=2000,
        required=False,
        widget=forms.PasswordInput({"autocomplete": "off"}),
        help_text=HIDDEN,
    )
    days_before = forms.IntegerField(
        label=gettext_lazy("days before the due day"),
        min_value=0,
        max_value=60,
        initial=5,
        help_text=gettext_lazy("Counts for “from some days before the due day”."),
    )
    period_of = forms.ChoiceField(
        label=gettext_lazy("which period a file is for"), choices=DataSource.PeriodOf
    )
    sheet = forms.CharField(label=gettext_lazy("sheet"), max_length=100, required=False)
    header_row = forms.IntegerField(
        label=gettext_lazy("row of the column names"), min_value=1, required=False
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("characters"), choices=[_UNDECIDED, *ENCODINGS.items()], required=False
    )
    delimiter = forms.ChoiceField(
        label=gettext_lazy("between the cells"),
        choices=[_UNDECIDED, *DELIMITERS.items()],
        required=False,
    )
    not_records = forms.ChoiceField(
        label=gettext_lazy("rows like totals and notes"),
        choices=[("", gettext_lazy("a person is asked")), *NOT_RECORDS.items()],
        required=False,
    )

    READING = ("sheet", "header_row", "encoding", "delimiter", "not_records")
    ORDER = (
        *("dataset", "title", "address", "header_name", "header_value", "period_of", "rhythm"),
        *("hour", "weekday", "monthday", "days_before", *READING, "submits"),
    )

    def initial_of(self, source):
        return {**super().initial_of(source), **source.reading}

    def clean_address(self):
        address = self.cleaned_data["address"].strip()
        unknown = unknown_marks(address)
        if unknown:
            raise ValidationError(
                _("“{%(word)s}” stands for nothing here.") % {"word": unknown[0][:40]}
            )
        example = filled(address, Period(2026, 1, PeriodKind.MONTH), timezone.localdate())
        return fetchable(address, example)

    def clean_header_name(self):
        name = self.cleaned_data["header_name"].strip()
        if name and (not _HEADER.fullmatch(name) or name.lower() in OWN_HEADERS):
            raise ValidationError(_("This is not a header that can be set."))
        return name

    def clean_header_value(self):
        return self.clean_secret(self.cleaned_data["header_value"])

    def clean(self):
        data = super().clean()
        named, typed = data.get("header_name"), data.get("header_value")
        if typed and not named and "header_name" in data:
            self.add_error("header_name", _("Name the header in which the key is sent."))
        if named and not typed and not self._may_keep(data):
            self.add_error("header_value", _("Enter the key that goes with this address."))
        return data

    def _may_keep(self, data):
        source = self.source
        return (
            source is not None
            and source.header_kept
            and (source.address, source.header_name) == (data.get("address"), data["header_name"])
        )

    def settings(self):
        found = super().settings()
        said = {name: found.pop(name) for name in self.READING}
        return {**found, "reading": {name: value for name, value in said.items() if value}}
