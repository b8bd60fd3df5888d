"""Sending a file, and saying how a file is to be read."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.datasets.actions.uploads import SUFFIXES
from portal.datasets.imports.apart import CHECK, LEAVE_OUT
from portal.datasets.remembered import answer_in
from portal.datasets.schemas import columns_of_version
from portal.datasets.timeliness import (
    kind_of,
    next_open,
    sendable_periods,
    timeliness_of_dataset,
)

#: How many periods back a late or corrected file may be chosen for.
OFFERED_PERIODS = 60
NUMBER_STYLES = {
    "group": _("a point groups thousands"),
    "decimal": _("a point begins the decimals"),
}
#: What becomes of rows that look like totals, notes or repeated headings.
NOT_RECORDS = {
    LEAVE_OUT: _("These rows are no data: leave them out"),
    CHECK: _("These rows are data: check them like all others"),
}
#: How people know the encodings.
ENCODINGS = {
    "utf-8": _("Unicode (UTF-8)"),
    "windows-1258": _("Windows-1258 (old Windows in Vietnamese)"),
    "windows-1252": _("Windows-1252 (Western European)"),
    "tcvn3": _("TCVN3 (fonts .VnTime)"),
    "vni": _("VNI (fonts VNI-Times)"),
    "utf-8+tcvn3": _("TCVN3 (fonts .VnTime) kept as Unicode"),
    "utf-8+vni": _("VNI (fonts VNI-Times) kept as Unicode"),
}
#: What stands between cells; a tab and a space cannot be shown by themselves.
DELIMITERS = {
    ",": _("comma"),
    ";": _("semicolon"),
    "\t": _("tab"),
    "|": _("vertical bar"),
}


#: What a file for a special request is besides.
ONLY, AND_PERIOD = "", "+"


class UploadForm(forms.Form):
    """A file for a period of ``dataset``; the oldest period still to come is chosen.

    While special requests are open, the sender says for which of them the file is, or for none.
    """

    sent_for = forms.ChoiceField(
        label=_("what the file is sent for"), required=False, widget=forms.RadioSelect
    )
    period = forms.ChoiceField(label=_("period"))
    file = forms.FileField(
        label=_("file"),
        help_text=_("CSV or Excel, with the printed column names in one row."),
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )
    note = forms.CharField(
        label=_("note"),
        required=False,
        help_text=_("Readers see it as the reason when the file corrects published figures."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, dataset, period="", asked="", **kwargs):
        super().__init__(*args, **kwargs)
        periods = sendable_periods(dataset)[-OFFERED_PERIODS:][::-1]
        states = timeliness_of_dataset(dataset)
        self.asked = {each.request.pk: each.request for each in states if each.request}
        self._offer_requests([each for each in states if each.request], bool(periods), asked)
        if not periods:
            del self.fields["period"]
            return
        self.fields["period"].choices = [(each.code, each.label) for each in periods]
        if kind_of(dataset) is None:  # these are left from a rule that held before
            self.fields["period"].required = False
            self.fields["period"].choices.insert(0, ("", _("no period")))
            self.initial["period"] = period
            return
        open_state = next_open([each for each in states if not each.request])
        known = {each.code for each in periods}
        if period in known:
            self.initial["period"] = period
        elif open_state and open_state.period.code in known:
            self.initial["period"] = open_state.period.code

    def _offer_requests(self, states, has_periods, asked):
        """Offer what was asked for specially, the open ones first and one of them chosen."""
        if not states:
            del self.fields["sent_for"]
            return
        plain = _("the regular submission of the period") if has_periods else _("no request")
        choices = [("", plain)]
        for state in sorted(states, key=lambda each: (not each.is_open, each.due)):
            words = {"request": state.period.label, "moment": state.due_in_force}
            answer = _("%(request)s, due %(moment)s") % words
            choices.append((f"{state.request.pk}{ONLY}", answer))
            if has_periods:
                both = _("%(request)s, and the regular submission of the period") % words
                choices.append((f"{state.request.pk}{AND_PERIOD}", both))
        self.fields["sent_for"].choices = choices
        known = {str(pk) for pk in self.asked}
        self.initial["sent_for"] = asked if asked in known else ""

    def sent_for_words(self):
        """Return what ``receive_file`` is told of the special request, if one is chosen."""
        chosen = self.cleaned_data.get("sent_for", "")
        if not chosen:
            return {}
        return {
            "answers": self.asked[int(chosen.removesuffix(AND_PERIOD))],
            "counts_for_period": chosen.endswith(AND_PERIOD),
        }


class ReadingForm(forms.Form):
    """Asks what the check could not decide about the file of ``version``.

    What the unit chose last time is chosen already, where this file can be read so.
    """

    LABELS = {
        "encoding": _("Which characters are right?"),
        "sheet": _("Which sheet holds the data?"),
        "header_row": _("Which row holds the column names?"),
        "delimiter": _("What stands between the cells?"),
        "not_records": _("Are these rows data? (Row number first)"),
    }

    def __init__(self, *args, version, memory=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.chosen_before = version.reading.get("chosen", {})
        self.memory = memory
        self.asked = {}
        titles = {column.name: column.title for column in columns_of_version(version)}
        for candidate in version.reading.get("candidates", []):
            place = (candidate["field"], candidate.get("column") or "")
            self.asked.setdefault(place, []).append(candidate)
        for (name, column), candidates in self.asked.items():
            self.fields[_field_name(name, column)] = forms.ChoiceField(
                label=self._label(name, titles.get(column, column)),
                choices=[(str(i), name_of(each)) for i, each in enumerate(candidates)],
                error_messages={"required": _("Choose one of the ways.")},
            )

    def _label(self, name, title):
        if name == "number_styles":
            return _("What does the point mean in “%(title)s”?") % {"title": title}
        return self.LABELS.get(name, name)

    def questions(self):
        """Return each question with its answers and what the file looks like by each of them."""
        for (name, column), candidates in self.asked.items():
            field = self[_field_name(name, column)]
            chosen = field.value()
            options = []
            for number, candidate in enumerate(candidates):
                is_last = self._is_last(name, column, candidate["value"])
                options.append(
                    {
                        "value": str(number),
                        "label": name_of(candidate),
                        "rows": sample_rows(candidate),
                        "is_last": is_last,
                        "is_checked": is_last if chosen is None else str(number) == str(chosen),
                    }
                )
            yield {"field": field, "options": options}

    def _is_last(self, name, column, value):
        return self.memory is not None and answer_in(self.memory.chosen, name, column) == value

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


def name_of(candidate):
    """Return the words for one way of reading."""
    field, value = candidate["field"], candidate["value"]
    if field == "number_styles":
        return NUMBER_STYLES.get(value, value)
    if field == "encoding":
        return ENCODINGS.get(value, value)
    if field == "not_records":
        return NOT_RECORDS.get(value, value)
    if field == "delimiter":
        return DELIMITERS.get(value, value)
    if field == "header_row":
        return _("Row %(row)s") % {"row": value}
    return value


def sample_rows(candidate):
    """Return the sample of a way of reading as rows of cells."""
    sample = candidate.get("sample") or []
    if candidate["field"] == "number_styles":
        return [[f"{value} → {_as_style(str(value), candidate['value'])}"] for value in sample]
    return [row if isinstance(row, list) else [row] for row in sample]


def _as_style(value, style):
    if style == "group":
        return value.replace(".", "").replace(",", "")
    return value.replace(".", ",")


class NoteForm(forms.Form):
    """The words that go with a step."""

    note = forms.CharField(required=False, max_length=4000)
