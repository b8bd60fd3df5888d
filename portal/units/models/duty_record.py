from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DutyRecordQuerySet(models.QuerySet):
    def standing(self):
        """Keep what counts: what has not been withdrawn."""
        return self.filter(status=DutyRecord.Status.RECORDED)


class DutyRecord(models.Model):
    """What a unit did about a duty, in words and with files: evidence, written by its people.

    For duties that nothing in the portal measures it is what tells whether they are met. It is
    never changed: a wrong one is withdrawn with a reason, and written anew.
    """

    class Status(models.TextChoices):
        RECORDED = "recorded", pgettext_lazy("evidence", "recorded")
        WITHDRAWN = "withdrawn", pgettext_lazy("evidence", "withdrawn")

    TRANSITIONS = {Status.RECORDED: {Status.WITHDRAWN}}

    obligation = models.ForeignKey(
        "units.Obligation",
        on_delete=models.PROTECT,
        related_name="records",
        verbose_name=_("duty"),
    )
    unit = models.ForeignKey(
        "units.UnitPage",
        on_delete=models.PROTECT,
        related_name="duty_records",
        verbose_name=_("unit"),
    )
    done_on = models.DateField(_("done on"))
    period = models.CharField(_("for the period"), max_length=8, blank=True)
    note = models.TextField(_("what was done"))
    document = models.CharField(_("number and date of the document"), max_length=255, blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=Status, default=Status.RECORDED, editable=False
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now, editable=False)

    objects = DutyRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-done_on", "-pk"]
        indexes = [models.Index(fields=["obligation", "status", "done_on"])]
        verbose_name = _("record of a duty")
        verbose_name_plural = _("records of duties")

    def __str__(self):
        return f"{self.unit} – {self.done_on:%d/%m/%Y}"
