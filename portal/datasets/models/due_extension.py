from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.models.generic import AppendOnlyModel


class DueExtension(AppendOnlyModel):
    """A later due day for one period or special request; the first one is kept for ever."""

    dataset = models.ForeignKey(
        "datasets.DatasetPage", on_delete=models.PROTECT, related_name="due_extensions"
    )
    period = models.CharField(_("period"), max_length=8, blank=True)
    requested = models.ForeignKey(
        "datasets.RequestedDataset",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="extensions",
        verbose_name=_("dataset asked for"),
    )
    old_due = models.DateTimeField(_("deadline until then"))
    new_due = models.DateTimeField(_("new deadline"))
    reason = models.TextField(_("reason"))
    decision = models.CharField(_("deciding document"), max_length=255, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("decided by"),
    )
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["dataset", "period"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(new_due__gt=models.F("old_due")),
                name="data_extension_is_later",
                violation_error_message=_("The new deadline must be later than the old one."),
            ),
            models.CheckConstraint(
                condition=models.Q(period="", requested__isnull=False)
                | (~models.Q(period="") & models.Q(requested=None)),
                name="data_extension_of_one_thing",
            ),
        ]
        verbose_name = _("extension for data")
        verbose_name_plural = _("extensions for data")

    def __str__(self):
        return f"{self.dataset} {self.period}"
