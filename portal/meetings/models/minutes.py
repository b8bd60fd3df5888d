from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Minutes(models.Model):
    """The minutes of a meeting; signed minutes are frozen with a hash."""

    class Status(models.TextChoices):
        DRAFTING = "drafting", _("being written")
        CIRCULATED = "circulated", _("circulated for comment")
        SIGNED = "signed", _("signed")
        ISSUED = "issued", _("issued")

    TRANSITIONS = {
        Status.DRAFTING: {Status.CIRCULATED, Status.SIGNED},
        Status.CIRCULATED: {Status.DRAFTING, Status.SIGNED},
        Status.SIGNED: {Status.ISSUED},
    }
    #: Seen by the invited units.
    SENT_OUT = (Status.CIRCULATED, Status.SIGNED, Status.ISSUED)
    #: Fixed: what the snapshot says is what was decided.
    FROZEN = (Status.SIGNED, Status.ISSUED)

    meeting = models.OneToOneField(
        "meetings.Meeting", on_delete=models.PROTECT, related_name="minutes"
    )
    number = models.CharField(_("number and symbol"), max_length=64, blank=True)
    opening = models.TextField(_("opening"), blank=True)
    closing = models.TextField(_("closing"), blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFTING)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("signed by"),
    )
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)
    issued_at = models.DateTimeField(_("issued at"), null=True, blank=True)
    notice_number = models.CharField(
        _("number and symbol of the notice of conclusions"), max_length=64, blank=True
    )
    snapshot = models.JSONField(_("snapshot"), default=dict, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)

    history = HistoricalRecords(excluded_fields=["snapshot"])

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")

    def __str__(self):
        return str(self.meeting)

    @property
    def is_frozen(self):
        return self.status in self.FROZEN
