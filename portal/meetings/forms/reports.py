"""Reports and their schedules."""

from django import forms
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.deadlines import CADENCE_KINDS
from portal.meetings.actions.reports import mark_of
from portal.meetings.forms.deeds import DeedForm
from portal.meetings.forms.fields import UnitsField, date_input, lines, units
from portal.meetings.models import PeriodicReport, ReportSchedule
from portal.meetings.oversight import reporting_units
from portal.meetings.report_files import attachments_of
from portal.meetings.report_periods import states_of_schedule
from portal.units.models import Obligation

Kind = PeriodicReport.Kind


class DraftForm(DeedForm):
    """The period to report on: those owed of which there is no report yet, the oldest first."""

    period = forms.ChoiceField(label=_("period"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [
            (state.period.code, f"{state.period.label} – {state.label}")
            for state in states_of_schedule(self.thing)
            if state.report is None
        ]


class WriteForm(DeedForm):
    """Title and text; remembers from which text the writer began."""

    title = forms.CharField(label=_("title"), max_length=500)
    body = forms.CharField(label=pgettext_lazy("report", "text"), widget=lines(24), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].initial = self.thing.title
        self.fields["body"].initial = self.thing.body
        self.fields["seen"].initial = mark_of(self.thing)


class ApproveForm(DeedForm):
    """Nothing to fill in; remembers which text the head has read."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = mark_of(self.thing)


class FiguresForm(DeedForm):
    """Count the period once more."""

    anew = forms.BooleanField(
        label=_("begin the text anew from the outline"),
        help_text=_("What stands in the text now is replaced; without it only figures change."),
        required=False,
    )


class AttachForm(DeedForm):
    """A file that goes with the report."""

    file = forms.FileField(label=_("file"))


class DetachForm(DeedForm):
    """A file to take away."""

    attachment = forms.ModelChoiceField(label=_("file"), queryset=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        found = attachments_of(self.thing)
        if self.thing.submitted_at:
            found = found.filter(uploaded_at__gt=self.thing.submitted_at)
        self.fields["attachment"].queryset = found


class ReportFilterForm(forms.Form):
    """What the list of reports is narrowed to."""

    kind = forms.ChoiceField(
        label=_("kind"), choices=[("", _("all")), *Kind.choices], required=False
    )
    status = forms.ChoiceField(
        label=_("status"),
        choices=[("", _("all")), *PeriodicReport.Status.choices],
        required=False,
    )
    unit = forms.ModelChoiceField(
        label=_("unit"), queryset=None, required=False, empty_label=_("all")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units()


class NewReportForm(DeedForm):
    """A report on a topic, or one that was asked for outside the portal."""

    kind = forms.ChoiceField(
        label=_("kind"),
        choices=[(Kind.THEMATIC, Kind.THEMATIC.label), (Kind.AD_HOC, Kind.AD_HOC.label)],
    )
    title = forms.CharField(label=_("title"), max_length=500, widget=lines(2))
    unit = forms.ModelChoiceField(label=_("reporting unit"), queryset=None)
    recipients = UnitsField(label=_("recipients"), required=True)
    schedule = forms.ModelChoiceField(
        label=_("report schedule"),
        queryset=None,
        required=False,
        help_text=_("The duty by which it is written, where there is one."),
    )
    due_on = forms.DateField(label=_("due on"), widget=date_input(), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = units().filter(pk__in=reporting_units(self.user).values("pk"))
        self.fields["unit"].queryset = own
        if len(own) == 1:
            self.fields["unit"].initial = own[0]
        self.fields["schedule"].queryset = (
            ReportSchedule.objects.active()
            .of_units_of(self.user)
            .filter(frequency=ReportSchedule.Frequency.NONE)
            .for_listing()
        )

    def clean(self):
        cleaned = super().clean()
        schedule, unit = cleaned.get("schedule"), cleaned.get("unit")
        if schedule and unit and schedule.from_unit_id != unit.pk:
            self.add_error("schedule", _("This schedule is another unit's."))
        return cleaned


class RequestForm(DeedForm):
    """What another unit is asked to report on."""

    unit = forms.ModelChoiceField(label=_("unit that is to report"), queryset=None)
    title = forms.CharField(label=_("on what"), max_length=500, widget=lines(2))
    due_on = forms.DateField(label=_("due on"), widget=date_input())
    note = forms.CharField(label=_("note"), widget=lines(3), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = units().filter(is_group=False)
        self.fields["unit"].queryset = others.exclude(
            pk__in=reporting_units(self.user).values("pk")
        )


class DutyField(forms.ModelChoiceField):
    """A duty to report, named by its words, its unit and its provision."""

    def __init__(self, **kwargs):
        duties = Obligation.objects.filter(kind=Obligation.Kind.REPORT).for_choices()
        super().__init__(label=_("duty"), queryset=duties, **kwargs)

    def label_from_instance(self, duty):
        words = " ".join(duty.text.split()) or duty.get_kind_display()
        return f"{duty.unit}: {Truncator(words).chars(80)} ({duty.provision.label})"


class ReportScheduleForm(forms.ModelForm):
    """A schedule; what the duty says about days and recipients is filled in where left empty."""

    recipients = UnitsField(label=_("recipients"))

    class Meta:
        model = ReportSchedule
        fields = [
            "title",
            "obligation",
            "from_unit",
            "recipients",
            "frequency",
            "due_day",
            "due_in",
            "due_strictly_before",
            "weekend",
            "grace_days",
            "window_start_day",
            "first_period",
            "last_period",
            "feeds",
            "outline",
            "is_active",
        ]
        widgets = {"title": lines(2), "outline": lines(6)}

    def __init__(self, *args, **kwargs):
        kwargs.pop("for_user", None)
        super().__init__(*args, **kwargs)
        self.fields["from_unit"] = forms.ModelChoiceField(
            label=_("reporting unit"), queryset=units().filter(is_group=False)
        )
        self.fields["obligation"] = DutyField(required=False)
        self.order_fields(self.Meta.fields)
        for field in self.fields.values():
            field.label = capfirst(field.label)
        self.fields["feeds"].queryset = ReportSchedule.objects.by_calendar().for_listing()
        if self.instance.pk:
            self.fields["feeds"].queryset = self.fields["feeds"].queryset.exclude(
                pk=self.instance.pk
            )
            self.initial["recipients"] = list(self.instance.recipients.all())

    def clean(self):
        cleaned = super().clean()
        unit, recipients = cleaned.get("from_unit"), list(cleaned.get("recipients") or ())
        duty, feeds = cleaned.get("obligation"), cleaned.get("feeds")
        if unit and unit in recipients:
            self.add_error("recipients", _("A unit does not report to itself."))
        if duty and unit and unit not in duty.bound_units():
            self.add_error("from_unit", _("This duty does not bind the unit."))
        if feeds and feeds.from_unit not in recipients:
            self.add_error("feeds", _("Its unit is not among the recipients."))
        return cleaned


def initial_of_duty(duty):
    """Return what a duty says about the schedule that meets it, for an empty form."""
    rule, kind = duty.due_rule or {}, CADENCE_KINDS.get(duty.cadence)
    bound = duty.bound_units()
    return {
        "title": " ".join(duty.text.split())[:255],
        "obligation": duty.pk,
        "from_unit": bound[0].pk if len(bound) == 1 else None,
        "recipients": list(duty.counterparts.all()),
        "frequency": kind.value if kind else ReportSchedule.Frequency.NONE,
        "due_day": rule.get("day"),
        "due_in": rule.get("month_of_period") or ReportSchedule.DueIn.LAST,
        "due_strictly_before": rule.get("strictly_before", False),
    }
