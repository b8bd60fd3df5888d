"""The form that takes a file of a catalogue."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TableFileForm(forms.Form):
    """One file with rows of a catalogue."""

    file = forms.FileField(
        label=_("file"),
        help_text=_("CSV or Excel (.xlsx), with the names of the columns in the first row."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty."),
        },
    )
