"""Writing the audit trail."""

from portal.core.models.audit import AuditEntry


def record(action, subject=None, *, user=None, **data):
    """Add one audit entry; ``action`` is a dotted verb such as ``datasets.download``."""
    return AuditEntry.objects.create(
        action=action,
        subject=subject,
        label=str(subject)[:255] if subject is not None else "",
        actor=user if user is not None and user.is_authenticated else None,
        data=data,
    )
