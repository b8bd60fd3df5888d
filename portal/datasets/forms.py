"""Sending a file, and saying how a file is to be read."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.datasets.schemas import columns_of_version
from portal.datasets.timeliness import expected_periods, next_open, timeliness_of_dataset

#: How many periods back a late or corrected file may be chosen for.
OFFERED_PERIODS = 60


class UploadForm(forms.Form):
    """A file for a period of ``dataset``; the oldest period still to come is chosen."""

    period = forms.ChoiceField(label=_("period"))
    file = forms.FileField(
        label=_("file"),
        help_text=_("CSV or Excel, with the printed column names in one row."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    note = forms.CharField(
        label=_("note"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, dataset, period="", **kwargs):
        super().__init__(*args, **kwargs)
        periods = expected_periods(dataset)[-OFFERED_PERIODS:][::-1]
        if not periods:
            del self.fields["period"]
            return
        self.fields["period"].choices = [(each.code, each.label) for each in periods]
        open_state = next_open(timeliness_of_dataset(dataset))
        known = {each.code for each in periods}
        if period in known:
            self.initial["period"] = period
        elif open_state and open_state.period.code in known:
            self.initial["period"] = open_state.period.code


class ReadingForm(forms.Form):
    """Asks what the check could not decide about the file of ``version``."""

    LABELS = {
        "encoding": _("Which characters are right?"),
        "sheet": _("Which sheet holds the data?"),
        "header_row": _("Which row holds the column names?"),
        "delimiter": _("What stands between the cells?"),
    }

    def __init__(self, *args, version, **kwargs):
        super().__init__(*args, **kwargs)
        self.chosen_before = version.reading.get("chosen", {})
        self.asked = {}
        titles = {column.name: column.title for column in columns_of_version(version)}
        for candidate in version.reading.get("candidates", []):
            place = (candidate["field"], candidate.get("column") or "")
            self.asked.setdefault(place, []).append(candidate)
        for (name, column), candidates in self.asked.items():
            self.fields[_field_name(name, column)] = forms.ChoiceField(
                label=self._label(name, titles.get(column, column)),
                choices=[(str(i), _shown(each)) for i, each in enumerate(candidates)],
                widget=forms.RadioSelect,
            )

    def _label(self, name, title):
        if name == "number_styles":
            return _("What does the point mean in “%(title)s”?") % {"title": title}
        return self.LABELS.get(name, name)

    def chosen(self):
        """Return all that people have said about the reading, these answers included."""
        chosen = dict(self.chosen_before)
        styles = dict(chosen.get("number_styles") or {})
        for (name, column), candidates in self.asked.items():
            value = candidates[int(self.cleaned_data[_field_name(name, column)])]["value"]
            if name == "number_styles":
                styles[column] = value
            else:
                chosen[name] = value
        return {**chosen, "number_styles": styles}


def _field_name(name, column):
    return f"{name}-{column}" if column else name


def _shown(candidate):
    words = {"group": _("thousands"), "decimal": _("decimals")}
    value = words.get(candidate["value"], candidate["value"])
    sample = candidate.get("sample")
    return f"{value}: {sample}" if sample else str(value)


class NoteForm(forms.Form):
    """The words that go with a step."""

    note = forms.CharField(required=False, max_length=4000)
