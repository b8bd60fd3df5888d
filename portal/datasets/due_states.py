"""How one expected submission stands: of a period, or of what was asked for specially."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.deadlines import Timeliness
from portal.core.formats import format_date, format_datetime
from portal.core.periods import Period
from portal.datasets.models import DatasetPage, DueExtension, RequestedDataset

LABELS = {
    Timeliness.ON_TIME: _("in time"),
    Timeliness.LATE: _("late"),
    Timeliness.MISSING: _("overdue"),
    Timeliness.DUE_SOON: _("due soon"),
    Timeliness.NOT_DUE: _("not due yet"),
}


@dataclass(slots=True)
class PeriodState:
    """One expected submission of a dataset: when it is due, when it was done, how it stands.

    ``period`` is a ``Period``, or the ``RequestedDataset`` of a special request: both have a
    ``label`` and a ``code``. ``due_day`` is the printed day, grace and extensions left out.
    """

    dataset: DatasetPage
    period: Period | RequestedDataset
    due: datetime
    done_at: datetime | None
    timeliness: Timeliness
    due_day: date
    extension: DueExtension | None = None

    @property
    def request(self):
        """Return the ``RequestedDataset`` when it was asked for specially, else None."""
        return self.period if isinstance(self.period, RequestedDataset) else None

    @property
    def label(self):
        """Return how it stands, in words."""
        return LABELS[self.timeliness]

    @property
    def is_open(self):
        """Return whether the file is still to come."""
        return self.done_at is None

    @property
    def printed_due(self):
        """Return what stands on paper: the day, and for a special request the hour."""
        if self.request is None:
            return format_date(self.due_day)
        return format_datetime(self.request.request.due_at)

    @property
    def due_in_force(self):
        """Return until when it counts as in time, grace and extensions included, as people say."""
        if self.request is None:
            return format_date(timezone.localtime(self.due).date())
        return format_datetime(self.due)

    def as_dict(self):
        """Return what is counted as plain data, for evidence that is frozen."""
        told = {
            "dataset": self.dataset.code,
            "period": self.period.code,
            "due": timezone.localtime(self.due).isoformat(),
            "done_at": self.done_at.isoformat() if self.done_at else None,
            "timeliness": str(self.timeliness),
        }
        return told if self.request is None else {**told, "request": self.period.label}
