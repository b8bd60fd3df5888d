"""Writing the audit trail."""

from portal.core.models.audit import AuditEntry


def record(action, subject=None, *, user=None, **data):
    """Add one audit entry; ``action`` is a dotted verb such as ``datasets.download``."""
    entry = _entry(action, subject, user, data)
    entry.save()
    return entry


def record_many(action, subjects, *, user=None):
    """Add an entry for each ``(subject, data)``, however many, in one statement."""
    entries = [_entry(action, subject, user, data) for subject, data in subjects]
    return AuditEntry.objects.bulk_create(entries)


def _entry(action, subject, user, data):
    return AuditEntry(
        action=action,
        subject=subject,
        label=str(subject)[:255] if subject is not None else "",
        actor=user if user is not None and user.is_authenticated else None,
        data=data,
    )
