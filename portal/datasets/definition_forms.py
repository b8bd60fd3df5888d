"""From where a definition starts, and what an administrator corrects in a suggested column."""

from dataclasses import replace

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.datasets.definitions.example import identifier_of
from portal.datasets.definitions.sources import ready_made
from portal.datasets.models import DatasetColumn
from portal.datasets.schemas import stored_type
from portal.datasets.sources.addresses import dataset_at

MOST_BYTES = 5 * 1024 * 1024


class _SmallFile(forms.FileField):
    def clean(self, data, initial=None):
        found = super().clean(data, initial)
        if found and found.size > MOST_BYTES:
            raise ValidationError(_("Take a sample of at most 5 MB."))
        return found


class SourceForm(forms.Form):
    """A file to start from, a dataset of another portal, or a ready-made definition."""

    ready = forms.ChoiceField(label=_("ready-made definition"), required=False)
    file = _SmallFile(
        label=_("example, Table Schema or data dictionary"),
        required=False,
        help_text=_("CSV or Excel with a few rows, or JSON (Table Schema, CKAN)."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.json"}),
    )
    address = forms.CharField(
        label=_("dataset of another portal"),
        max_length=500,
        required=False,
        widget=forms.TextInput({"inputmode": "url", "spellcheck": "false"}),
        help_text=_("The address of its page there, such as https://ioc.tinh.gov.vn/du-lieu/…/."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        titles = [(key, title) for key, title, *_rest in ready_made()]
        self.fields["ready"].choices = [("", _("none, I have a file")), *titles]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(map(cleaned.get, ("ready", "file", "address"))):
            raise ValidationError(
                _("Choose a file, a dataset of another portal or a ready-made definition.")
            )
        return cleaned

    def clean_address(self):
        address = self.cleaned_data["address"]
        if address and not dataset_at(address)[1]:
            raise ValidationError(_("This is not the address of a dataset of such a portal."))
        return address


class SampleForm(forms.Form):
    """A sample that is only checked."""

    file = _SmallFile(
        label=_("sample file"),
        help_text=_("It is checked and forgotten."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )


class ColumnForm(forms.Form):
    """One suggested column."""

    taken = forms.BooleanField(label=_("take"), required=False, initial=True)
    title = forms.CharField(label=_("printed name"), max_length=255)
    name = forms.RegexField(
        r"^[a-z][a-z0-9_]*$",
        label=_("identifier"),
        max_length=48,
        error_messages={"invalid": _("Use a–z, 0–9 and _, starting with a letter.")},
    )
    type = forms.ChoiceField(label=_("type"), choices=DatasetColumn.Type.choices)
    required = forms.BooleanField(label=_("required"), required=False)
    is_key = forms.BooleanField(label=_("key"), required=False)
    as_choice = forms.BooleanField(label=_("Make a code list of the values found"), required=False)
    choices = forms.CharField(
        label=_("Values of the list, one per line"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean_choices(self):
        """Return the different values that are listed."""
        lines = (" ".join(line.split()) for line in self.cleaned_data["choices"].splitlines())
        return list(dict.fromkeys(filter(None, lines)))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("as_choice"):
            cleaned["type"] = "choice"
        return cleaned

    def refuse_without_list(self, column):
        """Refuse a choice for which neither ``column`` nor the form names a code."""
        data = self.cleaned_data
        is_bare = data["type"] == "choice" and column.codes is None and not data["choices"]
        if data["taken"] and is_bare:
            self.add_error("choices", _("A choice needs a code list."))


class _ColumnFormSet(forms.BaseFormSet):
    def clean(self):
        taken = [form.cleaned_data for form in self.forms if form.cleaned_data.get("taken")]
        if not any(self.errors) and not taken:
            raise ValidationError(_("Take at least one column."))
        names = [each["name"] for each in taken if "name" in each]
        if len(set(names)) < len(names):
            raise ValidationError(_("Two columns have the same identifier."))


ColumnFormSet = forms.formset_factory(
    ColumnForm, formset=_ColumnFormSet, extra=0, max_num=500, absolute_max=500
)


def lists_are_given(schema, formset):
    """Tell whether each choice of a valid ``formset`` has a list; say in place where not."""
    for form, column in zip(formset.forms, schema.columns, strict=True):
        form.refuse_without_list(column)
    return not any(form.errors for form in formset.forms)


def initial_of(columns, suggestions=()):
    """Return what the forms of ``columns`` show first, with the values that may be choices."""
    choices = [each.choices for each in suggestions] or [[] for _column in columns]
    names = ("title", "type", "required", "is_key")
    return [
        {
            "taken": True,
            "name": identifier_of(each.name) if not each.name.islower() else each.name[:48],
            **{name: getattr(each, name) for name in names},
            "title": each.title or each.name,
            "type": stored_type(each),
            "choices": "\n".join(listed),
        }
        for each, listed in zip(columns, choices, strict=True)
    ]


def corrected(schema, formset):
    """Return ``schema`` as the forms correct it; what a changed type cannot hold is left out."""
    columns = []
    for column, form in zip(schema.columns, formset.forms, strict=True):
        data = dict(form.cleaned_data)
        listed = data.pop("choices")
        del data["as_choice"]
        if not data.pop("taken"):
            continue
        if data["type"] == stored_type(column):
            data["type"] = column.type
        else:
            data |= {"minimum": None, "maximum": None, "pattern": "", "codes": None, "scale": None}
        if data["type"] == "choice" and listed:
            data["codes"] = {value: value for value in listed}
        columns.append(replace(column, **data))
    kept = {column.name for column in columns}
    rules = tuple(rule for rule in schema.rules if set(rule.columns) <= kept)
    return replace(schema, columns=columns, rules=rules)
