"""Bringing a text in: by file or by paste."""

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _

from portal.regulations.parsing import UnreadableSource, read_source

LARGEST_FILE = 20 * 1024 * 1024
#: A law of 300 articles has half a million; reading takes time in proportion.
LONGEST_TEXT = 2_000_000


class TextImportForm(forms.Form):
    """A regulation as a file or as pasted text; ``source_text`` holds what was read."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("Text, Markdown or Word (.txt, .md, .docx), 20 MB at most."),
        validators=[FileExtensionValidator(["txt", "md", "docx"])],
    )
    text = forms.CharField(
        label=_("Or paste the text here"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
    )

    def clean(self):
        cleaned = super().clean()
        file, text = cleaned.get("file"), (cleaned.get("text") or "").strip("\r\n ")
        if self.errors:
            return cleaned
        if file and text:
            raise forms.ValidationError(_("Choose a file or paste a text, not both."))
        if not file and not text:
            raise forms.ValidationError(_("Choose a file or paste a text."))
        cleaned["source_text"] = self._read(file) if file else text
        if len(cleaned["source_text"]) > LONGEST_TEXT:
            raise forms.ValidationError(
                {"file" if file else "text": _("The text is longer than 2 million characters.")}
            )
        return cleaned

    def _read(self, file):
        if file.size > LARGEST_FILE:
            raise forms.ValidationError({"file": _("The file is larger than 20 MB.")})
        try:
            text = read_source(file.read(), file.name)
        except UnreadableSource as refusal:
            raise forms.ValidationError({"file": str(refusal)}) from refusal
        if not text.strip():
            raise forms.ValidationError({"file": _("The file holds no text.")})
        return text
