"""Forms by which editors decide on references and terms, or add them."""

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from portal.regulations.models import CrossReference, Definition, Provision
from portal.regulations.models.reading import Finding


class DecisionMixin(forms.Form):
    """Asks for a decision; whoever changes something else without deciding confirms it."""

    decision = forms.ChoiceField(
        label=_("decision"),
        choices=[
            (Finding.Status.CONFIRMED, _("Right: show it to readers")),
            (Finding.Status.REJECTED, _("Wrong: show nothing")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        status = self.instance.status
        decided = {Finding.Status.CONFIRMED, Finding.Status.REJECTED}
        self.fields["decision"].initial = status if status in decided else Finding.Status.CONFIRMED


def _provisions_of(regulation):
    return Provision.objects.current().filter(regulation=regulation).for_choices()


class ReferenceForm(WagtailAdminModelForm):
    """Adds a reference that was not found."""

    class Meta:
        model = CrossReference
        fields = ("source", "words", "target")
        help_texts = {"words": _("As they stand in the provision, such as “khoản 2 Điều 5”.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("source", "target"):
            self.fields[name].required = True
            self.fields[name].queryset = Provision.objects.current().for_choices()

    def clean(self):
        data = super().clean()
        source, target = data.get("source"), data.get("target")
        if source and target and source.regulation_id != target.regulation_id:
            self.add_error("target", _("Choose a provision of the same regulation."))
        if source and data.get("words") and data["words"] not in source.text:
            self.add_error("words", _("These words do not stand in that provision."))
        return data


class ReferenceDecisionForm(DecisionMixin, WagtailAdminModelForm):
    """Confirms, rejects or corrects a reference."""

    class Meta:
        model = CrossReference
        fields = ("target",)

    field_order = ("decision", "target")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target"].queryset = _provisions_of(self.instance.regulation_id)
        before, words, after = self.instance.surroundings
        self.fields["decision"].help_text = format_html(
            "{}: {}<mark>{}</mark>{}", self.instance.source_label, before, words, after
        )

    def clean(self):
        data = super().clean()
        if data.get("decision") == Finding.Status.CONFIRMED and not (
            data.get("target") or self.instance.target_key
        ):
            self.add_error("target", _("Choose where the words lead, or reject them."))
        return data


class DefinitionForm(WagtailAdminModelForm):
    """Adds a term that was not found."""

    class Meta:
        model = Definition
        fields = ("source", "term", "other_names", "meaning")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].required = True
        self.fields["source"].queryset = Provision.objects.current().for_choices()


class DefinitionDecisionForm(DecisionMixin, WagtailAdminModelForm):
    """Confirms a term, with better words where needed, or rejects it."""

    class Meta:
        model = Definition
        fields = ("other_names", "meaning")

    field_order = ("decision", "meaning", "other_names")
