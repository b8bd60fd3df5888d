"""Numbers of the papers that a meeting gives rise to, by the decree on clerical work."""

from django.utils import timezone

from portal.core.models import NumberSequence

#: The decree's own abbreviations of the kinds of paper.
INVITATION, MINUTES, NOTICE, REPORT = "GM", "BB", "TB", "BC"


def draw_number(kind, unit):
    """Return the next “05/BB-VP” of ``unit`` this year; drawn only when the paper goes out."""
    number = NumberSequence.draw(kind, year=timezone.localdate().year, office=unit.code)
    return f"{number:02}/{kind}-{unit.code}"
