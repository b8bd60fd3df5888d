from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.models.generic import AppendOnlyRecord


class DeadlineExtension(AppendOnlyRecord):
    """A later due moment granted to one object; the old one is kept for ever."""

    old_due = models.DateTimeField(_("original deadline"))
    new_due = models.DateTimeField(_("new deadline"))
    reason = models.TextField(_("reason"))
    decision = models.CharField(_("deciding document"), max_length=255, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("requested by"),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("decided by"),
    )
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id", "at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(new_due__gt=models.F("old_due")),
                name="extension_is_later",
                violation_error_message=_("The new deadline must be later than the old one."),
            )
        ]
        verbose_name = _("deadline extension")
        verbose_name_plural = _("deadline extensions")

    def __str__(self):
        return f"{self.old_due:%d/%m/%Y} → {self.new_due:%d/%m/%Y}"
