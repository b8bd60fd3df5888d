"""What the screens of enactment ask for."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.regulations.actions import ChosenChange, Decision
from portal.regulations.models import Edition


def day_input():
    """Return a field that shows a day as people write it; a browser shows its own language's."""
    hint = {"placeholder": _("day/month/year"), "inputmode": "numeric", "autocomplete": "off"}
    return forms.DateInput(attrs=hint, format="%d/%m/%Y")


def lines(rows):
    """Return a field of several lines."""
    return forms.Textarea(attrs={"rows": rows})


class StaffForm(forms.Form):
    """A form whose labels begin with a capital, as those of the admin do."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.label = capfirst(field.label)


class DecisionForm(StaffForm):
    """The decision that enacts, and from when."""

    KINDS = [choice for choice in Edition.Kind.choices if choice[0] != Edition.Kind.FIRST]

    kind = forms.ChoiceField(label=_("kind"), choices=KINDS)
    number = forms.CharField(
        label=_("number of the decision"),
        max_length=64,
        help_text=_("As printed, such as 45/QĐ-UBND."),
    )
    signed_on = forms.DateField(label=_("date of the decision"), widget=day_input(), required=False)
    title = forms.CharField(label=_("title of the decision"), widget=lines(2), required=False)
    effective_on = forms.DateField(
        label=_("in force from"),
        widget=day_input(),
        help_text=_("A day to come: the pages change by themselves on that day."),
    )
    note = forms.CharField(label=_("note"), widget=lines(2), required=False)

    def clean(self):
        cleaned = super().clean()
        signed_on, effective_on = cleaned.get("signed_on"), cleaned.get("effective_on")
        is_correction = cleaned.get("kind") == Edition.Kind.CORRECTION
        if signed_on and effective_on and effective_on < signed_on and not is_correction:
            self.add_error(
                "effective_on", _("A decision does not hold before the day on which it was signed.")
            )
        return cleaned

    def decision(self):
        """Return what was said as the verb takes it."""
        return Decision(**self.cleaned_data)


class NewTextDecisionForm(DecisionForm):
    """The decision that enacts a whole text, and what the person saw who enacts it."""

    KINDS = [choice for choice in DecisionForm.KINDS if choice[0] != Edition.Kind.CORRECTION]

    revision = forms.IntegerField(widget=forms.HiddenInput())
    base = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = self.KINDS
        self.fields["signed_on"].required = self.fields["note"].required = True
        self.fields["note"].label = _("Reason")
        self.fields["note"].help_text = _("Why the text changes; shown with the edition.")

    def decision(self):
        """Return what was said as the verb takes it."""
        seen = {"revision", "base"}
        return Decision(**{k: v for k, v in self.cleaned_data.items() if k not in seen})


class DraftForm(StaffForm):
    """Whether one draft is enacted, why, and from a day of its own if it has one."""

    is_chosen = forms.BooleanField(label=_("enact"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput())
    reason = forms.CharField(label=_("reason"), widget=lines(2), required=False, max_length=2000)
    effective_on = forms.DateField(
        label=_("from another day"),
        widget=day_input(),
        required=False,
        help_text=_("Only where this part holds from another day than the decision."),
    )

    def __init__(self, *args, draft, **kwargs):
        self.draft = draft
        kwargs.setdefault("prefix", f"trang-{draft.page.pk}")
        kwargs.setdefault("initial", {"revision": draft.revision.pk})
        super().__init__(*args, **kwargs)

    def chosen(self):
        """Return the choice as the verb takes it, with the very words that were on the screen."""
        revision = self.draft.page.revisions.filter(pk=self.cleaned_data["revision"]).first()
        return ChosenChange(
            self.draft.page,
            revision or self.draft.revision,
            self.cleaned_data["reason"],
            self.cleaned_data["effective_on"],
        )


class RepealForm(StaffForm):
    """The parts of the text that are repealed as a whole."""

    parts = forms.ModelMultipleChoiceField(
        label=_("repealed as a whole"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(label=_("reason"), widget=lines(2), required=False, max_length=2000)
    effective_on = forms.DateField(label=_("from another day"), widget=day_input(), required=False)

    def __init__(self, *args, parts, pages, **kwargs):
        super().__init__(*args, prefix="bai-bo", **kwargs)
        titles = {part.id: part.title for part in parts}
        field = self.fields["parts"]
        field.queryset = pages.filter(pk__in=[id for id in titles if id])
        field.label_from_instance = lambda page: titles.get(str(page.pk), page.title)

    def chosen(self):
        """Return the choices as the verb takes them."""
        return [
            ChosenChange(
                page,
                reason=self.cleaned_data["reason"],
                effective_on=self.cleaned_data["effective_on"],
            )
            for page in self.cleaned_data["parts"]
        ]


class WithdrawForm(StaffForm):
    """Why a coming edition is taken back."""

    reason = forms.CharField(label=_("reason"), widget=lines(2), max_length=2000)
