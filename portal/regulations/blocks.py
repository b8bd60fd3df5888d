"""The parts of an article as blocks: clauses and their points."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import CharBlock, ListBlock, StructBlock, TextBlock


class PointBlock(StructBlock):
    """A point; an empty label stands for a dash."""

    label = CharBlock(label=_("letter"), required=False, max_length=8)
    text = TextBlock(label=pgettext_lazy("provision", "words"))

    class Meta:
        icon = "list-ul"
        label = _("point")


class ClauseBlock(StructBlock):
    """A clause; an empty number stands for an unnumbered paragraph.

    The identifier that the editor gives a block stays when its number changes: the provision index
    knows by it that the clause is the same.
    """

    number = CharBlock(label=_("number"), required=False, max_length=16)
    text = TextBlock(label=pgettext_lazy("provision", "words"), required=False)
    points = ListBlock(PointBlock(), label=_("points"), default=[])

    class Meta:
        icon = "list-ol"
        label = _("clause")


class FootnoteBlock(StructBlock):
    """A note that the text prints apart from the words it explains."""

    mark = CharBlock(label=pgettext_lazy("footnote", "mark"), max_length=16)
    text = TextBlock(label=pgettext_lazy("provision", "words"))

    class Meta:
        icon = "asterisk"
        label = _("footnote")
