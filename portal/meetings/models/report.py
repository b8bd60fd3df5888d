"""Reports: one of each period, on a topic, or asked for; what was sent stays as it was sent."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords
from wagtail.search import index

from portal.meetings.oversight import (
    receiving_units,
    reporting_units,
    reviews_reports,
    runs_reports,
)


class PeriodicReportQuerySet(models.QuerySet):
    def sent(self):
        """Keep the reports that have been sent at least once."""
        return self.filter(first_submitted_at__isnull=False)

    def published(self):
        """Keep the accepted reports that everybody may read."""
        return self.filter(status=PeriodicReport.Status.ACCEPTED, is_public=True)

    def written_by(self, user):
        """Keep the reports of the units for which ``user`` writes."""
        return self.filter(unit__in=reporting_units(user).values("pk"))

    def received_by(self, user):
        """Keep what was sent to the units for which ``user`` acts."""
        through = PeriodicReport.recipients.through.objects
        units = receiving_units(user).values("pk")
        received = through.filter(unitpage_id__in=units).values("periodicreport_id")
        return self.sent().filter(pk__in=received)

    def internal_to(self, user):
        """Keep the reports that ``user`` may follow from within: own, received, or overseen."""
        if runs_reports(user):
            return self
        if not user.is_authenticated:
            return self.none()
        own = self.written_by(user).values("pk")
        received = PeriodicReport.objects.received_by(user).values("pk")
        found = Q(pk__in=own) | Q(pk__in=received) | Q(requested_by=user)
        if reviews_reports(user):
            found |= Q(first_submitted_at__isnull=False)
        return self.filter(found)

    def readable_by(self, user):
        """Keep the reports that ``user`` may read: published ones, and those followed within."""
        if runs_reports(user):
            return self
        published = PeriodicReport.objects.published().values("pk")
        internal = PeriodicReport.objects.internal_to(user).values("pk")
        return self.filter(Q(pk__in=published) | Q(pk__in=internal))

    def for_listing(self):
        """Load what one line of a list shows, and what the due day is reckoned from."""
        return self.select_related("unit", "schedule__from_unit").defer("body", "sent_body")


class PeriodicReport(index.Indexed, models.Model):
    """A report of a unit. The first time it is sent decides whether it came in time.

    ``body`` is what the unit works on; all others read ``sent_body``, the text as last sent.
    ``figures`` is what was counted for the draft, with the objects counted.
    """

    class Kind(models.TextChoices):
        PERIODIC = "periodic", pgettext_lazy("report", "periodic")
        THEMATIC = "thematic", pgettext_lazy("report", "on a topic")
        AD_HOC = "ad_hoc", pgettext_lazy("report", "on request")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        APPROVED = "approved", pgettext_lazy("report", "approved")
        SUBMITTED = "submitted", pgettext_lazy("report", "sent")
        SENT_BACK = "sent_back", pgettext_lazy("report", "sent back")
        ACCEPTED = "accepted", pgettext_lazy("report", "accepted")

    TRANSITIONS = {
        Status.DRAFT: {Status.APPROVED},
        Status.APPROVED: {Status.DRAFT, Status.SUBMITTED},
        Status.SUBMITTED: {Status.SENT_BACK, Status.ACCEPTED},
        Status.SENT_BACK: {Status.DRAFT, Status.APPROVED},
    }
    #: The unit works on it.
    IN_WORK = (Status.DRAFT, Status.SENT_BACK)
    #: Waiting for a word of the unit.
    WITH_UNIT = (*IN_WORK, Status.APPROVED)

    schedule = models.ForeignKey(
        "meetings.ReportSchedule",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reports",
        verbose_name=_("report schedule"),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.PERIODIC)
    period = models.CharField(_("period"), max_length=8, blank=True)
    unit = models.ForeignKey(
        "units.UnitPage",
        on_delete=models.PROTECT,
        related_name="periodic_reports",
        verbose_name=_("reporting unit"),
    )
    recipients = models.ManyToManyField(
        "units.UnitPage",
        blank=True,
        related_name="received_reports",
        verbose_name=_("recipients"),
    )
    title = models.CharField(_("title"), max_length=500)
    body = models.TextField(pgettext_lazy("report", "text"), blank=True)
    sent_body = models.TextField(_("text as sent"), blank=True, editable=False)
    figures = models.JSONField(_("figures"), default=dict, blank=True, editable=False)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    number = models.CharField(_("number"), max_length=64, blank=True)
    is_public = models.BooleanField(_("public"), default=False)
    first_submitted_at = models.DateTimeField(_("first sent at"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("last sent at"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("sent by"),
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("asked for by"),
    )
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)

    objects = PeriodicReportQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[recipients])

    search_fields = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.SearchField("sent_body"),
        index.FilterField("status"),
        index.FilterField("unit_id"),
    ]

    class Meta:
        ordering = ["-period", "-created_at", "pk"]
        permissions = [
            ("approve_periodicreport", "Can approve and send the own unit's reports"),
            ("receive_periodicreport", "Can accept or send back reports to the own unit"),
            ("request_periodicreport", "Can ask another unit for a report"),
            ("publish_periodicreport", "Can make accepted reports public"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "period"],
                condition=Q(kind="periodic"),
                name="one_report_per_period",
                violation_error_message=_("There is a report of this period already."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="periodic") | (Q(schedule__isnull=False) & ~Q(period="")),
                name="periodic_reports_have_a_period",
                violation_error_message=_("A periodic report has a schedule and a period."),
            ),
        ]
        verbose_name = _("periodic report")
        verbose_name_plural = _("periodic reports")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("report", args=[self.pk])

    @property
    def was_sent(self):
        """Return whether recipients have it, in this text or an earlier one."""
        return self.first_submitted_at is not None


class ReportRevision(models.Model):
    """The text of a report as it was sent once; never changes."""

    report = models.ForeignKey(PeriodicReport, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField(_("sending"))
    title = models.CharField(_("title"), max_length=500)
    body = models.TextField(pgettext_lazy("report", "text"))
    figures = models.JSONField(_("figures"), default=dict)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="one_text_per_sending")
        ]
        verbose_name = _("report as sent")
        verbose_name_plural = _("reports as sent")

    def __str__(self):
        return f"{self.title} ({self.number})"
