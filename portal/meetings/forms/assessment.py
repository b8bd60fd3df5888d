"""Assessment: cycles, criteria, and the scores of one unit's form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.meetings.evidence import rule_choices
from portal.meetings.forms.deeds import DeedForm
from portal.meetings.forms.fields import UnitsField, date_input, lines, moment_input
from portal.meetings.models import AssessmentCycle, CriteriaSet, Criterion


class CycleForm(forms.ModelForm):
    """The assessment of a year, to be opened."""

    units = UnitsField(
        label=_("assessed units"), help_text=_("None ticked: every unit that exists today.")
    )

    class Meta:
        model = AssessmentCycle
        fields = [
            "year",
            "title",
            "criteria_set",
            "evidence_cutoff",
            "self_due_on",
            "review_due_on",
            "explanation_due_on",
        ]
        widgets = {
            "evidence_cutoff": moment_input(),
            "self_due_on": date_input(),
            "review_due_on": date_input(),
            "explanation_due_on": date_input(),
        }

    def validate_unique(self):
        """Leave a year that is only planned to the verb, which opens the planned cycle."""
        planned = AssessmentCycle.Status.PLANNED
        year = self.cleaned_data.get("year")
        if not AssessmentCycle.objects.filter(year=year, status=planned).exists():
            super().validate_unique()

    def answers(self):
        """Return what the verb takes."""
        answers = dict(self.cleaned_data)
        answers["units"] = answers["units"] or None
        return answers


class CriteriaSetForm(forms.ModelForm):
    """The name of a set of criteria."""

    class Meta:
        model = CriteriaSet
        fields = ["title"]


class CriterionForm(forms.ModelForm):
    """One line of a set of criteria."""

    evidence_source = forms.ChoiceField(label=_("evidence"), choices=rule_choices, required=False)

    class Meta:
        model = Criterion
        fields = ["code", "title", "max_score", "method", "evidence_source", "parent"]

    def __init__(self, *args, criteria_set, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].label = _("part of")
        self.fields["parent"].queryset = criteria_set.criteria.exclude(pk=self.instance.pk)


CriteriaFormSet = forms.modelformset_factory(
    Criterion, form=CriterionForm, extra=3, can_delete=True, can_order=True
)


class ScoresForm(DeedForm):
    """A value and a note for every criterion of one unit's form."""

    words = ""  #: the field of the unit's form that holds the words on the whole
    words_label = ""
    value_column = note_column = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = list(self.thing.scores.select_related("criterion", "evidence"))
        for row in self.rows:
            self.fields[f"value_{row.pk}"] = forms.DecimalField(
                label=str(row.criterion),
                min_value=0,
                max_value=row.criterion.max_score,
                decimal_places=2,
                required=False,
                localize=False,
                initial=self.initial_value(row),
            )
            self.add_row_fields(row)
            self.fields[f"note_{row.pk}"] = forms.CharField(
                label=_("note"), initial=getattr(row, self.note_column), required=False
            )
        self.fields[self.words] = forms.CharField(
            label=self.words_label,
            initial=getattr(self.thing, self.words),
            widget=lines(4),
            required=False,
        )

    def add_row_fields(self, row):
        """Add what one line asks for beside value and note."""

    def initial_value(self, row):
        """Return what stands in the value's box at first: the score kept, or the counted one."""
        kept = getattr(row, self.value_column)
        return row.system_score if kept is None else kept

    def lines(self):
        """Return for each score the row and its bound fields, for the table."""
        return [
            {
                "score": row,
                "value": self[f"value_{row.pk}"],
                "note": self[f"note_{row.pk}"],
                "not_assigned": self[name] if (name := f"off_{row.pk}") in self.fields else None,
            }
            for row in self.rows
        ]

    def words_field(self):
        return self[self.words]


class SelfScoresForm(ScoresForm):
    """The unit's own scores."""

    words, words_label = "narrative", _("self-assessment in words")
    value_column, note_column = "self_score", "note"

    def clean(self):
        cleaned = super().clean()
        scores = {
            row.pk: (cleaned.get(f"value_{row.pk}"), cleaned.get(f"note_{row.pk}", ""))
            for row in self.rows
        }
        return {"scores": scores, "narrative": cleaned.get("narrative", "")}


class ReviewForm(ScoresForm):
    """The reviewer's scores."""

    words, words_label = "review_note", _("reviewer's remarks")
    value_column, note_column = "review_score", "review_note"

    def initial_value(self, row):
        return next(
            (
                value
                for value in (row.review_score, row.self_score, row.system_score)
                if value is not None
            ),
            None,
        )

    def add_row_fields(self, row):
        self.fields[f"off_{row.pk}"] = forms.BooleanField(
            label=_("not the unit's duty"), initial=row.not_assigned, required=False
        )

    def clean(self):
        cleaned = super().clean()
        scores = {
            row.pk: (
                cleaned.get(f"value_{row.pk}"),
                cleaned.get(f"off_{row.pk}", False),
                cleaned.get(f"note_{row.pk}", ""),
            )
            for row in self.rows
        }
        return {"scores": scores, "review_note": cleaned.get("review_note", "")}


class ExplanationForm(DeedForm):
    """The head's word on the reviewed scores."""

    explanation = forms.CharField(label=_("explanation"), widget=lines(5))
