"""Filters that templates of legal text use."""

from django import template

from portal.regulations.annex_blocks import annex_blocks as blocks_of

register = template.Library()


@register.filter
def annex_blocks(annex):
    """Return the paragraphs and tables of an annex."""
    return blocks_of(annex.body)
