"""How a counted thing stood, in words."""

from django import template

from portal.core.deadlines import Timeliness
from portal.meetings.deadlines import LABELS

register = template.Library()


@register.filter
def timeliness_words(value):
    """Return the words for a stored timeliness; what is unknown stays as it is."""
    return LABELS[Timeliness(value)] if value in set(Timeliness) else value
