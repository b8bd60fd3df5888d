"""Files that go with a report: attached while the unit works on it, kept once they were sent."""

import hashlib
import mimetypes
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.models import Attachment
from portal.core.text import nfc
from portal.meetings.models import PeriodicReport
from portal.meetings.permissions import require

MAX_MEGABYTES = 20
SUFFIXES = frozenset(
    [
        ".pdf",
        ".doc",
        ".docx",
        ".odt",
        ".xls",
        ".xlsx",
        ".ods",
        ".csv",
        ".ppt",
        ".pptx",
        ".png",
        ".jpg",
        ".jpeg",
        ".zip",
        ".txt",
    ]
)


@transaction.atomic
def attach_file(report, *, user, file):
    """Keep a file with the report, as it came."""
    require(user, "change", report)
    _require_in_work(report)
    _refuse_unfit(file)
    name = nfc(Path(file.name).name)[:255]
    attachment = Attachment(
        subject=report,
        name=name,
        sha256=_sha256(file),
        size=file.size,
        mime_type=(mimetypes.guess_type(name)[0] or "")[:127],
        uploaded_by=user,
        acting_unit=report.unit.code,
    )
    attachment.file.save(f"report-{report.pk}{Path(name).suffix.lower()}", file, save=False)
    attachment.save()
    return attachment


@transaction.atomic
def remove_file(report, *, user, attachment):
    """Take away a file that was not sent yet."""
    require(user, "change", report)
    _require_in_work(report)
    if report.submitted_at and attachment.uploaded_at <= report.submitted_at:
        raise ValidationError(_("This file was sent with the report; it stays."))
    record("reports.remove_file", report, user=user, name=attachment.name, sha256=attachment.sha256)
    stored = attachment.file
    attachment.delete()
    transaction.on_commit(lambda: stored.delete(save=False))


def _require_in_work(report):
    if report.status not in PeriodicReport.IN_WORK:
        raise ValidationError(_("The report is approved or sent; its files stand."))


def _refuse_unfit(file):
    if Path(file.name).suffix.lower() not in SUFFIXES:
        raise ValidationError(
            {"file": _("Attach a document, a table, a picture or a ZIP archive.")}
        )
    if not file.size:
        raise ValidationError({"file": _("The file is empty.")})
    if file.size > MAX_MEGABYTES * 1024 * 1024:
        raise ValidationError(
            {"file": _("The file is larger than %(size)s MB.") % {"size": MAX_MEGABYTES}}
        )


def _sha256(file):
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
