"""Papers of meetings, reports and assessments as HTML, laid out by the decree on clerical work.

A paper is Vietnamese whatever language the reader's screen has.
"""

import re

from django.template.loader import render_to_string
from django.utils import translation

from portal.meetings.records import minutes_of

#: What heads a part of a report, and a numbered item short enough to be a heading.
PART = re.compile(r"^(?:[IVX]+|[A-E])\. \S")
ITEM = re.compile(r"^\d+\. .{1,90}:$")


def minutes_html(meeting, record, request=None):
    """Return the minutes as far as ``record`` tells them."""
    return _paper("minutes_pdf", {"meeting": meeting, "record": record}, request)


def notice_html(meeting, record, request=None):
    """Return the notice of conclusions: what was concluded and who does what by when."""
    items = [item for item in record["items"] if item["conclusions"]]
    return _paper("notice_pdf", {"meeting": meeting, "record": record, "items": items}, request)


def result_html(cycle, result, request):
    """Return the result of a year's assessment, closed units without their names."""
    return _paper("result_pdf", {"cycle": cycle, "result": result}, request)


def report_html(report, text, request=None):
    """Return a report with the ``text`` that its reader may see."""
    context = {
        "report": report,
        "lines": report_lines(text),
        "recipients": report.recipients.order_by("sort_key"),
        "is_draft": not report.was_sent or text != report.sent_body,
    }
    return _paper("report_pdf", context, request)


def report_lines(text):
    """Return the lines of a report's text, each told as heading of a part, item, or words."""
    return [_line(line) for line in text.splitlines() if line.strip()]


def _line(line):
    """Return a line of a report, and whether it heads a part: “II. …”, “1. …” when short."""
    line = line.strip()
    return {"text": line, "is_part": bool(PART.match(line)), "is_item": bool(ITEM.match(line))}


def _paper(name, context, request):
    meeting = context.get("meeting")
    if meeting:
        context["minutes"] = minutes_of(meeting)
    with translation.override("vi"):
        return render_to_string(f"meetings/papers/{name}.html", context, request=request)
