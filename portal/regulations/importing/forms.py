"""The small forms of the import screen, one for each correction."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.formats import UnreadableValue, format_date, parse_date
from portal.core.text import nfc
from portal.regulations.importing.blocks import DIVISIONS, TITLED, WORDED

KIND_LABELS = {
    "part": _("part"),
    "chapter": _("chapter"),
    "section": _("section"),
    "subsection": _("subsection"),
    "article": _("article"),
    "clause": _("clause"),
    "point": _("point"),
    "text": _("text outside the articles"),
    "annex": _("annex"),
}
#: Why an editor leaves something out; the parser's own codes where it has one.
REASONS = [
    ("page_number", _("page number")),
    ("running_header", _("running header or footer")),
    ("letterhead", _("letterhead, motto")),
    ("seal", _("leftover of a seal or a signature")),
    ("table_of_contents", _("table of contents")),
    ("repeated", _("printed twice in the source")),
    ("conversion", _("leftover of the conversion")),
    ("other", _("another reason (write it below)")),
]


class ComposedField(forms.CharField):
    """A text in one normal form, with plain line ends."""

    def to_python(self, value):
        return super().to_python(nfc(value or "").replace("\r\n", "\n").replace("\r", "\n"))


class LinesField(ComposedField):
    """Several texts, each on a line of its own."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        return [line.strip() for line in super().clean(value).split("\n") if line.strip()]


class DayField(ComposedField):
    """A day as Vietnamese offices write it; kept as ISO."""

    def prepare_value(self, value):
        try:
            return format_date(parse_date(value)) if value else value
        except UnreadableValue:
            return value  # as it was typed

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return ""
        try:
            return parse_date(text).isoformat()
        except UnreadableValue as fault:
            raise forms.ValidationError(str(fault), code=fault.code) from fault


class BlockForm(forms.Form):
    """A form about one block; several stand on a page, so their fields need ids of their own."""

    def __init__(self, data=None, *, block, **kwargs):
        super().__init__(data, auto_id=f"{self.verb}-%s", label_suffix="", **kwargs)
        self.block = block


class EditForm(BlockForm):
    """Number, title and words of a block, as far as its kind has them."""

    verb = "edit"

    label = ComposedField(
        label=_("Number or letter"), required=False, max_length=16, widget=forms.TextInput()
    )
    title = ComposedField(
        label=_("Title"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    text = ComposedField(label=_("Words"), required=False, widget=forms.Textarea())

    def __init__(self, data=None, *, block, **kwargs):
        initial = {name: block[name] for name in ("label", "title", "text")}
        super().__init__(data, block=block, initial=initial, **kwargs)
        kind = block["kind"]
        if kind == "text":
            del self.fields["label"]
        if kind not in TITLED:
            del self.fields["title"]
        if kind not in WORDED:
            del self.fields["text"]
        else:
            rows = min(max(len(block["text"]) // 55 + block["text"].count("\n") + 1, 2), 14)
            self.fields["text"].widget.attrs["rows"] = rows

    def clean(self):
        cleaned = super().clean()
        return {name: cleaned.get(name, "") for name in ("label", "title", "text")}


class KindForm(BlockForm):
    """What kind of part a block is."""

    verb = "kind"

    kind = forms.ChoiceField(label=pgettext_lazy("provision", "Level"), choices=KIND_LABELS.items)
    label = ComposedField(
        label=_("Number or letter"),
        required=False,
        max_length=16,
        help_text=_("Without a number the printed mark stays as words of the text."),
    )

    def __init__(self, data=None, *, block, **kwargs):
        initial = {"kind": block["kind"], "label": block["label"]}
        super().__init__(data, block=block, initial=initial, **kwargs)
        if block["component"] == "qd":
            self.fields["kind"].choices = [
                (kind, name) for kind, name in KIND_LABELS.items() if kind not in DIVISIONS
            ]


class SplitForm(BlockForm):
    """Where a block is cut, and what its second half is."""

    verb = "split"

    position = forms.IntegerField(
        min_value=1,
        error_messages={"required": _("Choose the place where the part is to be cut.")},
    )
    kind = forms.ChoiceField(
        label=_("The second half is"),
        required=False,
        choices=lambda: [("", _("as its first words say")), *KIND_LABELS.items()],
    )
    label = ComposedField(label=_("Its number or letter"), required=False, max_length=16)


class LeaveOutForm(BlockForm):
    """Why a block is left out."""

    verb = "leave_out"

    reason = forms.ChoiceField(label=_("Reason"), choices=[("", _("choose")), *REASONS])
    note = ComposedField(label=pgettext_lazy("of a reason", "Note"), required=False, max_length=300)
    with_children = forms.BooleanField(label=_("with everything below it"), required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reason") == "other" and not cleaned.get("note"):
            self.add_error("note", _("Write down the reason."))
        return cleaned


class HeadForm(forms.Form):
    """What is known of the issuing decision, and the title of the regulation."""

    verb = "head"

    regulation_title = ComposedField(
        label=_("Title of the regulation"), widget=forms.Textarea(attrs={"rows": 2})
    )
    number = ComposedField(label=_("Number and symbol"), required=False, max_length=64)
    issued_on = DayField(
        label=_("Issued on"), required=False, help_text=_("Day/month/year, as in 05/3/2025.")
    )
    issuer = ComposedField(
        label=_("Issuing authority"),
        required=False,
        max_length=255,
        widget=forms.TextInput(attrs={"class": "is-wide"}),
    )
    title = ComposedField(
        label=_("Title of the decision"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    legal_bases = LinesField(label=_("Legal bases"), help_text=_("One on each line."))
    signer_capacity = ComposedField(
        label=_("Signed in the capacity of"), required=False, max_length=255
    )
    signer_name = ComposedField(label=_("Signed by"), required=False, max_length=255)
    recipients = LinesField(label=_("Recipients"), help_text=_("One on each line."))
    closing_note = ComposedField(
        label=_("Closing note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data=None, *, head, **kwargs):
        initial = {name: head[name] for name in self.base_fields}
        super().__init__(data, auto_id="head-%s", label_suffix="", initial=initial, **kwargs)


class DiscardForm(forms.Form):
    """Why an import is put aside."""

    reason = ComposedField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write down the reason.")},
    )

    def __init__(self, data=None, **kwargs):
        super().__init__(data, auto_id="discard-%s", label_suffix="", **kwargs)


BLOCK_FORMS = {form.verb: form for form in (EditForm, SplitForm, KindForm, LeaveOutForm)}
