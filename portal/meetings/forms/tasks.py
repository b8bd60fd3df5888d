"""Conclusions and tasks."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.meetings.forms.deeds import DeedForm
from portal.meetings.forms.fields import UnitsField, all_units, date_input, lines, units
from portal.meetings.models import Conclusion, Task, TaskReview


class TaskFieldsMixin(forms.Form):
    """Who does what by when."""

    lead_unit = forms.ModelChoiceField(label=_("lead unit"), queryset=None)
    coordinating = UnitsField(label=_("coordinating units"))
    expected_output = forms.CharField(label=_("expected result"), widget=lines(2), required=False)
    due_on = forms.DateField(label=_("due on"), widget=date_input(), required=False)
    priority = forms.ChoiceField(label=_("priority"), choices=Task.Priority)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lead_unit"].queryset = units()


class TaskForm(TaskFieldsMixin, DeedForm):
    """A task on a conclusion; without own words it says what the conclusion says."""

    title = forms.CharField(label=_("content"), widget=lines(2), max_length=500)
    field_order = ["title", "lead_unit", "coordinating", "due_on", "expected_output", "priority"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if isinstance(self.thing, Conclusion):
            self.fields["title"].initial = self.thing.text[:500]
        elif isinstance(self.thing, Task):
            for name in self.fields:
                self.fields[name].initial = getattr(self.thing, name, None)
            helping = self.thing.coordinating_units.all()
            self.fields["lead_unit"].queryset = units(self.thing.lead_unit_id)
            self.fields["coordinating"].queryset = units(*helping.values_list("pk", flat=True))
            self.fields["coordinating"].initial = helping


class ConclusionForm(DeedForm):
    """What the chair concludes."""

    kind = forms.ChoiceField(label=_("kind"), choices=Conclusion.Kind, initial="decision")
    text = forms.CharField(label=pgettext_lazy("conclusion", "text"), widget=lines(4))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if isinstance(self.thing, Conclusion):
            self.fields["kind"].initial = self.thing.kind
            self.fields["text"].initial = self.thing.text


class ConcludeForm(TaskFieldsMixin, ConclusionForm):
    """A conclusion, with the task it gives a unit when it is of that kind."""

    field_order = ["kind", "text"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lead_unit"].required = False
        self.fields["lead_unit"].help_text = _("For a conclusion that is a task.")

    def clean(self):
        cleaned = super().clean()
        is_task = cleaned.get("kind") == Conclusion.Kind.TASK
        if is_task and not cleaned.get("lead_unit") and "lead_unit" not in self.errors:
            self.add_error("lead_unit", _("Name the unit that leads the task."))
        if not is_task and cleaned.get("lead_unit"):
            self.add_error("kind", _("A lead unit is named: choose “task” as the kind."))
        return cleaned


class ReviewsForm(DeedForm):
    """The meeting's word on each task that it looks at."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.reviews = self.thing.task_reviews.select_related("task__lead_unit")
        for review in self.reviews:
            self.fields[f"decision_{review.pk}"] = forms.ChoiceField(
                label=f"{review.task.title} ({review.task.lead_unit})",
                choices=[("", "–"), *TaskReview.Decision.choices],
                initial=review.decision,
                required=False,
            )
            self.fields[f"note_{review.pk}"] = forms.CharField(
                label=_("note"), initial=review.note, required=False
            )

    def clean(self):
        cleaned = super().clean()
        decisions = {
            review.pk: (cleaned.get(f"decision_{review.pk}", ""), cleaned.get(f"note_{review.pk}"))
            for review in self.reviews
        }
        return {"decisions": decisions}


class ReportForm(DeedForm):
    """How the work goes."""

    text = forms.CharField(label=_("what was done"), widget=lines(3))
    percent = forms.IntegerField(label=_("per cent done"), min_value=0, max_value=100)


class SubmitForm(DeedForm):
    """The result."""

    text = forms.CharField(label=_("result achieved"), widget=lines(3))


class ExtensionForm(DeedForm):
    """A later deadline."""

    new_due_on = forms.DateField(label=_("new deadline"), widget=date_input())
    reason = forms.CharField(label=_("reason"), widget=lines(2))
    decision = forms.CharField(label=_("deciding document"), max_length=255, required=False)


class TaskFilterForm(forms.Form):
    """What the list of tasks is narrowed to."""

    status = forms.ChoiceField(
        label=_("status"), choices=[("", _("all")), *Task.Status.choices], required=False
    )
    unit = forms.ModelChoiceField(
        label=_("unit"), queryset=None, required=False, empty_label=_("all")
    )
    mine = forms.BooleanField(label=_("my units only"), required=False)
    overdue = forms.BooleanField(label=_("overdue only"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = all_units()
