from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.models.generic import AppendOnlyModel


class CellFix(AppendOnlyModel):
    """One cell of a received file that a person corrected on the screen; the file stays as it was.

    A cell may be corrected again; the last correction counts and all of them stay. ``row`` is
    the line or row of the file, ``column`` the column's identifier in the definition.
    """

    version = models.ForeignKey(
        "datasets.DatasetVersion", on_delete=models.PROTECT, related_name="fixes"
    )
    row = models.PositiveBigIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=48)
    old_value = models.TextField(_("value in the file"), blank=True)
    new_value = models.TextField(_("corrected value"), blank=True)
    fixed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("corrected by"),
    )
    fixed_at = models.DateTimeField(_("corrected at"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["version", "row"])]
        verbose_name = _("corrected cell")
        verbose_name_plural = _("corrected cells")

    def __str__(self):
        return f"{self.version.receipt_number} {self.row} {self.column}"
