"""Whether the steps of each version form one line that its record agrees with."""

from datetime import timedelta
from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from portal.core.models import AuditEntry, StatusEvent
from portal.core.statuses import label
from portal.datasets.auditing.breaks import Break
from portal.datasets.models import DatasetVersion

Status = DatasetVersion.Status
RECEIVED = "datasets.receive"  #: the audit entry of a file that came in
#: Who took a step stands also in the record of the version.
_PEOPLE = {Status.SUBMITTED: "submitted_by_id", Status.VERIFIED: "verified_by_id"}
#: The record is written, then the step, in one transaction, which may wait for others.
APART = timedelta(minutes=1)
_READ = (
    "pk", "status", "number", "receipt_number", "sha256", "size", "filename",
    "restores", "uploaded_by", "submitted_by", "verified_by", "is_trial",
    "dataset", "period", "answers", "counts_for_period", "submitted_at",
)  # fmt: skip


def first_false_step(dataset):
    """Return a ``Break`` for the first version whose steps do not fit together, or None."""
    versions = dataset.versions.counting().only(*_READ).order_by("pk")
    steps = _by_version(StatusEvent.objects.about_all(DatasetVersion, _keys(dataset)))
    received = AuditEntry.objects.about_all(DatasetVersion, _keys(dataset))
    entries = _by_version(received.filter(action=RECEIVED))
    for version in versions.iterator(chunk_size=500):
        reason = _fault(version, steps(version.pk)) or _entry_fault(version, entries(version.pk))
        if reason:
            return Break(dataset, version.number, reason, version.receipt_number)
    return None


def lost_versions():
    """Return a sentence when steps tell of a submitted version that is not there any more."""
    kind = ContentType.objects.get_for_model(DatasetVersion)
    steps = StatusEvent.objects.filter(content_type=kind, to_status=Status.SUBMITTED)
    there = DatasetVersion.objects.values("pk")
    lost = steps.exclude(object_id__in=there).order_by("pk").first()
    if lost is None:
        return ""
    return _("A version that was submitted on %(day)s is not there any more (object %(pk)s).") % {
        "day": f"{lost.at:%d/%m/%Y}",
        "pk": lost.object_id,
    }


def _keys(dataset):
    return dataset.versions.counting().values_list("pk", flat=True)


def _by_version(records):
    """Return what gives the records of a version, asked for version after version by its key."""
    groups = groupby(
        records.order_by("object_id", "pk").iterator(chunk_size=2_000), lambda each: each.object_id
    )
    ahead = next(groups, None)
    kept = [ahead[0], list(ahead[1])] if ahead else None

    def of(pk):
        nonlocal kept
        while kept is not None and kept[0] < pk:
            ahead = next(groups, None)
            kept = [ahead[0], list(ahead[1])] if ahead else None
        return kept[1] if kept is not None and kept[0] == pk else []

    return of


def _fault(version, events):
    if not events or events[0].from_status:
        return _("the beginning of its history is missing.")
    for before, event in zip(events, events[1:], strict=False):
        if event.from_status != before.to_status or event.to_status not in (
            DatasetVersion.TRANSITIONS.get(event.from_status, ())
        ):
            return _("its history does not lead from “%(source)s” to “%(target)s”.") % {
                "source": label(version, before.to_status),
                "target": label(version, event.to_status),
            }
    if events[-1].to_status != version.status:
        return _("its history ends with “%(told)s”, but it is “%(status)s”.") % {
            "told": label(version, events[-1].to_status),
            "status": label(version, version.status),
        }
    return _people_fault(version, events) or _moment_fault(version, events)


def _people_fault(version, events):
    last = {event.to_status: event.actor_id for event in events}
    if not version.restores_id and events[0].actor_id != version.uploaded_by_id:
        return _("its history names somebody else than its record.")
    for status, name in _PEOPLE.items():
        recorded = getattr(version, name)
        # Published by order, nobody verified it: the step then names who ordered.
        if recorded is not None and last.get(status, recorded) != recorded:
            return _("its history names somebody else than its record.")
    return ""


def _moment_fault(version, events):
    """Return a sentence when the record was handed in at another time than the step tells."""
    told = [event.at for event in events if event.to_status == Status.SUBMITTED]
    recorded = version.submitted_at
    if not told and recorded is None:
        return ""
    if told and recorded is not None and abs(told[-1] - recorded) <= APART:
        return ""
    return _("it was handed in at another time than its history tells.")


def _entry_fault(version, entries):
    """Return a sentence when the record is not what was noted when the file came in."""
    for entry in entries:
        if any(getattr(version, name) != value for name, value in entry.data.items()):
            return _("its record is not what was noted when the file was received.")
    return ""
