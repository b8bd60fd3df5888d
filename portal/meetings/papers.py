"""Papers of meetings and assessments as HTML, in the layout of the decree on clerical work.

A paper is Vietnamese whatever language the reader's screen has.
"""

from django.template.loader import render_to_string
from django.utils import translation

from portal.meetings.records import minutes_of


def minutes_html(meeting, record, request=None):
    """Return the minutes as far as ``record`` tells them."""
    return _paper("minutes_pdf", {"meeting": meeting, "record": record}, request)


def notice_html(meeting, record, request=None):
    """Return the notice of conclusions: what was concluded and who does what by when."""
    items = [item for item in record["items"] if item["conclusions"]]
    return _paper("notice_pdf", {"meeting": meeting, "record": record, "items": items}, request)


def result_html(cycle, result, request=None):
    """Return the result of a year's assessment."""
    return _paper("result_pdf", {"cycle": cycle, "result": result}, request)


def _paper(name, context, request):
    meeting = context.get("meeting")
    if meeting:
        context["minutes"] = minutes_of(meeting)
    with translation.override("vi"):
        return render_to_string(f"meetings/papers/{name}.html", context, request=request)
