"""Files kept with a report, and who may read what of it."""

from portal.core.models import Attachment
from portal.meetings.models import PeriodicReport
from portal.meetings.oversight import reporting_units


def writes_for(user, report):
    """Return whether ``user`` writes reports for the unit, and so sees the working text."""
    return reporting_units(user).filter(pk=report.unit_id).exists()


def text_for(user, report):
    """Return the text that ``user`` reads: the working one within the unit, else as last sent."""
    return report.body if writes_for(user, report) else report.sent_body


def attachments_of(report):
    """Return the files of a report."""
    return Attachment.objects.about(report)


def attachments_for(user, report):
    """Return the files that ``user`` may open: outside the unit, those that were sent."""
    found = attachments_of(report)
    if writes_for(user, report):
        return found
    if not PeriodicReport.objects.internal_to(user).filter(pk=report.pk).exists():
        return found.none()
    if not report.was_sent:
        return found.none()
    return found.filter(uploaded_at__lte=report.submitted_at)
