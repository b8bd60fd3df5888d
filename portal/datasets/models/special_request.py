"""What the centre asks of units beside what is due by the calendar, until a day and hour."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class SpecialRequest(models.Model):
    """One paper by which datasets are asked for by a moment; it never changes."""

    instrument = models.CharField(_("by which document"), max_length=255)
    reason = models.TextField(_("what is asked for, and why"))
    provision = models.ForeignKey(
        "regulations.Provision",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="special_requests",
        verbose_name=_("provision that obliges"),
    )
    due_at = models.DateTimeField(_("due"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("asked by"),
    )
    made_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at__gt=models.F("made_at")),
                name="asked_before_it_is_due",
                violation_error_message=_("This moment has passed."),
            )
        ]
        verbose_name = _("special request for data")
        verbose_name_plural = _("special requests for data")

    def __str__(self):
        return gettext("special request %(instrument)s") % {"instrument": self.instrument}


class RequestedDataset(models.Model):
    """One dataset that a special request asks for; of which unit, when it was asked.

    It counts like a period, from the asking until it is withdrawn.
    """

    class Status(models.TextChoices):
        ASKED = "asked", _("asked for")
        WITHDRAWN = "withdrawn", _("withdrawn")

    TRANSITIONS = {Status.ASKED: {Status.WITHDRAWN}}

    request = models.ForeignKey(
        SpecialRequest,
        on_delete=models.CASCADE,
        related_name="datasets",
        verbose_name=_("special request for data"),
    )
    dataset = models.ForeignKey(
        "datasets.DatasetPage",
        on_delete=models.PROTECT,
        related_name="special_requests",
        verbose_name=_("dataset"),
    )
    unit = models.ForeignKey(
        "units.UnitPage",
        on_delete=models.PROTECT,
        related_name="special_requests",
        verbose_name=_("unit"),
    )
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.ASKED)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawal_reason = models.TextField(_("why it is withdrawn"), blank=True)

    class Meta:
        ordering = ["request", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "dataset"], name="asked_once_by_a_request"),
            models.CheckConstraint(
                condition=Q(status="asked", withdrawn_at=None)
                | Q(status="withdrawn", withdrawn_at__isnull=False),
                name="withdrawn_at_a_moment",
            ),
        ]
        verbose_name = _("dataset asked for")
        verbose_name_plural = _("datasets asked for")

    def __str__(self):
        return f"{self.dataset} – {self.request}"

    @property
    def code(self):
        """Return what stands in addresses and evidence where a period has its code."""
        return f"dot-xuat-{self.pk}"

    @property
    def label(self):
        """Return the name for people, where a period has its own."""
        return str(self.request)
