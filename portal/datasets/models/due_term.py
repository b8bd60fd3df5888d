from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.deadlines import Weekend


class DueTerm(models.Model):
    """When a dataset was due until its due rule changed; periods that fell due by then keep it.

    The rule that holds today stands on the dataset itself.
    """

    dataset = models.ForeignKey(
        "datasets.DatasetPage", on_delete=models.CASCADE, related_name="due_terms"
    )
    until = models.DateTimeField(_("held until"))
    frequency = models.CharField(_("frequency"), max_length=10)
    due_day = models.PositiveSmallIntegerField(_("due day of the month"), null=True, blank=True)
    due_in = models.CharField(_("due"), max_length=5)
    due_strictly_before = models.BooleanField(_("strictly before that day"), default=False)
    weekend = models.CharField(
        _("a due day that is a day off"), max_length=8, default=Weekend.KEEP.value
    )
    grace_days = models.PositiveSmallIntegerField(_("days of grace"), default=0)

    class Meta:
        ordering = ["until", "pk"]
        verbose_name = _("former due rule")
        verbose_name_plural = _("former due rules")

    def __str__(self):
        return f"{self.dataset_id} – {self.until:%d/%m/%Y}"
