"""A file comes in: kept as it is, numbered, and checked by the worker."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.formats import UnreadableValue, format_number
from portal.core.full_disk import is_disk_full
from portal.core.jobs import cancel, enqueue
from portal.core.models import Job, NumberSequence
from portal.core.periods import parse_period
from portal.core.statuses import born, move
from portal.core.text import slugify_vi
from portal.datasets.access import may_upload, token_reaches
from portal.datasets.actions.acting import acting_as
from portal.datasets.actions.review import CHECK
from portal.datasets.actions.rules import schema_now
from portal.datasets.definitions.history import keep_definition
from portal.datasets.models import DatasetVersion, RequestedDataset
from portal.datasets.sources.rights import source_reaches
from portal.datasets.timeliness import expected_periods, first_period_of, kind_of, last_period_of

Status = DatasetVersion.Status
SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods")

#: What is noted of a file that came in, so that its record can be compared later.
RECEIVED_AS = (
    *("receipt_number", "filename", "size", "sha256"),
    *("dataset_id", "period", "answers_id", "counts_for_period"),
)


def receive_file(dataset, file, *, user, token=None, source=None, **words):
    """Keep a file that a unit sends, give it a receipt number, and have it checked.

    Raise ``ValidationError``, keyed by ``period`` or ``file`` where one of them is at fault.
    The same bytes may come twice; ``same_file_as`` tells the screens. A trial is only checked.
    With a ``token`` the unit's own system sends, in the name of ``user``, who issued it; with a
    ``source`` the portal fetched the file, in the name of ``user``, who set it up.
    ``words`` are those of ``keep_file``.
    """
    _require_sender(dataset, user, token, source)
    return keep_file(dataset, file, user=user, token=token, source=source, **words)


def keep_file(
    dataset,
    file,
    *,
    user,
    period="",
    note="",
    is_trial=False,
    token=None,
    chosen=None,
    answers=None,
    counts_for_period=True,
    source=None,
    origin=None,
):
    """Keep a file, whoever is allowed to send it, and have it checked, read as ``chosen`` says.

    ``answers`` is the special request (``RequestedDataset``) that the file is for, and
    ``counts_for_period`` tells whether it is at the same time what was due for its period.
    ``origin`` tells where a source got it.
    """
    _refuse_unready(dataset)
    code = clean_period(dataset, period)
    _refuse_unasked(dataset, answers)
    _refuse_unfit(file)
    schema = schema_now(dataset)
    with transaction.atomic():
        version = DatasetVersion(
            dataset=dataset,
            unit=dataset.owner_unit,
            receipt_number=next_receipt_number(is_trial),
            period=code,
            is_trial=is_trial,
            token=token,
            answers=answers,
            counts_for_period=counts_for_period or answers is None,
            source=source,
            origin=origin or {},
            filename=Path(file.name).name[:255],
            size=file.size,
            sha256=_sha256(file),
            schema=schema,
            definition=keep_definition(dataset),
            note=note.strip(),
            reading={"chosen": chosen} if chosen else {},
            uploaded_by=user,
        )
        _keep_bytes(version, file)
        version.save()
        born(version, user=user, acting_unit=acting_as(user, dataset))
        if not is_trial:
            told = {name: getattr(version, name) for name in RECEIVED_AS}
            record("datasets.receive", version, user=user, **told)
        enqueue(CHECK, version, user=user)
    return version


def _keep_bytes(version, file):
    try:
        version.file.save(_kept_name(version), file, save=False)
    except OSError as fault:
        if not is_disk_full(fault):
            raise
        raise ValidationError(
            {
                "file": _(
                    "The server's disk is full, so the file was not received. Tell the operator "
                    "of the portal, and send it again later."
                )
            }
        ) from fault


def _require_sender(dataset, user, token, source):
    """Refuse who neither acts for the owner unit nor comes with its token or from its source."""
    if source is not None:
        allowed = source.set_up_by == user and source_reaches(source, dataset)
    else:
        allowed = token_reaches(token, dataset) if token else may_upload(user, dataset)
    if not allowed:
        raise ValidationError(
            _("Only a data officer or the head of “%(unit)s” sends files for this dataset.")
            % {"unit": dataset.owner_unit}
        )


def clean_period(dataset, text):
    """Return the code of the period that ``text`` names, or refuse what does not fit.

    Without a calendar there is none, but for what is owed by a rule that held before.
    """
    kind = kind_of(dataset)
    if kind is None:
        owed = [each.code for each in expected_periods(dataset)] if text else ()
        return text if text in owed else ""
    try:
        period = parse_period(text or "")
    except UnreadableValue as fault:
        raise ValidationError({"period": _("Choose the period of the file.")}) from fault
    if period.kind is not kind and period not in expected_periods(dataset):
        raise ValidationError(
            {
                "period": _("“%(period)s” is not a period of this dataset, which is %(rhythm)s.")
                % {"period": period.label, "rhythm": dataset.get_frequency_display()}
            }
        )
    if period.end < first_period_of(dataset).start:
        raise ValidationError(
            {
                "period": _("The dataset begins with %(period)s.")
                % {"period": first_period_of(dataset).label}
            }
        )
    last = last_period_of(dataset)
    if last and period.start > last.end:
        raise ValidationError(
            {"period": _("The dataset ended with %(period)s.") % {"period": last.label}}
        )
    if period.start > timezone.localdate():
        raise ValidationError(
            {"period": _("%(period)s has not begun.") % {"period": period.label.capitalize()}}
        )
    return period.code


def same_file_as(version):
    """Return an earlier version of the dataset with the very same bytes, or None."""
    if version.restores_id:
        return None
    return (
        DatasetVersion.objects.counting()
        .filter(dataset=version.dataset_id, sha256=version.sha256)
        .exclude(pk=version.pk)
        .exclude(status=Status.DISCARDED)
        .filter(pk__lt=version.pk)
        .first()
    )


def check_again(version, *, user, note=""):
    """Check a file once more, by today's definition; what people said of its reading stays."""
    return _to_worker(version, user, {"chosen": version.reading.get("chosen", {})}, note)


