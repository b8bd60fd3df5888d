from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FormerOwner(models.Model):
    """A unit that owed a dataset until a day, when an event passed it on.

    The due days up to then stay that unit's: what it sent in time counts for it, and what it
    missed is not the successor's fault.
    """

    dataset = models.ForeignKey(
        "datasets.DatasetPage",
        on_delete=models.CASCADE,
        related_name="former_owners",
        verbose_name=_("dataset"),
    )
    unit = models.ForeignKey(
        "units.UnitPage",
        on_delete=models.PROTECT,
        related_name="former_datasets",
        verbose_name=_("unit"),
    )
    until = models.DateField(_("last day of ownership"))
    event = models.ForeignKey(
        "units.UnitEvent", on_delete=models.PROTECT, related_name="+", verbose_name=_("event")
    )

    class Meta:
        ordering = ["dataset", "until", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "event"], name="one_former_owner_per_event")
        ]
        verbose_name = _("former owner unit")
        verbose_name_plural = _("former owner units")

    def __str__(self):
        return f"{self.dataset} – {self.unit}"

    @staticmethod
    def of_unit(unit):
        """Return the condition by which datasets that ``unit`` owns or owned are found."""
        return Q(owner_unit=unit) | Q(former_owners__unit=unit)
