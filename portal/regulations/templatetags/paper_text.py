"""How templates draw legal text on paper."""

import math
import textwrap

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from portal.regulations.documents import arrangement

register = template.Library()
#: So many bold letters of 14 pt fit between the margins of a title.
LONGEST_TITLE_LINE = 56


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


@register.filter
def balanced(words):
    """Return the lines of a centred title, of about one length; names break less often."""
    width = len(words) + 0.35 * sum(letter.isupper() for letter in words)
    count = math.ceil(width / LONGEST_TITLE_LINE) or 1
    longest = math.ceil(len(words) / count) + 5
    return textwrap.wrap(words, longest, break_long_words=False, break_on_hyphens=False)
