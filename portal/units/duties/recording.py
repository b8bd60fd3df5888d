"""Writing down what was done about a duty, and taking back what was written by mistake."""

import hashlib
import mimetypes
import os

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.deadlines import CADENCE_KINDS
from portal.core.formats import UnreadableValue
from portal.core.models import Attachment
from portal.core.periods import parse_period
from portal.core.statuses import born, move
from portal.units.models import DutyRecord
from portal.units.permissions import may_record_for

MOST_FILES = 5
LARGEST_FILE = 20 * 1024 * 1024
#: What offices attach: their documents, tables, pictures and scans.
KNOWN_FILES = frozenset(
    [".pdf", ".doc", ".docx", ".odt", ".xls", ".xlsx", ".ods", ".csv", ".ppt", ".pptx"]
    + [".txt", ".jpg", ".jpeg", ".png", ".zip"]
)


@transaction.atomic
def record_duty(obligation, *, user, unit, done_on, note, period="", document="", files=()):
    """Write down that ``unit`` did something about ``obligation``; return the ``DutyRecord``.

    Raise ``PermissionDenied`` for who does not act for the unit, and ``ValidationError`` where
    the unit does not owe the duty, or day, period or files cannot be.
    """
    if not may_record_for(user, [unit.pk]):
        raise PermissionDenied
    if unit.pk not in {each.pk for each in obligation.bound_units()}:
        raise ValidationError({"unit": _("This unit does not owe the duty.")})
    _check_day(obligation, done_on)
    _check_files(files)
    record = DutyRecord(
        obligation=obligation,
        unit=unit,
        done_on=done_on,
        period=_period_code(obligation, period),
        note=note.strip(),
        document=document.strip(),
        recorded_by=user,
    )
    record.full_clean()
    record.save()
    born(record, user=user, acting_unit=unit.code)
    for file in files:
        _keep(file, record, user)
    return record


def withdraw_record(record, *, user, reason):
    """Take back a record that was wrong; it stays readable with the reason."""
    if not may_record_for(user, [record.unit_id]):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is taken back.")})
    return move(record, DutyRecord.Status.WITHDRAWN, user=user, note=reason.strip())


def _check_day(obligation, day):
    if day > timezone.localdate():
        raise ValidationError({"done_on": _("This day is still to come.")})
    if obligation.valid_from and day < obligation.valid_from:
        raise ValidationError({"done_on": _("The duty was not in force on this day yet.")})


def _period_code(obligation, text):
    """Return the code of the period that was typed or chosen; empty where the duty has none."""
    kind = CADENCE_KINDS.get(obligation.cadence)
    if kind is None or not text:
        return ""
    try:
        period = parse_period(text)
    except UnreadableValue as fault:
        raise ValidationError({"period": str(fault)}) from fault
    if period.kind is not kind:
        raise ValidationError({"period": _("This period does not fit how often it is owed.")})
    return period.code


def _check_files(files):
    if len(files) > MOST_FILES:
        raise ValidationError(
            {"files": _("At most %(count)s files can be attached.") % {"count": MOST_FILES}}
        )
    for file in files:
        _check_file(file)


def _check_file(file):
    name, size = os.path.basename(file.name), file.size
    if os.path.splitext(name)[1].lower() not in KNOWN_FILES:
        words = _("“%(name)s” is of a kind that cannot be attached.")
    elif size > LARGEST_FILE:
        words = _("“%(name)s” is larger than 20 MB.")
    elif not size:
        words = _("“%(name)s” is empty.")
    else:
        return
    raise ValidationError({"files": words % {"name": name[:80]}})


def _keep(file, record, user):
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    name = os.path.basename(file.name)[-255:]
    return Attachment.objects.create(
        subject=record,
        file=file,
        name=name,
        sha256=digest.hexdigest(),
        size=file.size,
        mime_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        uploaded_by=user,
        acting_unit=record.unit.code,
    )
