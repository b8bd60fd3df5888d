from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class IndicatorValueQuerySet(models.QuerySet):
    def current(self):
        return self.filter(is_current=True)


class IndicatorValue(models.Model):
    """The value of an indicator for a period and area, as one version gave it.

    Values are derived when a version is published; earlier ones stay, no longer current.
    """

    indicator = models.ForeignKey(
        "datasets.IndicatorPage", on_delete=models.CASCADE, related_name="values"
    )
    period = models.CharField(_("period"), max_length=8)
    period_start = models.DateField(_("period start"))
    area = models.CharField(_("area"), max_length=255, blank=True)
    value = models.DecimalField(_("value"), max_digits=38, decimal_places=10)
    version = models.ForeignKey(
        "datasets.DatasetVersion", on_delete=models.PROTECT, related_name="indicator_values"
    )
    is_current = models.BooleanField(_("current"), default=True)

    objects = IndicatorValueQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "period_start", "area"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period", "area"],
                condition=Q(is_current=True),
                name="one_current_value",
            ),
            models.UniqueConstraint(
                fields=["indicator", "period", "area", "version"], name="one_value_per_version"
            ),
        ]
        verbose_name = _("indicator value")
        verbose_name_plural = _("indicator values")

    def __str__(self):
        return f"{self.indicator} {self.period}: {self.value}"
