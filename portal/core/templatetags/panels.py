"""Template tag that draws the panels which upper apps registered for a page."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

register = template.Library()


@register.simple_tag
def page_panels(panels):
    """Draw ``panels`` as returned by ``panels_for``; each template escapes its own values."""
    drawn = [
        render_to_string(panel.template, context, request=context["request"])
        for panel, context in panels or ()
    ]
    return mark_safe("".join(drawn))  # noqa: S308 - the output of our own escaped templates
