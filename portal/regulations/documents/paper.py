"""The arrangement as HTML for paper, in the layout of the decree on clerical work."""

from django.template.loader import render_to_string
from django.utils import translation

from portal.regulations.documents.arrangement import arrange
from portal.regulations.documents.heads import name_of

#: A text with fewer headings than this is found through at a glance.
FEWEST_CONTENTS = 6


def paper_html(text, origin, *, excerpt="", contents=True):
    """Return the HTML of ``text`` on paper; it is Vietnamese whatever the reader's screen is.

    With ``contents`` a list of headings with page numbers stands on the last page: the first is
    the head that the decree prescribes, and the numbers stay those of the signed document.
    """
    arrangement = arrange(text, excerpt=excerpt)
    context = {
        "arrangement": arrangement,
        "text": arrangement.text,
        "author": name_of(text.issuer),
        "origin": origin,
        "has_contents": contents and not excerpt and len(arrangement.headings) >= FEWEST_CONTENTS,
    }
    with translation.override("vi"):
        return render_to_string("regulations/regulation_pdf.html", context)
