"""How often and by when a duty is owed, in templates."""

from django import template

from portal.units.duty_words import rhythm_words

register = template.Library()


@register.filter
def rhythm(obligation):
    """Say “monthly, before the 25th of the month”."""
    return rhythm_words(obligation)
