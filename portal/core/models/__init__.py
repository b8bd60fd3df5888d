"""Nouns that serve every room: statuses, deadlines, numbers, files, audit, documents, jobs."""

from portal.core.models.attachment import Attachment
from portal.core.models.audit import AuditEntry
from portal.core.models.day_off import DayOff
from portal.core.models.deadline import DeadlineExtension
from portal.core.models.document import RenderedDocument
from portal.core.models.job import Job
from portal.core.models.ledger import LedgerSeal
from portal.core.models.number import NumberSequence
from portal.core.models.page import PortalPage
from portal.core.models.role import RoleGroup
from portal.core.models.status import StatusEvent
from portal.core.models.table_import import TableImport

__all__ = [
    "Attachment",
    "AuditEntry",
    "DayOff",
    "DeadlineExtension",
    "Job",
    "LedgerSeal",
    "NumberSequence",
    "PortalPage",
    "RenderedDocument",
    "RoleGroup",
    "StatusEvent",
    "TableImport",
]
