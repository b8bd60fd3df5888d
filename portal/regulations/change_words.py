"""What kinds of change, and the fields of a text's head, are called."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KIND_WORDS = {
    "added": pgettext_lazy("change of a text", "added"),
    "repealed": pgettext_lazy("change of a text", "repealed"),
    "amended": pgettext_lazy("change of a text", "amended"),
    "moved": pgettext_lazy("change of a text", "moved"),
    "renumbered": pgettext_lazy("change of a text", "renumbered"),
}
KIND_TONES = {"added": "good", "repealed": "bad", "amended": "warn"}
FIELD_WORDS = {
    "heading": _("title"),
    "intro": _("words before the first clause"),
    "footnote": _("footnote"),
    "field:title": _("title of the text"),
    "field:short_title": _("short title"),
    "field:document_number": _("number and symbol"),
    "field:issuer": _("issuing authority"),
    "field:issued_on": _("issued on"),
    "field:decision_title": _("title of the decision"),
    "field:signer_capacity": _("signed in the capacity of"),
    "field:signer_name": _("signed by"),
    "field:closing_note": _("closing note"),
    "field:legal_bases": _("legal basis"),
    "field:recipients": _("recipients"),
}


def kind_words(kinds):
    """Return the kinds in words: “sửa đổi, đánh số lại”; empty for none."""
    return ", ".join(str(KIND_WORDS[kind]) for kind in kinds)


def kind_tone(kind):
    """Return the tone of a kind's badge."""
    return KIND_TONES.get(kind, "info")


def field_words(part):
    """Return what a row is called that carries no number of its own; empty for clauses."""
    return str(FIELD_WORDS.get(part, ""))
