"""Meetings: preparing them, and writing down what happens."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from portal.core.roles import Role
from portal.meetings.forms.deeds import DeedForm
from portal.meetings.forms.fields import (
    PersonChoiceField,
    UnitsField,
    lines,
    moment_input,
    units,
)
from portal.meetings.models import AgendaItem, Meeting, MeetingSeries, UnitAttendance
from portal.units.permissions import unit_ids_of

MINUTE_ROLES = [Role.MINUTE_TAKER, Role.IOC_OFFICER, Role.IOC_LEADER]


class MeetingForm(forms.ModelForm):
    """Date, place, chair and guests of a meeting."""

    units = UnitsField(
        label=_("invited units"),
        help_text=_("None ticked for a new meeting: those whom the series usually invites."),
    )
    secretary = PersonChoiceField(label=_("minute-taker"), queryset=None, required=False)

    class Meta:
        model = Meeting
        fields = [
            "title",
            "series",
            "kind",
            "requested_by",
            "convenor",
            "start_at",
            "end_at",
            "place",
            "chair",
            "secretary",
            "is_public",
        ]
        widgets = {"start_at": moment_input(), "end_at": moment_input()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = get_user_model().objects.filter(
            is_active=True, groups__role_group__role__in=MINUTE_ROLES
        )
        self.fields["secretary"].queryset = people.distinct().order_by("last_name", "username")
        self.fields["convenor"].queryset = units(self.instance.convenor_id)
        self.fields["series"].queryset = MeetingSeries.objects.filter(is_active=True)
        self.fields["chair"].help_text = _("The position, as the papers name it.")
        if self.instance.pk:
            invited = self.instance.attendances.values_list("unit", flat=True)
            self.fields["units"].queryset = units(*invited)
            self.fields["units"].initial = invited

    def answers(self):
        """Return what the verbs take: a new meeting without guests leaves them to the series."""
        answers = dict(self.cleaned_data)
        chosen = answers.pop("units")
        answers["units"] = chosen if chosen or self.instance.pk else None
        return answers


class ItemForm(DeedForm):
    """An item of the agenda."""

    title = forms.CharField(label=_("title"), max_length=255)
    kind = forms.ChoiceField(label=_("kind"), choices=AgendaItem.Kind, initial="other")
    presenter_unit = forms.ModelChoiceField(
        label=_("presenting unit"), queryset=None, required=False
    )
    minutes_planned = forms.IntegerField(
        label=_("minutes planned"), min_value=1, max_value=600, required=False
    )
    is_public = forms.BooleanField(label=_("public"), required=False, initial=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["presenter_unit"].queryset = units()
        if isinstance(self.thing, AgendaItem):
            self.fields["presenter_unit"].queryset = units(self.thing.presenter_unit_id)
            for name, field in self.fields.items():
                field.initial = getattr(self.thing, name)


class ProposalForm(forms.Form):
    """A unit's proposal for the next meeting of a series."""

    series = forms.ModelChoiceField(label=_("series"), queryset=None)
    unit = forms.ModelChoiceField(label=_("unit"), queryset=None)
    title = forms.CharField(label=_("what should be talked about"), max_length=255)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["series"].queryset = MeetingSeries.objects.filter(is_active=True)
        self.fields["unit"].queryset = units().filter(pk__in=unit_ids_of(user))


class OutcomeForm(DeedForm):
    """Course and end of one item."""

    discussion = forms.CharField(
        label=_("course of the discussion"), widget=lines(8), required=False
    )
    result = forms.ChoiceField(
        label=_("result"), choices=[("", "–"), *AgendaItem.Result.choices], required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["discussion"].initial = self.thing.discussion
        self.fields["result"].initial = self.thing.result


class WordsForm(DeedForm):
    """Opening and closing words of the minutes."""

    opening = forms.CharField(label=_("opening"), widget=lines(4), required=False)
    closing = forms.CharField(label=_("closing"), widget=lines(4), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["opening"].initial = self.thing.opening
        self.fields["closing"].initial = self.thing.closing


class ReplyForm(DeedForm):
    """Whether the own unit comes."""

    attendance = forms.ModelChoiceField(label=_("unit"), queryset=None, empty_label=None)
    reply = forms.ChoiceField(
        label=_("reply"),
        choices=[
            (reply.value, reply.label)
            for reply in (UnitAttendance.Reply.ACCEPTED, UnitAttendance.Reply.DECLINED)
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["attendance"].queryset = self.thing.attendances.select_related("unit").filter(
            unit_id__in=unit_ids_of(self.user)
        )


class AttendanceForm(DeedForm):
    """Presence of each invited unit, and its people: one on a line, name and position."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = self.thing.attendances.select_related("unit").prefetch_related("attendees")
        for row in self.rows:
            self.fields[f"presence_{row.pk}"] = forms.ChoiceField(
                label=row.unit.title,
                choices=[("", "–"), *UnitAttendance.Presence.choices],
                initial=row.presence,
                required=False,
            )
            self.fields[f"people_{row.pk}"] = forms.CharField(
                label=_("people"),
                help_text=_("One on each line: name, then a comma, then the position."),
                initial="\n".join(f"{each.name}, {each.position}" for each in row.attendees.all()),
                widget=lines(2),
                required=False,
            )

    def clean(self):
        cleaned = super().clean()
        presences = {
            row.pk: (
                cleaned.get(f"presence_{row.pk}", ""),
                list(_people(cleaned.get(f"people_{row.pk}", ""))),
            )
            for row in self.rows
        }
        return {"presences": presences}


def _people(text):
    for line in text.splitlines():
        name, _comma, position = line.partition(",")
        if name.strip():
            yield name.strip()[:128], position.strip()[:128]