def choose_reading(version, chosen, *, user):
    """Say how a file is to be read where it can be read in several ways, and check it so.

    ``chosen`` holds fields of a ``Reading``; what it leaves out is found in the file.
    """
    return _to_worker(version, user, {"chosen": chosen})


def ask_reading_again(version, *, user):
    """Forget what was said about the reading, this time and before, and ask where in doubt."""
    return _to_worker(version, user, {"chosen": {}, "ask": True})


def cancel_check(version, *, user):
    """Stop the check that runs; the file stays received and can be checked again."""
    if not may_upload(user, version.dataset):
        raise ValidationError(_("Only the unit's data officer or head stops the check."))
    running = Job.objects.about(version).unfinished() if version.status == Status.RECEIVED else []
    if not any(list(map(cancel, running))):
        raise ValidationError(_("The check has ended already."))
    record("datasets.cancel_check", version, user=user)


def _to_worker(version, user, reading, note=""):
    if not may_upload(user, version.dataset):
        raise ValidationError(_("Only the unit's data officer or head has a file checked."))
    changes = {"reading": reading, "schema": schema_now(version.dataset)}
    with transaction.atomic():
        changes["definition"] = keep_definition(version.dataset)
        if Job.objects.about(version).unfinished().exists():
            raise ValidationError(_("The file is being checked already."))
        if version.status == Status.RECEIVED:
            DatasetVersion.objects.filter(pk=version.pk, status=Status.RECEIVED).update(**changes)
        else:
            acting = acting_as(user, version.dataset)
            move(version, Status.RECEIVED, user=user, acting_unit=acting, note=note, **changes)
        return enqueue(CHECK, version, user=user)


def _refuse_unready(dataset):
    if not dataset.live:
        raise ValidationError(_("The definition of this dataset is not published."))
    if not dataset.columns.exists():
        raise ValidationError(_("The dataset has no columns yet, so no file can be checked."))


def _refuse_unasked(dataset, answers):
    """Refuse a file for a request that asks for another dataset, or was withdrawn."""
    if answers is None:
        return
    if answers.dataset_id != dataset.pk or answers.status != RequestedDataset.Status.ASKED:
        raise ValidationError({"sent_for": _("This request does not ask for this dataset now.")})


def _refuse_unfit(file):
    if Path(file.name).suffix.lower() not in SUFFIXES:
        raise ValidationError({"file": _("Send a CSV file or a workbook (.xlsx, .xls, .ods).")})
    if not file.size:
        raise ValidationError({"file": _("The file is empty.")})
    if file.size > settings.PORTAL_UPLOAD_MAX_BYTES:
        largest = format_number(settings.PORTAL_UPLOAD_MAX_BYTES // 1024 // 1024)
        raise ValidationError(
            {"file": _("The file is larger than %(size)s MB.") % {"size": largest}}
        )


def next_receipt_number(is_trial=False):
    """Draw the number under which something is received; trials have a row of their own."""
    year = timezone.localdate().year
    if is_trial:  # a trial leaves no gap between the receipts of what counts
        return f"thu-{year}-{NumberSequence.draw('datasets.trial', year=year):05}"
    return f"{year}-{NumberSequence.draw('datasets.receipt', year=year):05}"


def _sha256(file):
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _kept_name(version):
    path = Path(version.filename)
    return f"{version.receipt_number}-{slugify_vi(path.stem, 60)}{path.suffix.lower()}"
