"""Forms about duties: the register's, and what a unit writes down."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from portal.core.deadlines import CADENCE_KINDS
from portal.core.formats import UnreadableValue, parse_date
from portal.units.due_dates import running_period
from portal.units.due_rules import LAST_DAY_OF_A_MONTH
from portal.units.models import UnitPage

#: So many past periods are offered for a record.
OFFERED_PERIODS = 12
MONTH_CHOICES = [
    ("", _("the period's last month (as when the text says nothing)")),
    ("first", _("the period's first month")),
    ("last", _("the period's last month")),
    ("next", _("the month after the period")),
]


class ObligationForm(WagtailAdminModelForm):
    """A duty, its due rule asked for as day, month and “before”."""

    due_day = forms.IntegerField(
        label=_("due day of the month"),
        required=False,
        min_value=1,
        max_value=LAST_DAY_OF_A_MONTH,
        help_text=_("Empty: the regulation sets no day, and no legal deadline is shown."),
    )
    due_month = forms.ChoiceField(label=_("in which month"), required=False, choices=MONTH_CHOICES)
    due_strictly_before = forms.BooleanField(
        label=_("strictly before that day"),
        required=False,
        help_text=_("“Before the 25th” ends with the 24th."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rule = self.instance.due_rule or {}
        self.initial.setdefault("due_day", rule.get("day"))
        self.initial.setdefault("due_month", rule.get("month_of_period") or "")
        self.initial.setdefault("due_strictly_before", rule.get("strictly_before", False))

    def clean(self):
        cleaned = super().clean()
        day, cadence = cleaned.get("due_day"), cleaned.get("cadence")
        if day and cadence and cadence not in CADENCE_KINDS:
            self.add_error(
                "due_day",
                _("Only a monthly, quarterly, half-yearly or yearly duty has a due day."),
            )
        if not day and "due_day" not in self.errors and cleaned.get("due_strictly_before"):
            self.add_error("due_day", _("Give the day before which it is due."))
        if not self.errors:
            self.instance.due_rule = _rule(cleaned)
        return cleaned


def _rule(cleaned):
    if not cleaned.get("due_day"):
        return {}
    rule = {
        "day": cleaned["due_day"],
        "strictly_before": bool(cleaned.get("due_strictly_before")),
    }
    if cleaned.get("due_month"):
        rule["month_of_period"] = cleaned["due_month"]
    return rule


class DayField(forms.Field):
    """A day as people write it, 05/01/2026."""

    widget = forms.TextInput(attrs={"maxlength": 40})

    def to_python(self, value):
        if not str(value or "").strip():
            return None
        try:
            return parse_date(str(value)[:100])
        except UnreadableValue as fault:
            raise forms.ValidationError(str(fault)) from fault


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; what may be attached is the verb's to say."""

    widget = FilesInput

    def clean(self, data, initial=None):
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        self.max_length, self.allow_empty_file = 255, True
        return [super(FilesField, self).clean(each, initial) for each in given]


class RecordForm(forms.Form):
    """What a unit did about a duty."""

    unit = forms.ModelChoiceField(label=_("unit"), queryset=UnitPage.objects.none())
    done_on = DayField(label=_("done on"))
    period = forms.ChoiceField(label=_("for the period"), required=False)
    note = forms.CharField(
        label=_("what was done"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    document = forms.CharField(
        label=_("number and date of the document"), max_length=255, required=False
    )
    files = FilesField(
        label=_("evidence files"),
        required=False,
        help_text=_("Documents, tables, pictures or scans; up to 5 files of 20 MB."),
    )

    def __init__(self, *args, obligation, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        if len(units) == 1:
            self.fields["unit"].initial = units[0]
            self.fields["unit"].empty_label = None
        self.fields["done_on"].initial = f"{timezone.localdate():%d/%m/%Y}"
        running = running_period(obligation, timezone.localdate())
        if running is None:
            del self.fields["period"]
        else:
            periods = [running.shift(-steps) for steps in range(OFFERED_PERIODS)]
            self.fields["period"].choices = [
                (period.code, period.label) for period in [running.shift(1), *periods]
            ]
            self.fields["period"].initial = running.code


class WithdrawForm(forms.Form):
    """Why a record is taken back."""

    reason = forms.CharField(
        label=_("reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
