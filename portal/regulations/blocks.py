"""The parts of an article as blocks: clauses and their points."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock, TextBlock


class PointBlock(StructBlock):
    """A point; an empty label stands for a dash."""

    label = CharBlock(label=_("letter"), required=False, max_length=8)
    text = TextBlock(label=_("text"))

    class Meta:
        icon = "list-ul"
        label = _("point")


class ClauseBlock(StructBlock):
    """A clause; an empty number stands for an unnumbered paragraph.

    ``eid`` is the identifier given when the clause was first published; it stays when the
    number changes.
    """

    number = CharBlock(label=_("number"), required=False, max_length=8)
    text = TextBlock(label=_("text"), required=False)
    points = ListBlock(PointBlock(), label=_("points"), default=[])

    class Meta:
        icon = "list-ol"
        label = _("clause")
