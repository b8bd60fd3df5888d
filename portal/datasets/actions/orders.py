"""What the server's operator does in a person's name: a file brought in, and published, by order.

Nobody is made out to have verified what nobody did: without a verifier the version's
“verified by” stays empty, and its history and manifest say that it was published by order.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.jobs import at_once, run_job
from portal.core.models import Job
from portal.core.roles import runs_centre
from portal.core.statuses import move
from portal.datasets.access import may_submit, may_upload
from portal.datasets.actions.acting import acting_as
from portal.datasets.actions.publication import prepare, put_in_place, refuse_stale
from portal.datasets.actions.review import hand_in, submit_version, verify_version
from portal.datasets.actions.uploads import keep_file
from portal.datasets.models import DatasetVersion

Status = DatasetVersion.Status


def receive_by_order(dataset, file, *, user, period="", note="", chosen=None):
    """Keep a file that ``user`` has brought in on the server, and check it here and now.

    ``user`` sends for the unit or runs the centre. ``chosen`` holds fields of a ``Reading``.
    """
    if not (may_upload(user, dataset) or runs_centre(user)):
        raise ValidationError(
            _("%(user)s neither sends files for “%(unit)s” nor runs the centre.")
            % {"user": user.get_username(), "unit": dataset.owner_unit}
        )
    with at_once():
        version = keep_file(dataset, file, user=user, period=period, note=note, chosen=chosen)
    # Inside somebody's transaction nothing has been committed, and so nothing been done yet.
    waiting = Job.objects.about(version).filter(status=Job.Status.QUEUED).first()
    if waiting:
        run_job.call(waiting.pk)
    version.refresh_from_db()
    return version


def publish_by_order(version, *, user, verifier=None, note=""):
    """Submit a checked version in the name of ``user`` and publish it.

    With a ``verifier`` both pairs of eyes are as always. Without one nobody verifies: the
    record says that ``user`` had it published by order.
    """
    prepared = prepare(version)
    ordered = _("By order on the server (import_dataset).")
    note = f"{note} {ordered}".strip()
    with transaction.atomic():
        if may_submit(user, version.dataset):
            submit_version(version, user=user, note=note)
        else:
            hand_in(version, user=user, note=note)
        if verifier is not None:
            verify_version(version, user=verifier, note=ordered)
            return put_in_place(version, prepared, user=verifier)
        refuse_stale(version)
        move(
            version,
            Status.VERIFIED,
            user=user,
            acting_unit=acting_as(user, version.dataset),
            note=_("Published by order on the server; no second person verified it."),
        )
        return put_in_place(version, prepared, user=user)
