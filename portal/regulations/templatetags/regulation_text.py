"""Filters that templates of legal text use."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from portal.regulations.annex_blocks import annex_blocks as blocks_of
from portal.regulations.documents import arrangement

register = template.Library()


@register.filter
def annex_blocks(annex):
    """Return the paragraphs and tables of an annex."""
    return blocks_of(annex.body)


@register.filter
def on_paper(words, notes):
    """Return words as HTML for paper, each footnote where its mark stands.

    The word before a mark is kept on its line, and no space ends the text: the renderer breaks
    the last line of a paragraph wrongly behind one.
    """
    found = arrangement.pieces(words.strip(), notes)
    return format_html_join("", "{}", ((html,) for html in _html_of(found)))


def _lines(words):
    """Return words with each further line indented as the first one is."""
    return format_html_join(
        mark_safe('<br><span class="next-line"></span>'), "{}", ((w,) for w in words.split("\n"))
    )


def _html_of(found):
    words = ""
    for piece in found:
        if piece.note is None:
            words = piece.text
            continue
        before, space, last = words.rpartition(" ")
        yield _lines(f"{before}{space}")
        yield format_html(
            '<span class="noted">{}<span class="note" data-mark="{}">{}</span></span>',
            last,
            piece.note.mark,
            _lines(piece.note.text),
        )
        words = ""
    yield _lines(words)


@register.filter
def loose_notes(article):
    """Return the footnotes whose mark stands nowhere in the article."""
    return arrangement.loose_notes(article)


@register.filter
def has_long_word(words):
    """Tell whether a word has to be broken to fit a column."""
    return any(len(word) > 24 for word in words.split())
